"""Tables drawn in plain text: cells parted by | without a rule, or framed with │ ├ ┼ ─."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..columns import find_columns
from ..fold import fold
from ..patterns import lazy
from ..source import Cell, Line, Table

# --- 序号 | 任务 | 牵头单位 | -----------------------------------------------------------------------------------------

_FEWEST = 3


def piped(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """The table whose header begins here, its cells parted by |, and the line after it."""
    if lines[at].text.count("|") < _FEWEST - 1 or at + 1 >= len(lines) or "|" not in lines[at + 1].text:
        return None
    header = _pieces(lines[at])
    found = find_columns(Table(tuple(_cells([[*header]])), 1, len(header)))
    if found is None:
        return None
    number = next(iter(found.of("number")), None)
    end = at + 1
    rows: list[list[Line | None]] = [[*header]]
    while end < len(lines) and "|" in lines[end].text:
        rows.append(_under(header, _pieces(lines[end]), number))
        end += 1
    return Table(tuple(_cells(rows)), len(rows), max(len(row) for row in rows)), end


def _pieces(line: Line) -> list[Line]:
    """The stretches between the strokes; a stroke at either end parts nothing."""
    start = line.start
    made = []
    for text in line.text.split("|"):
        made.append(Line(text.strip(), start + len(text) - len(text.lstrip())))
        start += len(text) + 1
    if len(made) > 1 and not made[0].text:
        made = made[1:]
    return made[:-1] if len(made) > 1 and not made[-1].text else made


def _under(header: list[Line], row: list[Line], number: int | None) -> list[Line | None]:
    """A row under its header: where a merged cell before the number was left out, the number shows how far."""
    missing = len(header) - len(row)
    if number is None or number != missing or not fold(row[0].text).strip(" .").isdigit():
        return [*row]
    return [*[None] * missing, *row]


def _cells(rows: Sequence[Sequence[Line | None]]) -> Iterator[Cell]:
    """The cells of all rows; one reaches down over the rows that leave its column out."""
    for r, row in enumerate(rows):
        for c, line in enumerate(row):
            if line is not None:
                down = next(
                    (k for k in range(r + 1, len(rows)) if len(rows[k]) <= c or rows[k][c] is not None), len(rows)
                )
                yield Cell(r, c, down - r, 1, (line,))


# --- │ 序号 │ 任务 │ --------------------------------------------------------------------------------------------------

_TOP = lazy(r"\s*[┌┏╔][─━═┬┳╦]+[┐┓╗]\s*$")
_STROKE = lazy(r"[│┃║├┤┼┠┨╂┝┥┿╟╢╫╠╣╬]")
_RULE = lazy(r"\s*[─━═┴┬┻┳]+\s*$")
_BOTTOM = lazy(r"\s*[└┗╚]")


@dataclass(slots=True)
class _Growing:
    """A cell that no rule has closed yet."""

    row: int
    lines: list[Line] = field(default_factory=list)


def framed(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """The table whose frame begins here, and the line after it; a rule through some columns only merges the others."""
    if not lines[at].text or not _TOP.match(lines[at].text):
        return None
    end = at + 1
    drawn: list[list[Line]] = []
    while end < len(lines) and (pieces := _between_strokes(lines[end])):
        drawn.append(pieces)
        end += 1
    width = len(drawn[0]) if drawn else 0
    if width < _FEWEST or any(len(pieces) != width for pieces in drawn):
        return None
    end += end < len(lines) and _BOTTOM.match(lines[end].text) is not None
    return _grown(drawn, width), end


def _between_strokes(line: Line) -> list[Line]:
    strokes = list(_STROKE.finditer(line.text))
    made = []
    for a, b in pairwise(strokes):
        text = line.text[a.end() : b.start()]
        made.append(Line(text.strip(), line.start + a.end() + len(text) - len(text.lstrip())))
    return made


def _grown(drawn: list[list[Line]], width: int) -> Table:
    """Cells that grow line by line until a rule closes them."""
    cells: list[Cell] = []
    row = 0
    growing = [_Growing(0) for _ in range(width)]

    def close(column: int) -> None:
        cell = growing[column]
        cells.append(Cell(cell.row, column, row - cell.row + 1, 1, tuple(cell.lines)))
        growing[column] = _Growing(row + 1)

    for pieces in drawn:
        ruled = [c for c, piece in enumerate(pieces) if _RULE.match(piece.text)]
        for c in ruled:
            close(c)
        row += bool(ruled)
        for c, piece in enumerate(pieces):
            if c not in ruled and piece.text:
                growing[c].lines.append(piece)
    for c in range(width):
        close(c)
    return Table(tuple(cells), row + 1, width)
