"""分解 as workbooks: the matrix out; one target's breakdown out, filled in, and in again with errors by cell."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from duixian.audit.command import InvalidInput
from duixian.console.columns import number_of
from duixian.console.county_matrix import MatrixRow, column_names
from duixian.register.commands import Share
from duixian.register.coverage import Coverage, is_rate
from duixian.register.enums import CarryState, SumState
from duixian.register.measures import convert
from duixian.register.models import Target
from duixian.sheets import (
    Choice,
    Column,
    Fault,
    Row,
    SheetError,
    SheetSpec,
    Table,
    as_decimal,
    as_text,
    find_table,
    read_workbook,
    workbook_bytes,
)
from duixian.units.models import Unit, UnitGroup
from duixian.units.queries import Directory, directory_of

UNIT = Column("unit", "单位", ("承担单位", "县区"))
STATE = Column("state", "情况", is_required=False)
FIGURE = Column("value", "数", ("分解数", "任务数"), is_required=False)
MEASURE = Column("measure", "计量单位", ("单位（计量）",), is_required=False)
ABOVE = Column("numerator", "分子", is_required=False)
BELOW = Column("denominator", "分母", is_required=False)
COLUMNS = (UNIT, STATE, FIGURE, MEASURE, ABOVE, BELOW)
# beyond these the refusal says how many more there are
SHOWN_FAULTS = 12


def matrix_workbook(
    rows: Sequence[MatrixRow], units: Sequence[Unit], title: str, *, is_whole: bool, marks: Sequence[str] = ()
) -> bytes:
    """What the page shows, one row a target; sums only for whoever sees every column. `marks` stand above all."""
    sums = [_("县区合计"), _("合计占目标%"), _("差额"), _("判断")] if is_whole else []
    header = [_("序号"), _("市级目标"), _("计量单位"), _("目标值"), *column_names(units), *sums]
    body = [_matrix_row(row, is_whole) for row in rows]
    notes = [*marks, _("未写：县计划没提；无数：提了没写数；—：不承担；未读：县计划还没读进来。")]
    sheet = SheetSpec(_("县区承接"), header, body, title=title, notes=notes, widths=[6, 30, 10, 10])
    return workbook_bytes([sheet])


def _matrix_row(row: MatrixRow, is_whole: bool) -> list[str | Decimal | None]:
    cells = [c.cell.value if c.cell.value is not None else c.word for c in row.cells]
    target, found = row.target, row.coverage
    start = [number_of(target.task), target.indicator.name, target.unit_of_measure, target.current_value]
    if not is_whole:
        return [*start, *cells]
    share = round(found.share * 100, 1) if found.share is not None else None
    return [*start, *cells, found.committed, share, found.difference, str(SumState(found.state).label)]


def breakdown_workbook(coverage: Coverage, marks: Sequence[str] = ()) -> bytes:
    """The breakdown of one target to fill in: a row a unit; columns may be moved, rows added."""
    target = coverage.target
    is_share = is_rate(target)
    header = [UNIT.label, STATE.label, *((ABOVE.label, BELOW.label) if is_share else (FIGURE.label, MEASURE.label))]
    rows = [_breakdown_row(cell.unit.name, cell, target, is_share) for cell in coverage.cells]
    states = tuple(str(state.label) for state in CarryState)
    notes = [
        *marks,
        _("目标：%(text)s。各单位的数加起来与目标比；情况选“不承担”的不填数。") % {"text": target.text},
        _("计量单位可以换算（亩与万亩），不同的量不能填在一起。"),
    ]
    sheet = SheetSpec(
        _("分解"),
        header,
        rows,
        title=f"{target.task} {target.indicator.name}",
        notes=notes,
        widths=[22, 10, 14, 12],
        choices=[Choice(1, states)],
    )
    return workbook_bytes([sheet])


def _breakdown_row(name: str, cell: object, target: Target, is_share: bool) -> list[str | Decimal | None]:
    item, value = cell.item, cell.value  # type: ignore[attr-defined]
    state = str(CarryState(cell.state).label)  # type: ignore[attr-defined]
    if is_share:
        return [name, state, item.numerator if item else None, item.denominator if item else None]
    return [name, state, value, target.unit_of_measure]


def shares_from_workbook(data: bytes, name: str, target: Target) -> list[Share]:
    """The shares of an uploaded workbook. Raises InvalidInput that names every faulty cell; nothing is half read."""
    try:
        table = find_table(read_workbook(data, name), COLUMNS, what=_("分解表"))
    except SheetError as error:
        raise InvalidInput(str(error), {"file": str(error)}) from error
    directory = directory_of(target.task.plan.government)
    faults: list[Fault] = table.uncomputed()
    shares: list[Share] = []
    seen: dict[int, str] = {}
    for row in table.rows:
        share = _share(row, table, target, directory, faults)
        if share is None:
            continue
        if share.unit.pk in seen:
            faults.append(_fault(table, row, "unit", _("%(unit)s在%(cell)s已经有一行") % _twice(share, seen)))
        seen[share.unit.pk] = row["unit"].address
        shares.append(share)
    if faults:
        raise InvalidInput(_told(faults), {"file": _told(faults)})
    if not shares:
        raise InvalidInput(_("表里没有填任何单位。"), {"file": _("空表")})
    return shares


def _twice(share: Share, seen: dict[int, str]) -> dict[str, str]:
    return {"unit": share.unit.name, "cell": seen[share.unit.pk]}


def _share(row: Row, table: Table, target: Target, directory: Directory, faults: list[Fault]) -> Share | None:
    unit = _unit(row, table, directory, faults)
    state = _state(row, table, faults)
    numbers = {key: _number(row, table, key, faults) for key in ("value", "numerator", "denominator")}
    measure = _measure(row, table, target, faults)
    if unit is None or state is None:
        return None
    if state is CarryState.FIGURE and all(number is None for number in numbers.values()):
        key = "value" if table.has("value") else "numerator"
        faults.append(_fault(table, row, key if table.has(key) else "unit", _("没有填数；不承担的请在“情况”里写明")))
        return None
    if state is not CarryState.FIGURE:
        numbers = dict.fromkeys(numbers)
    return Share(unit, state, numbers["value"], measure, numbers["numerator"], numbers["denominator"])


def _unit(row: Row, table: Table, directory: Directory, faults: list[Fault]) -> Unit | None:
    name = as_text(row["unit"])
    found = directory.find(name) if name else None
    if isinstance(found, Unit):
        return found
    why = _("是一组单位，请逐个写") if isinstance(found, UnitGroup) else _("没有登记这个单位")
    faults.append(_fault(table, row, "unit", f"“{name}”{why}" if name else _("没有写单位")))
    return None


def _state(row: Row, table: Table, faults: list[Fault]) -> CarryState | None:
    words = as_text(row["state"]) if table.has("state") else ""
    if not words:
        return CarryState.FIGURE
    for state in CarryState:
        if words in (str(state.label), state.value):
            return state
    choices = "、".join(str(state.label) for state in CarryState)
    faults.append(_fault(table, row, "state", f"“{words[:20]}”不认识，请写{choices}之一"))
    return None


def _measure(row: Row, table: Table, target: Target, faults: list[Fault]) -> str:
    """The unit of measure written in the row; "" is the target's own."""
    words = as_text(row["measure"]) if table.has("measure") else ""
    if words and not is_rate(target) and convert(Decimal(1), words, target.unit_of_measure) is None:
        why = _("与目标的“%(unit)s”不是同一种量，不能折算") % {"unit": target.unit_of_measure}
        faults.append(_fault(table, row, "measure", f"“{words[:20]}”{why}"))
        return ""
    return words


def _number(row: Row, table: Table, key: str, faults: list[Fault]) -> Decimal | None:
    if not table.has(key) or row[key].is_blank:
        return None
    try:
        number = as_decimal(row[key])
    except ValueError as error:
        faults.append(_fault(table, row, key, str(error)))
        return None
    if number is not None and number < 0:
        faults.append(_fault(table, row, key, _("要填不小于0的数")))
    return number


def _fault(table: Table, row: Row, key: str, message: str) -> Fault:
    return Fault(table.sheet.name, row[key].address, message)


def _told(faults: Sequence[Fault]) -> str:
    shown = "；".join(str(fault) for fault in faults[:SHOWN_FAULTS])
    rest = len(faults) - SHOWN_FAULTS
    more = _("；另有%(n)s处") % {"n": rest} if rest > 0 else ""
    return _("表没有读进来，请改好再传：%(faults)s%(more)s") % {"faults": shown, "more": more}
