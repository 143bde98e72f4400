"""Sentences and verdicts for figures that stand at a value: levels, rates, growth so far."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from duixian.reading import Polarity, QuantityKind

from .case import Case, is_final
from .compare import Verdict, about, by_level, decimal, exactly
from .finishing import graded, kept_until_limit
from .model import Assessment, Grade, Observation
from .units import is_points
from .wording import difference, months_so_far


def judged(case: Case, value: Decimal, target: Decimal | Fraction) -> Verdict:
    """A value against what it should be: about it, in points, or in ratio."""
    return about(case, value, target) if case.facts.polarity is Polarity.NEAR else by_level(case, value, target)


def standing(case: Case, figure: Observation, sentence: str, *, says_month: bool = False) -> Assessment:
    """A figure against the whole target: done if it stands at the limit."""
    verdict = judged(case, figure.value, case.target)
    result = graded(case, verdict, sentence, figure, expected=case.target, says_month=says_month)
    if not is_final(case, figure):
        return result
    return result if verdict.grade is Grade.BEHIND else kept_until_limit(result)


def distance_words(case: Case, value: Decimal, target: Decimal | Fraction) -> str:
    """How far a value is from its target, towards which side: 低2.9个百分点, 高于上限4微克."""
    gap = exactly(value) - exactly(target)
    mark = _mark(case)
    if gap == 0:
        return f"与{mark or '目标'}持平"
    size = difference(decimal(gap), case.facts.unit, case.places)
    if case.facts.direction == "down":
        return f"多降{size}" if gap > 0 else f"少降{size}"
    side = "高" if gap > 0 else "低"
    return f"{side}于{mark}{size}" if mark else f"{side}{size}"


def moved_words(case: Case, change: Fraction) -> str:
    """A rise or fall since the year began: 提高2.2个百分点, 减少3万亩."""
    if change == 0:
        return "持平"
    up, down = ("提高", "降低") if is_points(case.facts.unit) else ("增加", "减少")
    return f"{up if change > 0 else down}{difference(decimal(change), case.facts.unit, case.places)}"


def so_far_words(case: Case, month: date, value: Decimal) -> str:
    """What has been reached so far this year: 1—6月增长3.1%, 1—6月为34微克."""
    return f"{months_so_far(month)}{change_words(case, value)}"


def change_words(case: Case, value: Decimal) -> str:
    """A growth with its direction (增长3.1%, 下降1.3%), any other value as it stands (为78%)."""
    if case.facts.kind is not QuantityKind.GROWTH:
        return f"为{case.words(value)}"
    if value == 0:
        return "持平"
    rise = "上涨" if case.facts.polarity is Polarity.NEAR else "增长"
    up, down = ("下降", "上升") if case.facts.direction == "down" else (rise, "下降")
    return f"{up if value > 0 else down}{case.words(abs(value))}"


def _mark(case: Case) -> str:
    """What the target is called: a ceiling is 上限; percentages are told as a plain gap."""
    if case.facts.polarity is Polarity.LESS:
        return "上限"
    return "" if is_points(case.facts.unit) else "目标"
