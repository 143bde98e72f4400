"""The ledger as a sheet: its columns, what each row says, and every cell that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from duixian.projects.entries import LABELS, ProjectEntry, faults_of
from duixian.projects.enums import ProjectKind, ProjectStage
from duixian.sheets import (
    Cell,
    Choice,
    Column,
    Fault,
    Row,
    SheetSpec,
    Table,
    as_date,
    as_decimal,
    as_text,
    find_table,
    read_workbook,
)
from duixian.units.models import Unit
from duixian.units.queries import Directory

SYNONYMS = {
    "number": ("编号", "项目代码", "代码"),
    "name": ("项目", "名称", "工程名称"),
    "kind": ("性质", "项目性质"),
    "stage": ("阶段", "当前阶段", "进展阶段"),
    "field": ("行业", "类别", "项目类别"),
    "county": ("所在县区", "建设地点", "县区名称"),
    "lead_unit": ("牵头单位", "责任部门"),
    "owner": ("业主", "业主单位", "建设单位名称"),
    "sponsor": ("包联市领导", "包保领导", "责任领导"),
    "investor": ("投资主体", "签约企业"),
    "total_investment": ("计划总投资", "投资总额"),
    "contract_amount": ("合同金额", "签约资金"),
    "planned_investment": ("年度计划", "本年计划投资", "计划投资", "年度投资计划"),
    "invested": ("本年完成", "完成投资", "累计完成投资", "已完成投资"),
    "words": ("形象进度", "进展情况", "最新进展"),
}
TEXTS = ("number", "name", "field", "owner", "sponsor", "investor", "note", "words")
MONEYS = ("total_investment", "contract_amount", "planned_investment", "invested")
DAYS = (
    "signed_on", "planned_start_on", "started_on", "resumed_on", "planned_finish_on", "completed_on",
    "in_production_on",
)  # fmt: skip
UNITS = ("county", "lead_unit")
TOTALS = ("合计", "总计", "小计")
MONEY_NOTE = "金额单位：万元。日期写成2026-06-30。空着的格不改动台账里已有的内容。带*的必填。"
COLUMNS = tuple(Column(key, label, SYNONYMS.get(key, ()), is_required=key == "name") for key, label in LABELS.items())


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row: what it says of the project, and what it tells of its progress."""

    number: int
    entry: ProjectEntry
    invested: Decimal | None = None
    words: str = ""


@dataclass(slots=True)
class LedgerSheet:
    """What a sheet says; with faults nothing of it is taken in."""

    rows: list[LedgerRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_ledger(data: bytes, name: str, *, directory: Directory, today: date) -> LedgerSheet:
    """Read an uploaded ledger. Raises SheetError for a file that is none; cells that cannot be are in `faults`."""
    table = find_table(read_workbook(data, name), COLUMNS, what="项目台账")
    result = LedgerSheet(faults=table.uncomputed())
    for row in table.rows:
        if _is_total(table, row):
            continue
        _read_row(table, row, result, directory, today)
    _check_twice(table, result)
    return result


def _is_total(table: Table, row: Row) -> bool:
    """合计 stands under the names, or under the serial numbers."""
    words = (as_text(row["name"]), as_text(table.sheet.at(row.number - 1, 0)))
    return any(text in TOTALS for text in words)


def _read_row(table: Table, row: Row, result: LedgerSheet, directory: Directory, today: date) -> None:
    said: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for key, cell in row.cells.items():
        try:
            said[key] = _value(key, cell, directory)
        except ValueError as error:
            faults[key] = str(error)
    invested, words = said.pop("invested", None), said.pop("words", "")
    if invested is not None and invested < 0:
        faults["invested"] = "应为不小于0的数"
    entry = ProjectEntry(
        **{key: value for key, value in said.items() if key not in faults} | {"name": said.get("name", "")}
    )
    faults = faults_of(entry, today) | faults
    result.faults += [
        Fault(table.sheet.name, (row.cells.get(key) or row["name"]).address, f"{LABELS[key]}：{message}")
        for key, message in faults.items()
    ]
    if not faults:
        result.rows.append(LedgerRow(row.number, entry, invested, words))


def _value(key: str, cell: Cell, directory: Directory) -> Any:
    """What a cell says. Raises ValueError in words."""
    readers: dict[str, Callable[[Cell], Any]] = {
        **dict.fromkeys(TEXTS, as_text),
        **dict.fromkeys(MONEYS, as_decimal),
        **dict.fromkeys(DAYS, as_date),
        "kind": lambda c: _choice(c, ProjectKind),
        "stage": lambda c: _choice(c, ProjectStage),
    }
    return _unit(cell, directory) if key in UNITS else readers[key](cell)


def _choice(cell: Cell, kind: type[ProjectKind] | type[ProjectStage]) -> Any:
    text = as_text(cell)
    if not text:
        return None
    found = next((member for member in kind if member.label == text), None)
    if found is None:
        raise ValueError(f"“{text[:20]}”不在可选之列：{'、'.join(str(m.label) for m in kind)}")
    return found


def _unit(cell: Cell, directory: Directory) -> Unit | None:
    text = as_text(cell)
    if not text:
        return None
    # a county is written without 政府 as often as with it
    for name in (text, f"{text}政府", f"{text}管委会"):
        unit = directory.find(name)
        if isinstance(unit, Unit):
            return unit
    raise ValueError(f"没有登记过“{text[:20]}”这个单位，请核对名称，或先登记单位、补登别名")


def _check_twice(table: Table, result: LedgerSheet) -> None:
    """One project on two rows: which of them holds is for the person to say."""
    seen: dict[str, int] = {}
    for row in result.rows:
        name = row.entry.name
        if name in seen:
            address = table.sheet.at(row.number - 1, table.places["name"]).address
            result.faults.append(Fault(table.sheet.name, address, f"“{name}”与第{seen[name]}行重复"))
        seen.setdefault(name, row.number)


def template(units: Sequence[str], rows: Sequence[Sequence[Any]] = (), *, notes: Sequence[str] = ()) -> SheetSpec:
    """The ledger's form, empty or filled in; what is downloaded can be uploaded again."""
    labels = [f"*{label}" if key == "name" else _with_unit(key, label) for key, label in LABELS.items()]
    keys = list(LABELS)
    choices = [
        Choice(keys.index("kind"), tuple(str(k.label) for k in ProjectKind)),
        Choice(keys.index("stage"), tuple(str(s.label) for s in ProjectStage)),
    ]
    if units and len(",".join(units)) <= 250:
        choices.append(Choice(keys.index("county"), tuple(units)))
    widths = [28 if key == "name" else 40 if key in ("words", "note") else 13 for key in keys]
    return SheetSpec(
        "项目台账", labels, rows, title="项目台账", notes=[MONEY_NOTE, *notes], widths=widths, choices=choices
    )


def _with_unit(key: str, label: str) -> str:
    return f"{label}（万元）" if key in MONEYS else label
