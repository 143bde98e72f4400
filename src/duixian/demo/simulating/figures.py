"""Figures for a target by month, in its own unit and with as many decimals as it has. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction

from duixian.assessing import TargetFacts, Thresholds, expected_at
from duixian.assessing.units import is_pieces, is_points
from duixian.periods import month_of, months_of_year
from duixian.reading import Accrual, Polarity, QuantityKind

from .lexicon import lexicon
from .lives import Course

WHOLE = Decimal(100)
# enough digits that a month's share can be told from the next
SIGNIFICANT_DIGITS = 3
# a relation without a figure of its own hovers about this growth
USUAL_GROWTH = Decimal(5)
# one point of a percentage stands for this share of an amount
POINTS_TO_WHOLE = 25
DECEMBER = 12


def year_figures(facts: TargetFacts, course: Course) -> dict[date, Decimal]:
    """A figure for every month of the target's year: cumulative for what adds up, else the level or rate so far."""
    months = months_of_year(facts.year)
    if _adds_up(facts):
        return _rising(facts, course, {m: _due(facts, m) * course.factor(m.month) for m in months})
    if facts.accrual is Accrual.DATED:
        due = {m: min(_due(facts, m) * course.factor(m.month), _goal(facts)) for m in months}
        return _rising(facts, course, due)
    if facts.accrual is Accrual.STOCK and not facts.at_all_times and facts.polarity is not Polarity.NEAR:
        return {m: _level(facts, m, course) for m in months}
    return {m: _rate(facts, m, course) for m in months}


def continued(facts: TargetFacts, known: dict[date, Decimal], months: Iterable[date]) -> dict[date, Decimal]:
    """Figures for later months of a series whose first months are told: what was missing is made up in part.

    `facts` should bring the plan and the baseline, where there are any.
    """
    if not known:
        return {}
    last = max(known)
    begun, goal = Fraction(known[last]), _goal(facts)
    due = _due(facts, last)
    ratio = begun / due if due > 0 else Fraction(1)
    later = {}
    for month in months:
        if _adds_up(facts):
            later[month] = max(begun, _due(facts, month) * (ratio + (1 - ratio) * (month.month - last.month) / 12))
        elif facts.monthly_plan is not None:
            left = Fraction(DECEMBER + 1 - month.month, DECEMBER + 1 - last.month)
            later[month] = _capped(facts, _due(facts, month) + (begun - due) * left)
        else:
            later[month] = begun + (goal - begun) * (month.month - last.month) / (2 * (DECEMBER - last.month + 1))
    return {month: _rounded(facts, value) for month, value in later.items()}


def monthly_plan(facts: TargetFacts) -> dict[date, Decimal]:
    """A plan over the year's months as the ground allows, from the baseline to the target at its limit."""
    start = Fraction(facts.baseline) if facts.baseline is not None and not _adds_up(facts) else Fraction(0)
    goal = _goal(facts)
    figures = {}
    for month in months_of_year(facts.year):
        figures[month] = _rounded(facts, start + (goal - start) * _works_share(facts, month))
    limit = month_of(facts.due_on) if facts.due_on else date(facts.year, DECEMBER, 1)
    return {m: v if m < limit else _rounded(facts, goal) for m, v in figures.items()}


def last_year(facts: TargetFacts, course: Course) -> dict[date, Decimal]:
    """The same flow by month of the year before: a little less, a little uneven."""
    goal = _goal(facts) * Fraction(course.chance.whole(86, 97, course.name, "last year"), 100)
    figures: dict[date, Decimal] = {}
    value = Fraction(0)
    weights = [course.chance.whole(70, 130, course.name, "last year", n) for n in range(1, 13)]
    for number, weight in enumerate(weights, 1):
        value += goal * weight / sum(weights)
        figures[date(facts.year - 1, number, 1)] = _rounded(facts, value)
    return figures


def baseline(facts: TargetFacts, course: Course) -> Decimal:
    """The level at the end of last year: on the far side of the target by some percent of it."""
    share = Fraction(course.chance.whole(3, 12, course.name, "baseline"), 100)
    sign = 1 if facts.polarity is Polarity.LESS else -1
    return _rounded(facts, _goal(facts) * (1 + sign * share))


def _level(facts: TargetFacts, month: date, course: Course) -> Decimal:
    """Between the baseline (or nothing, for a set of works) and the target."""
    start = Fraction(facts.baseline) if facts.baseline is not None else _far_start(facts)
    value = start + (_due(facts, month) - start) * course.factor(month.month)
    return _rounded(facts, _capped(facts, max(value, Fraction(0))))


def _far_start(facts: TargetFacts) -> Fraction:
    """Where a level sets out that nobody has told: planned works from nothing, others from a third, rates near by."""
    if facts.monthly_plan is not None:
        return Fraction(0)
    if facts.stage is not None and facts.kind is QuantityKind.AMOUNT:
        return _goal(facts) / 3
    return _goal(facts) * Fraction(94 if facts.polarity is not Polarity.LESS else 106, 100)


def _rate(facts: TargetFacts, month: date, course: Course) -> Decimal:
    """On the good or bad side of the target by points, or by a share of an amount."""
    goal = _goal(facts)
    sign = -1 if facts.polarity is Polarity.LESS else 1
    points = Fraction(course.points(month.month))
    value = goal + sign * points if is_points(facts.unit) else goal * (1 + sign * points / POINTS_TO_WHOLE)
    if facts.kind is not QuantityKind.GROWTH:
        value = max(value, Fraction(0))
    return _rounded(facts, _capped(facts, value))


def _due(facts: TargetFacts, month: date) -> Fraction:
    """What is expected by the month, by the rules where they tell, else as works go."""
    expected = expected_at(facts, month=month, thresholds=Thresholds())
    if expected is not None:
        return Fraction(expected)
    start = Fraction(0) if _adds_up(facts) or facts.accrual is Accrual.DATED else _far_start(facts)
    return start + (_goal(facts) - start) * _works_share(facts, month)


def _works_share(facts: TargetFacts, month: date) -> Fraction:
    """Share of the works done by a month; a limit before the year's end squeezes them together."""
    limit = facts.due_on.month if facts.due_on and facts.due_on.year == facts.year else DECEMBER
    number = min(month.month * DECEMBER // limit, DECEMBER)
    return Fraction(lexicon()["works"]["shares"][number - 1], 100)


def _rising(facts: TargetFacts, course: Course, figures: dict[date, Fraction]) -> dict[date, Decimal]:
    """What was added up never falls; whoever keeps pace is not put behind it by a rounded-off piece."""
    result: dict[date, Decimal] = {}
    highest = Decimal(0)
    for month, value in figures.items():
        rounding = ROUND_CEILING if course.factor(month.month) >= 1 else ROUND_HALF_UP
        highest = max(highest, _rounded(facts, _capped(facts, value), rounding))
        result[month] = highest
    return result


def _goal(facts: TargetFacts) -> Fraction:
    if facts.value is None:
        return Fraction(USUAL_GROWTH)
    if facts.polarity is Polarity.LESS and facts.value_max is not None:
        return Fraction(facts.value_max)
    return Fraction(facts.value)


def _adds_up(facts: TargetFacts) -> bool:
    return facts.value is not None and (facts.accrual is Accrual.FLOW or facts.kind is QuantityKind.INCREMENT)


def _capped(facts: TargetFacts, value: Fraction) -> Fraction:
    return min(value, Fraction(100)) if facts.unit == "%" and facts.kind is QuantityKind.RATE else value


def _rounded(facts: TargetFacts, value: Fraction, rounding: str = ROUND_HALF_UP) -> Decimal:
    quantum = Decimal(1).scaleb(-_places(facts))
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(quantum, rounding)


def _places(facts: TargetFacts) -> int:
    """Whole pieces have none; else as many as the target has, and enough to tell one month from the next."""
    goal = facts.value if facts.value is not None else USUAL_GROWTH
    exponent = goal.normalize().as_tuple().exponent
    own = max(0, -exponent) if isinstance(exponent, int) else 0
    if is_pieces(facts.unit) and own == 0:
        return 0
    if is_points(facts.unit):
        return max(own, 1)
    return max(own, SIGNIFICANT_DIGITS - 1 - max(goal.adjusted(), 0), 0)


def of_member(facts: TargetFacts, name: str) -> TargetFacts:
    """What one member owes: the same target by itself."""
    return replace(facts, members=None, name=f"{facts.name}{name}")
