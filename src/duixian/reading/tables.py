"""Tables into items: which column holds what, which rows belong together, what a merged cell carries down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from . import lexicon
from .cards import rows_of_cards
from .columns import Columns, find_columns, header_words, role_of
from .fold import fold
from .headings import clean_heading
from .item_numbers import mark
from .lead_marks import marked_lead
from .model import ReadSection, Span
from .outline import Item, Outline
from .patterns import lazy
from .responsible import NO_DUTIES, Duties, duties_of, split_tail
from .source import Cell, Line, Passage, Table, passage_of, paused, run_together
from .unit_names import looks_like_unit, units


def items_of_tables(tables: Sequence[Table], headings: Mapping[int, Line] | None = None) -> Outline:
    """The items of all tables of a document; a table without a header continues the one before it.

    `headings` are the lines that head tables, by the table's place.
    """
    walk = _Walk()
    columns: Columns | None = None
    for place, table in enumerate(tables):
        found = find_columns(table)
        if headings and place in headings:
            walk.head(headings[place])
        if found is None and (card := rows_of_cards(table)) is not None:
            walk.table(card, find_columns(card) or Columns({}, {}, 0))
            continue
        if found is not None:
            columns = found
        elif columns is None or max(columns.roles, default=0) >= table.width:
            continue
        walk.table(table, columns if found is not None else replace(columns, first_row=0))
    return walk.finish()


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
        self._headed = False

    def table(self, table: Table, columns: Columns) -> None:
        """Add a table's rows to the items."""
        key: int | None = None
        continues = bool(self._groups) and (columns.first_row == 0 or self._goes_on(columns))
        self._headed = False
        for row in table.grid()[columns.first_row :]:
            lone = _lone(row)
            if lone is not None:
                if _is_heading_cell(lone):
                    self._heading_now, key = self._heading(lone), None
                continue
            number = _number_cell(row, columns)
            if continues and number is not None and not number.text.strip() and not _has_task(row, columns):
                # of a row cut in two only some cells go on
                self._groups[-1][0].rows.append(row)
                continue
            if not _has_task(row, columns) or _is_repeated_header(row, columns):
                continue
            own = id(number) if number is not None and number.text.strip() else _shared_task(row, columns)
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

    def _goes_on(self, columns: Columns) -> bool:
        """Whether a table has the header of the one before it, whose last item has a number, and no heading of its own:
        it is printed again on the next page."""
        group, before = self._groups[-1]
        number = _number_cell(group.rows[0], before)
        return before.roles == columns.roles and not self._headed and number is not None and bool(number.text.strip())

    def head(self, line: Line) -> None:
        """What follows stands under this line."""
        self._headed = True
        self._heading_now = self._heading(Cell(0, 0, 1, 1, (line,)))

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
        words = cell.text.replace("\n", "")
        # ## 一、综合经济 has two numbers
        while (marked := mark(0, Line(words, 0))) is not None and marked.body:
            words = words[marked.body :]
            if marked.kind != "md":
                break
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
        passage, duties = split_tail(_words(group.rows, columns))
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


def _words(rows: Sequence[list[Cell | None]], columns: Columns) -> Passage:
    """The words of an item: of one column as they run on, of several columns with a pause between them.

    A column that holds a bare figure (2025年目标: 4500) completes the one before it, and its unit stands beside it.
    """
    made: list[Passage] = []
    seen: set[int] = set()
    for row in rows:
        before: int | None = None
        for column in sorted([*columns.of("task"), *columns.of("more")]):
            cell = row[column]
            if cell is None or id(cell) in seen or not cell.text.strip():
                continue
            seen.add(id(cell))
            bare = _BARE_FIGURE.fullmatch(fold(cell.text).strip()) is not None
            runs = [(line.text, line.start) for line in cell.lines]
            if bare:
                units_of = _cells([row], columns, "measure")
                runs = _measured(runs, units_of, columns.measures.get(column, ""))
            passage = passage_of(runs if made else _without_number(runs, columns))
            completes = bare or (before is not None and _PREDICATE.match(passage.folded) is not None)
            unended = before is None and bool(made) and _is_next_row(rows[0], row, columns, made[-1])
            made.append(paused(passage) if unended or (before is not None and not completes) else passage)
            before = column
    return run_together(made)


def _is_next_row(first: list[Cell | None], row: list[Cell | None], columns: Columns, before: Passage) -> bool:
    """Whether a row beside the same number says another thing, though the one before has no full stop.

    A row that the end of a page cut in two has no number, or one of its own.
    """
    number = _number_cell(row, columns)
    return number is not None and number is _number_cell(first, columns) and not before.folded.endswith(_ENDS)


_ENDS = ("。", ";", ",", "、", ":")
# 地区生产总值 | 增长5.5%: what a thing shall reach goes on from its name
_PREDICATE = lazy(
    r"(?:力争|争取|确保|实现|同比|年均|平均)*(?:增长|下降|增速|达到?|完成|突破|超过|控制在|稳定在|保持在|保持|不低于|不高于|不少于|不超过|提高|降低|降至|[≥≤><])"
    r"[^\w]{0,2}\d"
)


def _measured(runs: list[tuple[str, int]], units_of: Sequence[Cell], stated: str) -> list[tuple[str, int]]:
    """A figure with its unit from another column (7以上 | % is 7%以上) or, as `stated`, from its header.

    What a header states stands at no place of the row: it is given that of the figure's last digit.
    """
    *before, (text, start) = runs
    figure = _FIGURE.match(text)
    at = figure.end() if figure else len(text)
    unit = [(line.text, line.start) for cell in units_of for line in cell.lines]
    unit = unit or [(sign, start + at - 1) for sign in stated]
    return [*before, (text[:at], start), *unit, (text[at:], start + at)]


_FIGURE = lazy(r"[^\d]*\d[\d,.，．]*")
_BARE_FIGURE = lazy(r"(?:[≥≤><]|不低于|不高于|不少于)?\d[\d,.]*(?:以上|以下|左右|以内)?")


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
    """A header printed again at the top of the next page; 完成市下达任务 in a single cell is none."""
    if not all(role_of(header_words(row[c])) == "task" for c in columns.of("task")):
        return False
    others = [cell for c, role in columns.roles.items() if role not in ("task", "more") and (cell := row[c])]
    return not others or any(role_of(header_words(cell)) for cell in others)


def _shared_task(row: list[Cell | None], columns: Columns) -> int | None:
    """What tells the rows of one commitment without a number: its words, where they are merged down over them."""
    if columns.of("number"):
        return None
    tasks = [cell for c in columns.of("task") if (cell := row[c]) is not None]
    return id(tasks[0]) if tasks and tasks[0].rows > 1 else None


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
    said = NO_DUTIES
    for cell in _cells(rows, columns, "lead", "responsible"):
        # a cell may say it in a sentence: 市发改委牵头,市财政局配合
        more = duties_of(_passage(cell)) if "牵头" in cell.text else None
        if marked := marked_lead(cell.text):
            more = Duties(leads=units(marked[0]), responsible=units(marked[1]))
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


_MARKS = lazy("[、,;，；]")


def _breaks_off(before: str, text: str) -> bool:
    """Whether a line ends within a name: its last name is none, and the next line begins none."""
    last = _MARKS.split(before)[-1].strip()
    if last and _MARKS.split(text)[0] in lexicon.group("duties", "units.shared"):
        # 江口县|政府
        return True
    if not last or last.endswith(("）", ")")) or text.startswith("各") or looks_like_unit(last):
        return False
    following = _MARKS.split(text)[0]
    whole = text.startswith(("市", "县", "省")) and len(following) > 2 and looks_like_unit(following)
    return last == before or not whole


def _whole_lines(cell: Cell) -> list[str]:
    """A cell's lines, where a name that is broken over two lines is put together again (市发展和|改革委)."""
    made: list[str] = []
    for line in cell.lines:
        text = line.text.strip()
        if made and text and _breaks_off(made[-1], text):
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
