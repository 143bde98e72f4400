"""A unit's month as a sheet: filled in as far as it is known, read back whatever was sorted, inserted or left out.

Every line carries a hidden key (month, unit, task, item), so that it is known again wherever it stands.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from duixian.audit.command import InvalidInput
from duixian.console.reportfields import TEXTS, FigureField, NodeField, ReportRow
from duixian.console.reportforms import digest, read
from duixian.periods import today_in
from duixian.reporting.commands._checking import check_content
from duixian.reporting.content import ReportContent
from duixian.reporting.enums import Progress
from duixian.reporting.models import Round
from duixian.sheets import (
    Cell,
    Choice,
    Column,
    Fault,
    Row,
    SheetError,
    SheetSpec,
    Table,
    as_date,
    as_decimal,
    as_text,
    find_table,
)
from duixian.sheets import Sheet as WorkSheet
from duixian.units.models import Unit

LABELS = {
    "key": "行标识（勿改）",
    "number": "序号",
    "name": "任务与分项",
    "uom": "计量单位",
    "last": "上月完成",
    "expected": "应达",
    "value": "本月累计完成",
    "progress": "进展",
    "done_on": "达到日期",
    "confirmed": "数没错",
    "reason": "暂无数的原因",
    "told": "上月情况",
    "account": "本月情况",
    "next_step": "下一步",
    "blocker": "堵点",
}
COLUMNS = tuple(Column(key, label, is_required=key == "key") for key, label in LABELS.items())
FILLED = ("value", "progress", "done_on", "confirmed", "reason", *TEXTS)
LOCKED = ("key", "number", "name", "uom", "last", "expected", "told")
WIDTHS = {"name": 34, "told": 26, "account": 34, "next_step": 24, "blocker": 20, "reason": 16, "number": 8}
NOTES = (
    "只填白色的列；灰色的列供对照，改了也不算。可以排序、插行，不要改动隐藏的“行标识”列。",
    "空白不当作零：暂时没有数的，写明原因。数与往月相差很大而确实没错的，“数没错”填“是”。",
)
YES = "是"
KEY = re.compile(r"(?P<month>\d{4}-\d\d)/(?P<unit>\d+)/(?P<task>\d+)/(?P<item>[a-z0-9-]+)")
WORDS = "words"
Item = FigureField | NodeField


@dataclass(slots=True)
class MonthSheet:
    """What a sheet says of each task that it changes; with faults nothing of it is taken in."""

    contents: dict[int, ReportContent] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    name: str = ""
    # (task, field) -> the cell that said it
    places: dict[tuple[int, str], str] = field(default_factory=dict)

    def checked(self, rows: Sequence[ReportRow], now: datetime) -> list[Fault]:
        """What no report may say (a negative count, a day to come), by cell."""
        tasks = {row.task.pk: row.task for row in rows}
        faults = []
        for pk, content in self.contents.items():
            try:
                check_content(content, tasks[pk], today_in(now))
            except InvalidInput as error:
                told = error.fields or {WORDS: error.message}
                faults += [Fault(self.name, self.place(pk, field), message) for field, message in told.items()]
        return faults

    def place(self, task: int, field: str) -> str:
        """The field's cell, else the task's first."""
        first = next(address for (pk, _), address in self.places.items() if pk == task)
        return self.places.get((task, field), first)


def month_spec(rows: Sequence[ReportRow], round: Round, unit: Unit) -> SheetSpec:
    """The unit's sheet, with what is filled in already."""
    keys = list(LABELS)
    lines = [line for row in rows for line in _lines(row, round, unit)]
    return SheetSpec(
        f"{round.month.month}月填报",
        list(LABELS.values()),
        [[line.get(key) for key in keys] for line in lines],
        title=f"{unit}{round.month.year}年{round.month.month}月填报表",
        notes=NOTES,
        widths=[WIDTHS.get(key, 12) for key in keys],
        choices=[
            Choice(keys.index("progress"), tuple(str(p.label) for p in Progress)),
            Choice(keys.index("confirmed"), (YES,)),
        ],
        locked=[keys.index(key) for key in LOCKED],
        hidden=[keys.index("key")],
    )


def _lines(row: ReportRow, round: Round, unit: Unit) -> list[dict[str, str]]:
    """A line an item, the words on the first; what another unit or task reports stands in no line to fill in."""
    task = f"{row.task.text}"
    items: list[Item] = [*row.figures, *row.nodes]
    lines = [_line(item) for item in items] or [{}]
    for line, name in zip(lines, [item.name for item in items] or [WORDS], strict=True):
        label = line.get("name", "")
        line["key"] = f"{round.month:%Y-%m}/{unit.pk}/{row.task.pk}/{name}"
        line["number"] = row.task.number
        line["name"] = f"{task}：{label}" if label and len(lines) > 1 else task
    lines[0] |= row.texts | {"told": row.last.account if row.last else ""}
    return lines


def _line(item: Item) -> dict[str, str]:
    if isinstance(item, FigureField):
        confirmed = YES if item.is_confirmed else ""
        said = {"value": item.value, "reason": item.reason, "confirmed": confirmed}
        return said | {"name": item.label, "uom": item.uom, "last": item.last, "expected": item.expected}
    progress = str(Progress(item.progress).label) if item.progress else ""
    said = {"progress": progress, "done_on": item.done_on, "last": item.last}
    return said | {"name": item.label, "uom": "节点", "expected": item.due_on.isoformat()}


def is_month_sheet(sheets: Sequence[WorkSheet]) -> bool:
    """Whether the workbook is one of ours, of whatever month and unit: it has the column of keys."""
    try:
        find_table(sheets, COLUMNS, what="填报表")
    except SheetError:
        return False
    return True


def read_month(sheets: Sequence[WorkSheet], rows: Sequence[ReportRow], round: Round, unit: Unit) -> MonthSheet:
    """What the sheet changes. Raises SheetError for one of another month or unit; faults name their cells."""
    table = find_table(sheets, COLUMNS, what="本单位的填报表")
    result = MonthSheet(name=table.sheet.name, faults=table.uncomputed(*FILLED))
    places = result.places
    known = {row.task.pk: row for row in rows}
    typed: dict[int, ReportRow] = {}
    for line in table.rows:
        found = _known_line(table, line, round, unit, result)
        if found is None:
            continue
        pk, name = int(found["task"]), found["item"]
        if pk not in known or not _is_item(known[pk], name):
            result.faults.append(_fault(table, line["key"], "本月没有这一项要报，请删去这一行"))
        elif (pk, name) in places:
            result.faults.append(_fault(table, line["key"], f"与{places[pk, name]}是同一行，只能留一行"))
        else:
            places[pk, name] = _address(table, line, name)
            typed.setdefault(pk, copy.deepcopy(known[pk]))
            _take(table, line, typed[pk], name, result)
    for pk, row in typed.items():
        _finish(row, known[pk], result)
    return result


def _known_line(table: Table, line: Row, round: Round, unit: Unit, result: MonthSheet) -> re.Match[str] | None:
    found = KEY.fullmatch(as_text(line["key"]))
    if found is None:
        # an inserted line without anything to report is a person's own note
        filled = [line[key] for key in FILLED if table.has(key) and not line[key].is_blank]
        if filled:
            result.faults.append(_fault(table, filled[0], "这一行没有行标识，不知是哪项任务；请填在原来的行里"))
        return None
    if found["month"] != f"{round.month:%Y-%m}":
        raise SheetError(f"这是{found['month']}的表，本页填的是{round.month:%Y-%m}。请下载本月的表填写。")
    if int(found["unit"]) != unit.pk:
        raise SheetError(f"这张表是别的单位的，不是{unit}的。请下载本单位的表填写。")
    return found


def _address(table: Table, line: Row, name: str) -> str:
    """Where the item's own value stands, for a person to find it: the column of keys is hidden."""
    column = "progress" if name.startswith("node-") else "value" if name != WORDS else "account"
    return line[column if table.has(column) else "key"].address


def _is_item(row: ReportRow, name: str) -> bool:
    names = {item.name for item in row.fields}
    return name in names or (name == WORDS and not names)


def _take(table: Table, line: Row, row: ReportRow, name: str, result: MonthSheet) -> None:
    """Put the line's cells into the row's fields; a column that was deleted leaves them as they are."""
    pk, places = row.task.pk, result.places
    for item in row.figures:
        if item.name == name:
            _take_figure(table, line, item, result)
    for node in row.nodes:
        if node.name == name:
            _take_node(table, line, node, result)
    for text in TEXTS:
        if not table.has(text):
            continue
        words = as_text(line[text])
        if (pk, text) not in places:
            row.texts[text], places[pk, text] = words, line[text].address
        elif words and row.texts[text] and words != row.texts[text]:
            result.faults.append(_fault(table, line[text], f"与{places[pk, text]}说的不一样，一项任务只写一处"))
        elif words:
            row.texts[text], places[pk, text] = words, line[text].address


def _take_figure(table: Table, line: Row, item: FigureField, result: MonthSheet) -> None:
    if table.has("value"):
        try:
            value = as_decimal(line["value"])
        except ValueError as error:
            result.faults.append(_fault(table, line["value"], str(error)))
        else:
            if line["value"].is_percent and item.uom != "%":
                result.faults.append(_fault(table, line["value"], f"应填{item.uom}数，现为百分数"))
            item.value = "" if value is None else format(value, "f")
    if table.has("confirmed"):
        item.is_confirmed = bool(as_text(line["confirmed"]))
    if table.has("reason"):
        item.reason = as_text(line["reason"])
    if item.value and item.reason:
        item.reason = ""


def _take_node(table: Table, line: Row, node: NodeField, result: MonthSheet) -> None:
    words: Mapping[str, str] = {str(p.label): p.value for p in Progress}
    if table.has("progress"):
        said = as_text(line["progress"])
        if said and said not in words:
            result.faults.append(_fault(table, line["progress"], f"“{said[:20]}”不在可选之列：{'、'.join(words)}"))
        node.progress = words.get(said, "")
    if table.has("done_on"):
        try:
            day = as_date(line["done_on"])
        except ValueError as error:
            result.faults.append(_fault(table, line["done_on"], str(error)))
        else:
            node.done_on = day.isoformat() if day else ""


def _finish(row: ReportRow, known: ReportRow, result: MonthSheet) -> None:
    pk = row.task.pk
    try:
        content = read(row)
    except InvalidInput as error:
        result.faults += [Fault(result.name, result.place(pk, name), message) for name, message in error.fields.items()]
        return
    if digest(content) == digest(read(known)):
        return
    if not row.may_edit:
        word = known.state.label if known.state else "已锁定"
        result.faults.append(Fault(result.name, result.place(pk, WORDS), f"{row.task}{word}，不能再改；请恢复原样"))
        return
    result.contents[pk] = content


def _fault(table: Table, cell: Cell, message: str) -> Fault:
    return Fault(table.sheet.name, cell.address, message)
