"""A sheet's cells into lines and a table: what stands above the header and below the last row are lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..errors import TooLargeError
from ..fold import HAN
from ..patterns import lazy
from .builder import Builder, Place

MAX_CELLS = 400_000
#: A title, a unit of measure, who fills it in: nobody puts more rows above a header.
_MAX_TITLE_ROWS = 12
_NOTE = lazy(r"\s*(?:注|备注|说明|填表|制表|审核|联系人|联系电话|填报|单位负责人|本表)[^,，]{0,12}[:：]")
#: What stands in a line of labels above a header.
_LABEL = lazy(rf"(?:计量|金额)?单位(?:名称)?[:：]|(?:填报|填表|制表|报送|统计){HAN}{{0,4}}[:：]|日期[:：]")


@dataclass(slots=True)
class Grid:
    """Filled cells by (row, column), and the stretches that are merged as (top, left, bottom, right)."""

    cells: dict[tuple[int, int], str]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Sequence[str]], name: str, merged: Iterable[tuple[int, int, int, int]] = ()) -> Grid:
        """From rows of printed values. Raises `TooLargeError` beyond `MAX_CELLS` filled cells."""
        cells: dict[tuple[int, int], str] = {}
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text and (bare := _tidy(text)):
                    cells[r, c] = bare
            if len(cells) > MAX_CELLS:
                raise TooLargeError(f"表格过大:{name} 超过 {MAX_CELLS} 个有内容的单元格。请拆分后再读。")
        return cls(cells, [box for box in merged if (box[0], box[1]) in cells])


def _tidy(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\t", " ").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def write_sheet(builder: Builder, grid: Grid, title: str | None = None) -> None:
    """Give a sheet to a builder: its title, the lines above its header, its table, the notes below."""
    if not grid.cells:
        return
    if title:
        builder.line(title, 1)
    filled: dict[int, list[int]] = {}
    for r, c in grid.cells:
        filled.setdefault(r, []).append(c)
    rows = sorted(filled)
    width = max(c for _, c in grid.cells) + 1 - min(c for _, c in grid.cells)
    first = _header(rows, filled, width, grid)
    last = _last(rows, filled, first, grid)
    for row in rows[:first]:
        _as_line(builder, grid, row, filled[row])
    if first < last:
        _table(builder, grid, rows[first:last])
    for row in rows[last:]:
        _as_line(builder, grid, row, filled[row])


def _header(rows: list[int], filled: dict[int, list[int]], width: int, grid: Grid) -> int:
    """The index of the header among the filled rows: the first that fills at least half of the width."""
    wide = {(box[0], box[1]): box[3] - box[1] + 1 for box in grid.merged}
    for i, row in enumerate(rows[:_MAX_TITLE_ROWS]):
        cells = filled[row]
        if any(_LABEL.match(grid.cells[row, c]) for c in cells):
            continue
        across = max(wide.get((row, c), 1) for c in cells)
        if len(cells) >= 2 and len(cells) * 2 >= min(width, 8) and across * 4 < width * 3:
            return i
        if len(cells) >= 2 and across < width and sum(wide.get((row, c), 1) for c in cells) >= width > 2:
            return i
    return 0


def _last(rows: list[int], filled: dict[int, list[int]], first: int, grid: Grid) -> int:
    """The index after the table's last row: notes in a single cell under it do not belong to it."""
    last = len(rows)
    tops = {(box[0], box[1]) for box in grid.merged}
    while last > first + 1:
        row = rows[last - 1]
        cells = sorted(filled[row])
        text = grid.cells[row, cells[0]]
        lone = len(cells) == 1 and (row, cells[0]) in tops
        if not (_NOTE.match(text) or (lone and len(text) > 40)):
            return last
        last -= 1
    return last


def _as_line(builder: Builder, grid: Grid, row: int, columns: list[int]) -> None:
    builder.line("  ".join(grid.cells[row, c] for c in sorted(columns)))


def _table(builder: Builder, grid: Grid, rows: list[int]) -> None:
    """The table of some rows; empty rows and columns between them are left out."""
    wanted = set(rows)
    columns = sorted({c for r, c in grid.cells if r in wanted})
    at_row = {row: i for i, row in enumerate(rows)}
    at_column = {column: i for i, column in enumerate(columns)}
    covered: set[tuple[int, int]] = set()
    places: list[Place] = []
    for top, left, bottom, right in grid.merged:
        down = [at_row[r] for r in range(top, min(bottom, rows[-1]) + 1) if r in at_row]
        across = [at_column[c] for c in range(left, min(right, columns[-1]) + 1) if c in at_column]
        if not down or not across or top not in at_row:
            continue
        covered |= {(r, c) for r in down for c in across}
        lines = tuple(grid.cells[top, left].split("\n"))
        places.append(Place(down[0], across[0], len(down), len(across), lines))
    for r in rows:
        for c in columns:
            if (at_row[r], at_column[c]) not in covered:
                text = grid.cells.get((r, c))
                places.append(Place(at_row[r], at_column[c], 1, 1, tuple(text.split("\n")) if text else ()))
    builder.table(places)
