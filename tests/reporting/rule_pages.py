"""Readers of the rules' pages about amendments, statuses, parts and overrides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from duixian.assessing import Observation, OutcomeFacts, TargetFacts, Thresholds, assess_outcome, assess_target
from duixian.assessing.wording import GRADE_WORDS, LIGHT_WORDS
from duixian.indicators.enums import ValueStatus
from duixian.periods import SHANGHAI, month_end
from duixian.reading import Accrual, Comparator, QuantityKind, Stage
from duixian.reporting.facts import _all_reached_on, _firm
from duixian.reporting.models import GradeOverride
from tests.assessing import pages

STATUSES = {status.label: status for status in ValueStatus}


def _day(text: str) -> date | None:
    return None if text in pages.NONE else date.fromisoformat(text)


def check_amended(row: pages.Row) -> None:
    """Both gradings of one row."""
    cells = row.cells
    month = pages.month(cells["盘点"])
    today = _day(cells["今天"]) or month_end(month)
    for value, limit, grade, light in (
        ("现行", "现行期限", "等次", "亮灯"),
        ("原定", "原定期限", "原定等次", "原定灯"),
    ):
        number, unit = pages.amount(cells[value])
        facts = TargetFacts(
            **pages.STANDARD | {"unit": unit, "accrual": Accrual.FLOW, "value": number, "due_on": _day(cells[limit])},
            observations=pages.observations(cells["数据"]),
        )
        found = assess_target(facts, month=month, today=today, thresholds=Thresholds())
        shown = (GRADE_WORDS[found.grade], LIGHT_WORDS[found.light] if found.light else "—")
        assert shown == (cells[grade], cells[light]), str(row)


def check_statuses(row: pages.Row) -> None:
    """What replaces what; and what is compared with what."""
    cells = dict(row.cells)
    if "新录" in cells:
        known = STATUSES.get(cells["已有"])
        is_taken = known is None or STATUSES[cells["新录"]].rank >= known.rank
        assert ("采用" if is_taken else "拒绝") == cells["结果"], str(row)
        return
    own, against = _observation(cells.pop("本指标")), _observation(cells.pop("对照指标"))
    facts = TargetFacts(
        **pages.STANDARD
        | {"accrual": Accrual.RUNNING, "kind": QuantityKind.GROWTH, "comparator": Comparator.ABOVE, "value": None},
        against_name="地区生产总值增速",
        observations=[own],
        against=[against],
    )
    month = date(pages.YEAR, 6, 1)
    pages.compare(row, cells, assess_target(facts, month=month, today=date(2026, 7, 6), thresholds=Thresholds()))


def _observation(text: str) -> Observation:
    """快报 6.4；核定 6.2: the last one is in force."""
    pairs = [entry.split(" ") for entry in text.split("；")]
    statuses = {STATUSES[label].value: Decimal(value) for label, value in pairs}
    return Observation(date(pages.YEAR, 6, 1), Decimal(pairs[-1][1]), _firm(statuses))


def check_cooperating(row: pages.Row) -> None:
    """A part by its limit, its nodes and the unit's word."""
    cells = dict(row.cells)
    month, today = pages.month(cells.pop("盘点")), date.fromisoformat(cells.pop("今天"))
    text = cells.pop("节点")
    nodes = () if text in pages.NONE else tuple(pages.node(entry) for entry in text.split("；"))
    due_on = date.fromisoformat(cells.pop("期限"))
    part = OutcomeFacts("分工", Stage.ADVANCE, due_on, milestones=nodes)
    part = replace(part, reached_on=_day(cells.pop("达成")) or _all_reached_on(nodes))
    pages.compare(row, cells, assess_outcome(part, month=month, today=today, thresholds=Thresholds()))


def check_override(row: pages.Row) -> None:
    """Which of the two a month shows."""
    cells = row.cells

    def noon(name: str) -> datetime | None:
        day = _day(cells[name])
        return datetime.combine(day, time(12), SHANGHAI) if day else None

    until = cells["到"]
    is_round = until.endswith("盘点")
    word = GradeOverride(
        month=date(pages.YEAR, 6, 1),
        until_month=pages.month(until.removesuffix("盘点")) if is_round else None,
        expires_on=None if is_round else date.fromisoformat(until),
        set_at=noon("认定于"),
        ended_at=noon("撤销于"),
    )
    now = noon("今天")
    assert now is not None
    shown = word.shows(pages.month(cells["月份"]), noon("锁定"), now)
    assert ("认定" if shown else "测算") == cells["显示"], str(row)


CHECKS: dict[str, Callable[[pages.Row], None]] = {
    "amended": check_amended,
    "statuses": check_statuses,
    "cooperating": check_cooperating,
    "override": check_override,
}
