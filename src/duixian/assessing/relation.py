"""A figure set against another series of the same period (docs/rules/relation.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from duixian.periods import month_label
from duixian.reading import Comparator, Polarity

from .case import Case, is_final, known_figures, other, without_figure
from .compare import Verdict, by_ratio, decimal, exactly
from .finishing import graded, kept_until_limit
from .level import so_far_words
from .model import Assessment, Firmness, Grade, Light, Observation, OtherReason
from .units import in_unit, is_points
from .wording import FIRMNESS_WORDS, difference


@dataclass(frozen=True, slots=True)
class Pair:
    """Both series in the newest month that both have; `said`: of which firmness, where newer values are left aside."""

    own: Observation
    against: Observation
    said: str = ""


def assess_relation(case: Case) -> Assessment:
    """Own figure less the other's (and the promised lead, if any), in the same month."""
    own = [o for o in known_figures(case) if o.month <= case.due_month]
    if not own or own[-1].month < case.wanted_month:
        return without_figure(case)
    shared = _shared_months(case, own)
    name = case.facts.against_name or "对照指标"
    if not shared:
        return other(case, OtherReason.NO_COUNTERPART, f"{name}尚无同期数")
    pair = next((pair for pair in (_of_one_firmness(*both) for both in shared) if pair is not None), None)
    if pair is None:
        return other(case, OtherReason.NO_COUNTERPART, _unlike_words(name, *shared[0]))
    return _compared(case, pair)


def _shared_months(case: Case, own: list[Observation]) -> list[tuple[Observation, Observation]]:
    """Own and other figure of the months that both have, the newest first."""
    against = {o.month: o for o in known_figures(case, case.facts.against or ())}
    return [(o, against[o.month]) for o in reversed(own) if o.month in against]


def _of_one_firmness(own: Observation, against: Observation) -> Pair | None:
    """The firmest values both have; as they stand where either's firmness is not known."""
    if not own.firm or not against.firm:
        return Pair(own, against)
    mine, theirs = dict(own.firm), dict(against.firm)
    common = next((firmness for firmness in reversed(Firmness) if firmness in mine and firmness in theirs), None)
    if common is None:
        return None
    pair = Pair(replace(own, value=mine[common]), replace(against, value=theirs[common]))
    is_newest = (pair.own.value, pair.against.value) == (own.value, against.value)
    return pair if is_newest else replace(pair, said=FIRMNESS_WORDS[common])


def _unlike_words(name: str, own: Observation, against: Observation) -> str:
    mine, theirs = (FIRMNESS_WORDS[max((f for f, _ in o.firm), key=list(Firmness).index)] for o in (own, against))
    return f"{month_label(own.month)}本指标为{mine}，{name}为{theirs}，尚无同口径数"


def _compared(case: Case, pair: Pair) -> Assessment:
    expected = pair.against.value + case.target
    verdict = _verdict(case, pair.own.value, expected)
    result = graded(case, verdict, _sentence(case, pair), pair.own, expected=expected, says_month=True)
    if verdict.grade is not Grade.BEHIND and is_final(case, pair.own):
        return kept_until_limit(result)
    return result


def _verdict(case: Case, own: Decimal, expected: Decimal) -> Verdict:
    """By points (or by ratio for amounts). "Above" asks for more than nothing; "in step" forgives a little."""
    if not is_points(case.facts.unit):
        plain = by_ratio(own, expected, case.facts.polarity, case.thresholds)
        is_level = own == expected and case.facts.comparator is Comparator.ABOVE
        return replace(plain, grade=Grade.BEHIND, light=Light.YELLOW) if is_level else plain
    t, unit = case.thresholds, case.facts.unit
    gap = exactly(own) - exactly(expected)
    gap = -gap if case.facts.polarity is Polarity.LESS else gap
    slack = exactly(in_unit(t.in_step_points, unit)) if _is_in_step(case) else Fraction(0)
    is_kept = gap > 0 if case.facts.comparator is Comparator.ABOVE else gap >= -slack
    if gap >= exactly(in_unit(t.ahead_points, unit)) and gap > 0:
        return Verdict(Grade.AHEAD, Light.GREEN, None, decimal(gap))
    if is_kept:
        return Verdict(Grade.ON_PACE, Light.GREEN, None, decimal(gap))
    is_close = gap >= -slack - exactly(in_unit(t.yellow_points, unit))
    return Verdict(Grade.BEHIND, Light.YELLOW if is_close else Light.RED, None, decimal(gap))


def _is_in_step(case: Case) -> bool:
    return case.facts.comparator in (Comparator.EQUAL, Comparator.ABOUT)


def _sentence(case: Case, pair: Pair) -> str:
    gap = pair.own.value - pair.against.value
    name = case.facts.against_name or "对照指标"
    words = f"{so_far_words(case, pair.own.month, pair.own.value)}，"
    if gap == 0:
        words += f"与{name}（{case.words(pair.against.value)}）持平"
    else:
        size = difference(gap, case.facts.unit, case.places)
        words += f"{'高于' if gap > 0 else '低于'}{name}（{case.words(pair.against.value)}）{size}"
    if case.target:
        words += f"，要求高{difference(case.target, case.facts.unit)}"
    return f"{words}（均按{pair.said}）" if pair.said else words
