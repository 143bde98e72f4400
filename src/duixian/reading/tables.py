"""Tables into items: which column holds what, which rows belong together, what a merged cell carries down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Protocol

from . import lexicon
from .fold import fold
from .head import field_of
from .headings import clean_heading
from .model import ReadSection, Span
from .outline import Item, Outline, mark
from .responsible import Duties, duties_of, looks_like_unit, split_tail, units
from .source import Cell, Line, Passage, Table, passage_of

_HEADER_ROWS = 8


class Place(Protocol):
    """A cell before it has offsets, as the formats collect them."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def columns(self) -> int: ...
    @property
    def lines(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they hold; `quarters` maps a column to the month its milestone ends in."""

    roles: dict[int, str]
    quarters: dict[int, int]
    first_row: int

    def of(self, role: str) -> list[int]:
        """The columns with a role, from the left."""
        return [column for column, held in sorted(self.roles.items()) if held == role]


def items_of_tables(tables: Sequence[Table]) -> Outline:
    """The items of all tables of a document; a table without a header continues the one before it."""
    walk = _Walk()
    columns: Columns | None = None
    for table in tables:
        found = find_columns(table)
        if found is not None:
            columns = found
        elif columns is None or max(columns.roles, default=0) >= table.width:
            continue
        walk.table(table, columns if found is not None else Columns(columns.roles, columns.quarters, 0))
    return walk.finish()


# --- columns ---------------------------------------------------------------------------------------------------------


@cache
def _roles() -> dict[str, str]:
    return {word: role for role, words in lexicon.words("columns")["roles"].items() for word in words}


@cache
def _quarters() -> dict[str, int]:
    return {word: int(month) for month, words in lexicon.words("columns")["quarters"].items() for word in words}


def _header_words(cell: Cell | None) -> str:
    return re.sub(r"[\s()]|\(.*?\)", "", fold(cell.text)) if cell else ""


def _role(words: str) -> str | None:
    """What a header's words say; a longer header is known by how it ends (县级牵头单位)."""
    if words in _roles():
        return _roles()[words]
    for word in sorted(_roles(), key=len, reverse=True):
        if len(word) >= 2 and (words.endswith(word) or words.startswith(word)) and len(words) <= len(word) + 8:
            return _roles()[word]
    return None


def find_columns(table: Table) -> Columns | None:
    """The header of a table: the row in which most cells say what they hold; a second header row refines it."""
    grid = table.grid()
    for r, row in enumerate(grid[:_HEADER_ROWS]):
        if not _is_header(row):
            continue
        roles = {c: role for c, cell in enumerate(row) if (role := _role(_header_words(cell)))}
        quarters = {c: _quarters()[w] for c, cell in enumerate(row) if (w := _header_words(cell)) in _quarters()}
        first = r + 1
        while first < table.height and _is_header_row(grid[first], row):
            for c, cell in enumerate(grid[first]):
                words = _header_words(cell)
                if words in _quarters():
                    quarters[c] = _quarters()[words]
                    roles.pop(c, None)
                elif cell is not row[c] and (role := _role(words)):
                    roles[c] = role
            first += 1
        return Columns(_one_task(table, {c: r for c, r in roles.items() if c not in quarters}, first), quarters, first)
    return None


def _is_header(row: list[Cell | None]) -> bool:
    """A row whose cells name at least two sorts of columns, one of them the commitment."""
    own = {id(cell): _role(_header_words(cell)) for cell in row if cell is not None}
    roles = {role for role in own.values() if role}
    return len(roles) >= 2 and "task" in roles


def _is_header_row(row: list[Cell | None], above: list[Cell | None]) -> bool:
    """A row that is partly the header above it, and else only says what columns hold."""
    if not any(cell is not None and cell is up for cell, up in zip(row, above, strict=True)):
        return False
    own = [_header_words(cell) for cell, up in zip(row, above, strict=True) if cell is not up]
    return bool(own) and all(words == "" or _role(words) or words in _quarters() for words in own)


def _one_task(table: Table, roles: dict[int, str], first: int) -> dict[int, str]:
    """Of several columns that may hold the commitment the longest does; merged or short ones before it are sections."""
    tasks = [c for c, role in roles.items() if role == "task"]
    if len(tasks) < 2:
        return roles
    grid = table.grid()[first:]
    length = {c: sum(len(cell.text) for row in grid if (cell := row[c])) for c in tasks}
    longest = max(tasks, key=lambda c: length[c])
    for c in tasks:
        if c == longest:
            continue
        merged = any(cell is not None and cell.rows > 1 for row in grid if (cell := row[c]))
        if c < longest and (merged or 3 * length[c] < length[longest]) and "section" not in roles.values():
            roles = {**roles, c: "section"}
        else:
            roles = {**roles, c: "more"}
    return roles


def header_row(places: Sequence[Place]) -> int | None:
    """The row in which the header of a table begins; None where it has none."""
    table = _provisional(places)
    columns = find_columns(table)
    if columns is None:
        return None
    return next(r for r, row in enumerate(table.grid()[:_HEADER_ROWS]) if _is_header(row))


def is_data(places: Sequence[Place]) -> bool:
    """Whether a table holds data: it has a header the reader knows, continues one, or is a document's labelled head.

    Web pages are set in tables, too; those are only text.
    """
    table = _provisional(places)
    if find_columns(table) is not None:
        return True
    return (
        table.width > 1
        and table.height > 1
        and sum(len(cell.text) for cell in table.cells) < 400
        and bool(fields_in(table))
    )


def _provisional(places: Sequence[Place]) -> Table:
    cells = tuple(Cell(p.row, p.column, p.rows, p.columns, tuple(Line(text, 0) for text in p.lines)) for p in places)
    height = max((p.row + p.rows for p in places), default=0)
    return Table(cells, height, max((p.column + p.columns for p in places), default=0))


def fields_in(table: Table) -> dict[str, str]:
    """The labelled fields of a table at the top of a web page: 索引号 | 0001."""
    found: dict[str, str] = {}
    for row in table.grid():
        for cell, after in pairwise(row):
            if cell is None or after is None or cell is after:
                continue
            key = field_of(cell.text)
            if key and after.text.strip():
                found.setdefault(key, after.text.replace("\n", "").strip())
    return found


# --- rows ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Group:
    """The rows of one item: one number cell, or one row."""

    number: int | str
    section: int | None
    rows: list[list[Cell | None]] = field(default_factory=list)


class _Walk:
    """Goes down the rows of all tables, gathering those of one item, also over the break of a page."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.sections: list[ReadSection] = []
        self._by_cell: dict[int, int] = {}
        self._groups: list[tuple[_Group, Columns]] = []
        self._heading_now: int | None = None

    def table(self, table: Table, columns: Columns) -> None:
        """Add a table's rows to the items."""
        key: int | None = None
        continues = columns.first_row == 0 and bool(self._groups)
        for row in table.grid()[columns.first_row :]:
            lone = _lone(row)
            if lone is not None:
                if _is_heading_cell(lone):
                    self._heading_now, key = self._heading(lone), None
                continue
            if not _has_task(row, columns) or _is_repeated_header(row, columns):
                continue
            number = _number_cell(row, columns)
            own = id(number) if number is not None and number.text.strip() else None
            if own is None and continues and number is not None:
                # the rest of a row that the end of the page cut in two
                self._groups[-1][0].rows.append(row)
            elif own is None or own != key:
                section = self._section(row, columns)
                group = _Group(self._number(number), self._heading_now if section is None else section, [row])
                self._groups.append((group, columns))
            else:
                self._groups[-1][0].rows.append(row)
            key, continues = own, False

    def finish(self) -> Outline:
        """The items of all tables."""
        self.items = [self._item(group, columns) for group, columns in self._groups]
        return Outline(tuple(self.items), tuple(self.sections), 0)

    def _number(self, cell: Cell | None) -> int | str:
        printed = fold(cell.text).strip(" .、\n") if cell is not None else ""
        if printed.isdigit():
            return int(printed)
        return printed or len(self._groups) + 1

    def _heading(self, cell: Cell) -> int:
        line = Line(cell.text.replace("\n", ""), cell.lines[0].start if cell.lines else 0)
        marked = mark(0, line)
        words = line.text[marked.body :] if marked else line.text
        return self._add_section(cell, words)

    def _section(self, row: list[Cell | None], columns: Columns) -> int | None:
        cells = [cell for c in columns.of("section") if (cell := row[c]) is not None and cell.text.strip()]
        if not cells:
            return None
        cell = cells[-1]
        if id(cell) not in self._by_cell:
            line = Line(cell.text.replace("\n", "").strip(), 0)
            marked = mark(0, line)
            self._by_cell[id(cell)] = self._add_section(cell, line.text[marked.body :] if marked else line.text)
        return self._by_cell[id(cell)]

    def _add_section(self, cell: Cell, words: str) -> int:
        name, declared, _ = clean_heading(words)
        start = cell.lines[0].start if cell.lines else 0
        last = cell.lines[-1] if cell.lines else None
        if self.sections and self.sections[-1].name == name and declared is None:
            return len(self.sections) - 1
        self.sections.append(ReadSection(name, cell.text.strip(), Span(start, last.end if last else start), declared))
        return len(self.sections) - 1

    def _item(self, group: _Group, columns: Columns) -> Item:
        runs = [(line.text, line.start) for cell in _cells(group.rows, columns, "task", "more") for line in cell.lines]
        passage, duties = split_tail(passage_of(_without_number(runs, columns)))
        section = self.sections[group.section] if group.section is not None else None
        lead = section.name if section and looks_like_unit(section.name) and not columns.of("lead") else None
        return Item(
            group.number,
            section.name if section else None,
            passage,
            _duties(group.rows, columns).joined(duties),
            "table",
            () if group.section is None else (group.section,),
            lead if not columns.of("responsible") else None,
            milestones=tuple(_milestones(group.rows, columns)),
        )


def _without_number(runs: list[tuple[str, int]], columns: Columns) -> list[tuple[str, int]]:
    """The words of the first line without a number of their own (1. in a table that has no number column).

    Beside a number column 1. 2. are the parts of one commitment and stay.
    """
    if not runs or (columns.of("number") and sum(mark(0, Line(*run)) is not None for run in runs) > 1):
        return runs
    marked = mark(0, Line(runs[0][0], runs[0][1]))
    if marked is None or marked.kind in ("md", "part"):
        return runs
    return [(runs[0][0][marked.body :], runs[0][1] + marked.body), *runs[1:]]


def _lone(row: list[Cell | None]) -> Cell | None:
    """The cell of a row that is one cell across."""
    own = {id(cell): cell for cell in row if cell is not None}
    return next(iter(own.values())) if len(own) == 1 and len(row) > 1 else None


_NOTES = ("注", "备注", "说明", "填报", "联系")


def _is_heading_cell(cell: Cell) -> bool:
    """A row that is one cell across is a heading if it is short and no sentence; else it is a note to the table."""
    text = cell.text.strip()
    return cell.rows == 1 and 0 < len(text) <= 60 and "。" not in text and not text.startswith(_NOTES)


def _has_task(row: list[Cell | None], columns: Columns) -> bool:
    return any((cell := row[c]) is not None and cell.text.strip() for c in columns.of("task"))


def _is_repeated_header(row: list[Cell | None], columns: Columns) -> bool:
    """A header printed again at the top of the next page."""
    return all(_role(_header_words(row[c])) == "task" for c in columns.of("task"))


def _number_cell(row: list[Cell | None], columns: Columns) -> Cell | None:
    numbers = columns.of("number")
    return row[numbers[0]] if numbers else None


def _cells(rows: Sequence[list[Cell | None]], columns: Columns, *roles: str) -> list[Cell]:
    """The different cells of some columns, from the top and the left."""
    found: dict[int, Cell] = {}
    for row in rows:
        for column, held in sorted(columns.roles.items()):
            if held in roles and (cell := row[column]) is not None:
                found.setdefault(id(cell), cell)
    return list(found.values())


# --- who and by when -------------------------------------------------------------------------------------------------


def _duties(rows: Sequence[list[Cell | None]], columns: Columns) -> Duties:
    named = {role: _names(_cells(rows, columns, role)) for role in ("lead", "responsible", "cooperating")}
    sponsors = [n for cell in _cells(rows, columns, "sponsor") for n in units(cell.text, persons=True)]
    limits = [_passage(cell) for cell in _cells(rows, columns, "limit")]
    said = Duties()
    for cell in _cells(rows, columns, "lead", "responsible"):
        # a cell may say it in a sentence: 市发改委牵头,市财政局配合
        more = duties_of(_passage(cell)) if "牵头" in cell.text else None
        if more is not None:
            said, named["responsible"], named["lead"] = said.joined(more), [], []
    return Duties(
        leads=(*said.leads, *dict.fromkeys(named["lead"])),
        responsible=(*said.responsible, *dict.fromkeys(named["responsible"])),
        cooperating=(*said.cooperating, *dict.fromkeys(named["cooperating"])),
        sponsors=tuple(dict.fromkeys(sponsors)),
        limits=tuple(limit for limit in limits if limit.text),
    )


def _names(cells: Sequence[Cell]) -> list[str]:
    return [name for cell in cells for name in units("\n".join(_whole_lines(cell)))]


def _whole_lines(cell: Cell) -> list[str]:
    """A cell's lines, where a name that is broken over two lines is put together again (市发展和|改革委)."""
    made: list[str] = []
    for line in cell.lines:
        text = line.text.strip()
        broken = (
            made and made[-1] and not made[-1].endswith(("、", "，", ",", "；", ";")) and not looks_like_unit(made[-1])
        )
        if broken and text and "、" not in made[-1]:
            made[-1] += text
        else:
            made.append(text)
    return made


def _passage(cell: Cell) -> Passage:
    return passage_of([(line.text, line.start) for line in cell.lines])


def _milestones(rows: Sequence[list[Cell | None]], columns: Columns) -> list[tuple[int, Passage]]:
    """(month, words) of the quarter columns."""
    made: dict[int, tuple[int, Passage]] = {}
    for row in rows:
        for column, month in sorted(columns.quarters.items()):
            cell = row[column]
            if cell is not None and cell.text.strip(" \n—-/无") and id(cell) not in made:
                made[id(cell)] = (month, _passage(cell))
    return list(made.values())
