"""Tables that lost their lines when they were pasted as text: cells parted by tabs, or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..columns import find_columns, header_words, role_of
from ..fold import fold
from ..headings import is_furniture
from ..patterns import lazy
from ..source import Cell, Line, Table
from ..times import is_endless
from ..times import scan as scan_times
from ..unit_names import looks_like_unit


def tabbed(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """The table whose header begins here, its cells parted by tabs, and the line after it."""
    if lines[at].text.count("\t") < 2 or "\t" not in "".join(line.text for line in lines[at + 1 : at + 2]):
        return None
    columns = find_columns(_parted(lines[at : at + 2]))
    if columns is None or columns.first_row != 1:
        return None
    end = at
    while end < len(lines) and "\t" in lines[end].text:
        end += 1
    return _parted(lines[at:end]), end


def _parted(lines: Sequence[Line]) -> Table:
    rows = [_pieces(line) for line in lines]
    cells = tuple(Cell(r, c, 1, 1, (piece,)) for r, row in enumerate(rows) for c, piece in enumerate(row))
    return Table(cells, len(rows), max(len(row) for row in rows))


def _pieces(line: Line) -> list[Line]:
    pieces, start = [], line.start
    for text in line.text.split("\t"):
        pieces.append(Line(text, start))
        start += len(text) + 1
    return pieces


# --- one cell a line -------------------------------------------------------------------------------------------------

#: Columns a cell can be told to belong to by its words alone.
_TOLD = ("lead", "responsible", "limit")
_FEWEST, _MOST = 3, 6
_NUMBER = lazy(r"\d{1,3}")
_LONGEST_HEADER, _LONGEST_LIMIT = 12, 20
#: Lines of one row; a "row" beyond this is a text that happens to follow a number.
_LONGEST_ROW = 40


@dataclass(slots=True)
class _Row:
    """The lines of one row by the role of their column."""

    number: Line
    held: dict[str, list[Line]] = field(default_factory=dict)


def stacked(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """The table whose header begins here, one cell a line (序号, 任务, 责任单位, 完成时限), and the line after it."""
    if len(lines[at].text) > _LONGEST_HEADER or not lines[at].text.strip():
        # most lines of an ordinary text: too long to head a column, or empty
        return None
    header, end = _header(lines, at)
    roles = [str(role_of(_words(line))) for line in header]
    if not (_FEWEST <= len(header) <= _MOST and roles[:2] == ["number", "task"]):
        return None
    if len(set(roles)) < len(roles) or not all(role in _TOLD for role in roles[2:]):
        return None
    rows, end = _rows(lines, end, roles)
    if len(rows) < 2:
        return None
    cells = [Cell(0, c, 1, 1, (line,)) for c, line in enumerate(header)]
    for r, row in enumerate(rows, 1):
        for c, role in enumerate(roles):
            held = [row.number] if role == "number" else row.held.get(role, [])
            cells.append(Cell(r, c, 1, 1, tuple(held) or (Line("", row.number.start),)))
    return Table(tuple(cells), len(rows) + 1, len(roles)), end


def _words(line: Line) -> str:
    return header_words(Cell(0, 0, 1, 1, (line,)))


def _header(lines: Sequence[Line], at: int) -> tuple[list[Line], int]:
    found: list[Line] = []
    while at < len(lines) and len(found) <= _MOST:
        if lines[at].text.strip():
            if len(lines[at].text) > _LONGEST_HEADER or role_of(_words(lines[at])) is None:
                break
            found.append(lines[at])
        at += 1
    return found, at


def _rows(lines: Sequence[Line], at: int, roles: Sequence[str]) -> tuple[list[_Row], int]:
    """The rows from here on, each from its number to the next one's; a line that fits no column ends them."""
    rows: list[_Row] = []
    end = at
    for i in range(at, len(lines)):
        text = fold(lines[i].text).strip()
        if not text:
            continue
        if _NUMBER.fullmatch(text) and int(text) > int(fold(rows[-1].number.text) if rows else 0):
            rows.append(_Row(lines[i]))
        elif not rows or sum(map(len, rows[-1].held.values())) >= _LONGEST_ROW:
            break
        else:
            role = _told(text, roles)
            if is_furniture(text) or (role == "task" and _is_full(rows[-1]) and not _goes_on(lines, i, roles)):
                break
            rows[-1].held.setdefault(role, []).append(lines[i])
        end = i + 1
    return rows, end


def _told(text: str, roles: Sequence[str]) -> str:
    """The column a line belongs to by its words: units, a limit, or else the task."""
    is_short = len(text) <= _LONGEST_LIMIT and not text.endswith("。")
    if "limit" in roles and is_short and (is_endless(text) or any(time.start <= 1 for time in scan_times(text))):
        return "limit"
    unit = next((role for role in roles if role in ("lead", "responsible")), None)
    names = [name for name in re.split("[、,; ]", text) if name]
    return unit if unit and all(looks_like_unit(name) for name in names) else "task"


def _is_full(row: _Row) -> bool:
    """Whether a row has its units or its limit, so that more words are another task."""
    return any(role in row.held for role in _TOLD)


def _goes_on(lines: Sequence[Line], at: int, roles: Sequence[str]) -> bool:
    """Whether units or a limit follow, as they do behind another task of the same number."""
    texts = [fold(line.text).strip() for line in lines[at + 1 : at + 4] if line.text.strip()]
    return bool(texts) and not _NUMBER.fullmatch(texts[0]) and _told(texts[0], roles) != "task"
