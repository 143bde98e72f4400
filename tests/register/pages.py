"""The worked tables of docs/rules/breakdown.md and roll-up.md, put to the code. A cell not understood is an error."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from duixian.assessing import Thresholds
from duixian.assessing.wording import percent
from duixian.reading import Accrual, Polarity, QuantityKind
from duixian.register.coverage import Cell, summed
from duixian.register.enums import CarryState, SumState
from duixian.register.measures import convert
from duixian.register.models import Target
from duixian.register.rolling_up import Child, RolledUp, ratio_of, sum_of, worst_date_of
from duixian.register.splitting import split, split_equally
from duixian.units.models import Unit

STATES = {
    "未写": (CarryState.NOT_WRITTEN, True),
    "未读": (CarryState.NOT_WRITTEN, False),
    "无数": (CarryState.NO_FIGURE, True),
    "不承担": (CarryState.NOT_CARRIED, True),
}
WAYS = {"相加": sum_of, "比率": ratio_of, "最晚日期": worst_date_of}


def amount(text: str) -> tuple[Decimal, str]:
    """15万亩 -> 15, 万亩."""
    found = re.fullmatch(r"([\d.]+)(\D+)", text)
    assert found is not None, f"not an amount: {text}"
    return Decimal(found[1]), found[2]


def plain(value: Decimal | None) -> str:
    """A figure without idle zeros; — for none."""
    return "—" if value is None else f"{value.normalize():f}".replace("-", "−")


def check_breakdown(cells: Mapping[str, str]) -> None:
    """A row of the first table (parts of a total) or of the second (what a sum says)."""
    check = _check_parts if "办法" in cells else _check_sum
    check(cells)


def _check_parts(cells: Mapping[str, str]) -> None:
    total, unit = amount(cells["目标"])
    told = [entry.split(" ") for entry in cells["各单位"].split("；")]
    if cells["办法"] == "平均分":
        parts = split_equally(total, [name for [name] in told], unit)
    else:
        assert cells["办法"] == "按比重"
        parts = split(total, {name: Decimal(weight) for name, weight in told}, unit)
    assert [plain(part) for part in parts.values()] == cells["分得"].split("；"), str(cells)
    assert sum(parts.values()) == total


def _check_sum(cells: Mapping[str, str]) -> None:
    value, unit = amount(cells["目标"])
    target = Target(
        value=value,
        unit_of_measure=unit,
        kind=QuantityKind.AMOUNT,
        accrual=Accrual.FLOW,
        polarity=Polarity.MORE,
    )
    told = tuple(_cell(entry, unit) for entry in cells["各单位的数"].split("；"))
    found = summed(target, told, Thresholds())
    shown = {
        "合计": plain(found.committed),
        "占目标": percent(found.share) if found.share is not None else "—",
        "判断": str(SumState(found.state).label),
        "差额": plain(found.difference),
    }
    assert shown == {name: cells[name] for name in shown}, str(cells)


def _cell(entry: str, wanted: str) -> Cell:
    name, said = entry.split(" ")
    if said in STATES:
        state, is_read = STATES[said]
        return Cell(Unit(name=name), state, is_read=is_read)
    value, unit = amount(said)
    converted = convert(value, unit, wanted)
    assert converted is not None, entry
    return Cell(Unit(name=name), CarryState.FIGURE, converted)


def check_roll_up(cells: Mapping[str, str]) -> None:
    """A row of the table of sums, rates and dates."""
    children = [_child(entry, cells["算法"]) for entry in cells["下级"].split("；")]
    found = WAYS[cells["算法"]](children)
    shown = {"结果": _result(found), "用了": _names(found.children), "缺": _names(found.missing)}
    assert shown == {name: cells[name] for name in shown}, str(cells)


def _child(entry: str, way: str) -> Child:
    name, _, said = entry.partition(" ")
    if not said:
        return Child(name)
    if way == "最晚日期":
        return Child(name, on=date.fromisoformat(said))
    above, slash, below = said.partition("/")
    return Child(name, numerator=Decimal(above), denominator=Decimal(below)) if slash else Child(name, Decimal(said))


def _result(found: RolledUp) -> str:
    if found.on is not None:
        return found.on.isoformat()
    return plain(None if found.value is None else round(found.value, 4))


def _names(names: tuple[str, ...]) -> str:
    return "；".join(names) or "—"
