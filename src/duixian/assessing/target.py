"""Which rule judges a target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from duixian.reading import Accrual, Polarity

from .case import Case, open_case
from .compare import decimal, exactly
from .dated import assess_dated
from .floor import assess_floor
from .flow import assess_flow
from .members import assess_members
from .model import Assessment, TargetFacts, Thresholds
from .profile import adds_up, pace_of, starting_level
from .relation import assess_relation
from .running import assess_running
from .stock import assess_stock


def assess_target(facts: TargetFacts, *, month: date, today: date, thresholds: Thresholds) -> Assessment:
    """Grade and light of one target in the stocktake of `month`, as seen on `today`.

    `month` decides which figures count, `today` how near or past a limit is. Source of the rules: docs/rules.
    Raises ValueError when a series holds two values for one month.
    """
    case = open_case(facts, month=month, today=today, thresholds=thresholds)
    if facts.members is not None:
        return assess_members(case, _assess_one)
    return _assess_one(case)


def _assess_one(case: Case) -> Assessment:
    facts = case.facts
    if facts.value is None or facts.against is not None:
        return assess_relation(case)
    if facts.at_all_times:
        return assess_floor(case)
    if facts.accrual is Accrual.DATED:
        return assess_dated(case)
    if facts.accrual is Accrual.RUNNING:
        return assess_running(case)
    return assess_flow(case) if adds_up(case) else assess_stock(case)


def expected_at(facts: TargetFacts, *, month: date, thresholds: Thresholds) -> Decimal | None:
    """What a target should have reached by the end of `month`, unrounded; None where it has no pace. For charts."""
    case = open_case(facts, month=month, today=month, thresholds=thresholds)
    if facts.value is None or facts.against is not None:
        return None
    if facts.at_all_times or facts.accrual is Accrual.RUNNING:
        return case.target
    if facts.accrual is Accrual.DATED:
        return case.target if case.month >= case.due_month else None
    return _on_its_way(case)


def _on_its_way(case: Case) -> Decimal | None:
    if case.facts.polarity is Polarity.NEAR and not adds_up(case):
        return case.target
    pace = pace_of(case, case.month)
    lacks_baseline = not adds_up(case) and case.is_statistic and case.facts.baseline is None
    if pace is None or lacks_baseline:
        return None
    start = exactly(starting_level(case))
    return decimal(start + (exactly(case.target) - start) * pace.share)
