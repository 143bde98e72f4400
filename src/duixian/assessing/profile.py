"""How much of a year's target is due by a month: the approved plan, last year's shares, the calendar; in this order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from duixian.periods import month_of
from duixian.reading import Accrual, QuantityKind

from .case import Case
from .compare import exactly
from .model import PaceSource

ZERO = Decimal(0)
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Pace:
    """The share of the target due by a month, from 0 to 1, and where it comes from."""

    share: Fraction
    source: PaceSource


def pace_of(case: Case, month: date) -> Pace | None:
    """The share due by `month`; None where nothing tells it (未定计划).

    Last year and the calendar speak for statistics only: works and counts of few pieces follow their own plan.
    """
    month = min(month, case.due_month)
    planned = _from_plan(case, month)
    if planned is not None or not case.is_statistic or case.comes_in_few_pieces:
        return planned
    return _from_last_year(case, month) or Pace(Fraction(month.month, case.due_month.month), PaceSource.CALENDAR)


def has_started(case: Case) -> bool:
    """Whether the pace asks for anything by the month assessed."""
    pace = pace_of(case, case.month)
    return pace is not None and pace.share > 0


def adds_up(case: Case) -> bool:
    """Whether the figure starts from nothing each year: a flow, or a rise told as an increment."""
    return case.facts.accrual is Accrual.FLOW or case.facts.kind is QuantityKind.INCREMENT


def starting_level(case: Case) -> Decimal:
    """What the year starts from: the baseline of a level, nothing for what adds up or has no baseline."""
    return ZERO if adds_up(case) or case.facts.baseline is None else case.facts.baseline


def _from_plan(case: Case, month: date) -> Pace | None:
    """The plan's figure of the month (or the last month before that it names) over its figure at the limit."""
    plan = {month_of(m): v for m, v in (case.facts.monthly_plan or {}).items() if month_of(m) <= case.due_month}
    if not plan:
        return None
    start = starting_level(case)
    whole = plan[max(plan)] - start
    filed = [m for m in plan if m <= month]
    part = plan[max(filed)] - start if filed else ZERO
    return _share(part, whole, PaceSource.MONTHLY_PLAN)


def _from_last_year(case: Case, month: date) -> Pace | None:
    """Last year's share of the same month; a level needs the December before as its start."""
    series = case.facts.last_year or {}
    by_number = _by_month_number(series)
    start = ZERO if adds_up(case) else _december_before(series)
    part, whole = by_number.get(month.month), by_number.get(case.due_month.month)
    if start is None or part is None or whole is None:
        return None
    return _share(part - start, whole - start, PaceSource.LAST_YEAR)


def _by_month_number(series: Mapping[date, Decimal]) -> dict[int, Decimal]:
    """Values by month number; of two Decembers the later one."""
    return {month.month: value for month, value in sorted(series.items())}


def _december_before(series: Mapping[date, Decimal]) -> Decimal | None:
    first = min(series, default=None)
    if first is None or first.month != DECEMBER or len(series) == 1:
        return None
    return series[first]


def _share(part: Decimal, whole: Decimal, source: PaceSource) -> Pace | None:
    """part / whole within 0 and 1; None where the series does not move, so that it tells no pace."""
    if whole == 0:
        return None
    return Pace(min(max(exactly(part) / exactly(whole), Fraction(0)), Fraction(1)), source)
