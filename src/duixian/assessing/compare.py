"""Actual against expected: by ratio, by points, within a tolerance. Exact: fractions until the figure is shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from duixian.reading import Polarity

from .case import Case
from .model import Grade, Light, Thresholds
from .units import in_unit, is_points

Number = Decimal | Fraction

_TEN_PLACES = Decimal(1).scaleb(-10)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a comparison ends; `ratio` where one was formed, `gap` with minus where it falls short."""

    grade: Grade
    light: Light
    ratio: Decimal | None
    gap: Decimal


@lru_cache(maxsize=4096)
def exactly(value: Number) -> Fraction:
    """A figure as a fraction; remembered, since the same targets and thresholds are asked for again and again."""
    return Fraction(value)


def decimal(value: Number) -> Decimal:
    """A fraction as a Decimal of at most ten places, without trailing zeros; a Decimal as it is."""
    if isinstance(value, Decimal):
        return value
    if value.denominator == 1:
        return Decimal(value.numerator)
    plain = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_TEN_PLACES).normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def by_level(case: Case, actual: Decimal, target: Number) -> Verdict:
    """A level or rate against what it should be: percentages in points, amounts in ratio."""
    if is_points(case.facts.unit):
        return by_points(actual, target, case)
    return by_ratio(actual, target, case.facts.polarity, case.thresholds)


def by_points(actual: Decimal, target: Number, case: Case) -> Verdict:
    """Gap in points towards the good side: from 0 on pace, a little below yellow, further red."""
    thresholds, unit = case.thresholds, case.facts.unit
    gap = exactly(actual) - exactly(target)
    if case.facts.polarity is Polarity.LESS:
        gap = -gap
    return _verdict(
        gap >= exactly(in_unit(thresholds.ahead_points, unit)),
        gap >= 0,
        gap >= -exactly(in_unit(thresholds.yellow_points, unit)),
        None,
        gap,
    )


def by_ratio(actual: Number, expected: Number, polarity: Polarity, thresholds: Thresholds) -> Verdict:
    """actual / expected; for a ceiling the thresholds are mirrored at 1 (0.9 from below is 1.1 from above)."""
    a, e, t = exactly(actual), exactly(expected), thresholds
    gap = e - a if polarity is Polarity.LESS else a - e
    if e <= 0:
        # no ratio to a target of nothing or less: only its good side counts
        return _verdict(e == 0 and gap > 0 and polarity is not Polarity.LESS, gap >= 0, False, None, gap)
    ratio = a / e
    share = 2 - ratio if polarity is Polarity.LESS else ratio
    ahead, on_pace, yellow = map(exactly, (t.ahead_ratio, t.on_pace_ratio, t.yellow_ratio))
    return _verdict(share >= ahead, share >= on_pace, share >= yellow, ratio, gap)


def about(case: Case, actual: Decimal, target: Number) -> Verdict:
    """Distance from an "about" figure, judged apart above and below; within the tolerance is on pace.

    Beyond it, yellow as far as the yellow threshold reaches, then red. No tolerance below means no alarm below.
    """
    a, e = exactly(actual), exactly(target)
    ratio = a / e if e > 0 and not is_points(case.facts.unit) else None
    allowed = tolerance(case, e, is_above=a >= e)
    if allowed is None:
        return _verdict(False, True, True, ratio, a - e)
    beyond = abs(a - e) - allowed
    return _verdict(False, beyond <= 0, beyond <= _yellow_margin(case, e), ratio, a - e)


def tolerance(case: Case, target: Fraction, *, is_above: bool) -> Fraction | None:
    """How far on that side is still about: the target's own tolerance, else the thresholds'; None: no alarm there."""
    own, t = case.facts.tolerance, case.thresholds
    if own is not None:
        allowed = own.above if is_above else own.below
        return None if allowed is None else exactly(allowed)
    if is_points(case.facts.unit):
        allowed = t.near_above_points if is_above else t.near_below_points
        return None if allowed is None else exactly(in_unit(allowed, case.facts.unit))
    share = t.near_above_ratio if is_above else t.near_below_ratio
    return None if share is None else abs(target) * exactly(share)


def _yellow_margin(case: Case, target: Fraction) -> Fraction:
    if is_points(case.facts.unit):
        return exactly(in_unit(case.thresholds.yellow_points, case.facts.unit))
    return abs(target) * exactly(1 - case.thresholds.yellow_ratio)


def _verdict(ahead: bool, on_pace: bool, yellow: bool, ratio: Fraction | None, gap: Fraction) -> Verdict:
    if ahead:
        grade, light = Grade.AHEAD, Light.GREEN
    elif on_pace:
        grade, light = Grade.ON_PACE, Light.GREEN
    else:
        grade, light = Grade.BEHIND, Light.YELLOW if yellow else Light.RED
    return Verdict(grade, light, _shown(ratio), decimal(gap))


def _shown(ratio: Fraction | None) -> Decimal | None:
    return None if ratio is None else decimal(ratio)
