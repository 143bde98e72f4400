"""Words into the cells of ruled tables, and tables that go on over a page's end put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...patterns import lazy
from ..builder import Place
from .model import Fragment, Grid, GridCell
from .paragraphs import cell_lines, glue
from .rows import rows_of

_ENDED = lazy(r"[。！？!?;；]\s*[)）”]?\s*$")


def filled(grid: Grid, fragments: Sequence[Fragment]) -> tuple[Grid, list[Fragment]]:
    """The grid with the words that stand in its cells, and the words that stand elsewhere."""
    inside: list[list[Fragment]] = [[] for _ in grid.cells]
    rest: list[Fragment] = []
    for fragment in fragments:
        at = _cell_at(grid, fragment)
        if at is None:
            rest.append(fragment)
        else:
            inside[at].append(fragment)
    pad = _padding(grid, inside)
    cells = []
    for cell, words in zip(grid.cells, inside, strict=True):
        rows = rows_of(words, cell.box.left + pad, cell.box.right - pad)
        cells.append(replace(cell, lines=cell_lines(rows)))
    return replace(grid, cells=tuple(cells)), rest


def _cell_at(grid: Grid, fragment: Fragment) -> int | None:
    if not grid.box.holds(fragment.box.center, fragment.box.middle):
        return None
    for i, cell in enumerate(grid.cells):
        if cell.box.holds(fragment.box.center, fragment.box.middle):
            return i
    return None


def _padding(grid: Grid, inside: Sequence[Sequence[Fragment]]) -> float:
    """The blank between a cell's left edge and its words; on the right a full stop may hang into it."""
    pairs = [(cell, words) for cell, found in zip(grid.cells, inside, strict=True) for words in found]
    if not pairs:
        return 0.0
    gaps = sorted(max(words.box.left - cell.box.left, 0.0) for cell, words in pairs)
    return min(gaps[len(gaps) // 4], pairs[0][1].size)


# --- over the page's end ---------------------------------------------------------------------------------------------


def goes_on(above: Grid, below: Grid, unit: float) -> bool:
    """Whether a table on the next page has the same columns."""
    return len(above.edges) == len(below.edges) and all(
        abs(a - b) <= 4 * unit for a, b in zip(above.edges, below.edges, strict=True)
    )


def continued(above: Grid, below: Grid) -> Grid:
    """Both parts as one table; a repeated header is left out, a row cut by the page's end is made whole."""
    skipped = _repeated_rows(above, below)
    cells = [replace(c, row=c.row - skipped) for c in below.cells if c.row >= skipped]
    if not cells:
        return above
    kept = list(above.cells)
    drop = 0
    if _is_cut(above, [c for c in cells if c.row == 0]):
        drop = 1
        for cell in [c for c in cells if c.row == 0]:
            _append(kept, above.height, cell)
    else:
        for cell in [c for c in cells if c.row == 0 and not c.lines]:
            if _reach_down(kept, above.height, cell):
                cells.remove(cell)
    moved = [replace(c, row=c.row - drop + above.height) for c in cells if c.row >= drop]
    height = above.height + below.height - skipped - drop
    return replace(above, cells=tuple(kept + moved), height=height)


def _repeated_rows(above: Grid, below: Grid) -> int:
    """How many rows at the top of both parts say the same."""
    count = 0
    for row in range(min(above.height, below.height, 3)):
        first = {(c.column, c.lines) for c in above.cells if c.row == row}
        if not first or first != {(c.column, c.lines) for c in below.cells if c.row == row}:
            break
        if not any(lines for _, lines in first):
            break
        count += 1
    return count


def _is_cut(above: Grid, first: Sequence[GridCell]) -> bool:
    """Whether a part's first row goes on with the row before: it has no number of its own, and words are unfinished."""
    last = {c.column: c for c in above.cells if c.row + c.rows == above.height}
    number = _number_column(above)
    if number is not None and any(c.column == number and c.lines for c in first):
        return False
    pairs = [(last[c.column], c) for c in first if c.lines and c.column in last]
    if not pairs or any(below.rows > 1 for _, below in pairs):
        return False
    main, _below = max(pairs, key=lambda pair: len("".join(pair[0].lines)))
    return bool(main.lines) and len("".join(main.lines)) > 8 and not _ENDED.search(main.lines[-1])


def _number_column(grid: Grid) -> int | None:
    """The column that numbers the rows."""
    columns: dict[int, list[str]] = {}
    for cell in grid.cells:
        columns.setdefault(cell.column, []).append("".join(cell.lines))
    for column, texts in sorted(columns.items())[:3]:
        filled_in = [text for text in texts if text]
        if len(filled_in) >= 2 and sum(1 for t in filled_in if re.fullmatch(r"\d{1,4}[.、]?", t)) * 10 >= 6 * len(
            filled_in
        ):
            return column
    return None


def _append(cells: list[GridCell], height: int, cell: GridCell) -> None:
    for i, other in enumerate(cells):
        if other.row + other.rows == height and other.column == cell.column and cell.lines:
            lines = other.lines
            if lines and not _ENDED.search(lines[-1]):
                lines = (*lines[:-1], glue(lines[-1], cell.lines[0]), *cell.lines[1:])
            else:
                lines = (*lines, *cell.lines)
            cells[i] = replace(other, lines=lines)


def _reach_down(cells: list[GridCell], height: int, cell: GridCell) -> bool:
    """Let a merged cell reach over the page's end: the part below stands empty."""
    for i, other in enumerate(cells):
        merged = other.rows > 1 or cell.rows > 1
        if merged and other.lines and other.row + other.rows == height and other.column == cell.column:
            cells[i] = replace(other, rows=other.rows + cell.rows)
            return True
    return False


def places_of(grid: Grid) -> list[Place]:
    """The grid's cells for a builder."""
    return [Place(c.row, c.column, c.rows, c.columns, c.lines) for c in grid.cells]
