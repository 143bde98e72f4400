"""A figure owed at every period: the worst period decides (docs/rules/floor.md)."""

from __future__ import annotations

from dataclasses import replace

from duixian.periods import month_label
from duixian.reading import Polarity

from .case import Case, figure_for_limit, is_final, known_figures, without_figure
from .finishing import graded, kept_until_limit
from .level import distance_words, judged
from .model import Assessment, Grade, Observation


def assess_floor(case: Case) -> Assessment:
    """The worst of the periods up to the limit. Holding it is on pace, never ahead; held to the limit, it is done."""
    newest = figure_for_limit(case)
    if newest is None:
        return without_figure(case)
    worst = _worst_period(case, newest)
    verdict = judged(case, worst.value, case.target)
    if verdict.grade is Grade.AHEAD:
        verdict = replace(verdict, grade=Grade.ON_PACE)
    result = graded(case, verdict, _sentence(case, worst, newest), newest, expected=case.target)
    result = replace(result, actual=worst.value, data_month=worst.month)
    if verdict.grade is not Grade.BEHIND and is_final(case, newest):
        return kept_until_limit(result)
    return result


def _worst_period(case: Case, newest: Observation) -> Observation:
    """The farthest from the target on the bad side; of equals the latest."""
    figures = [o for o in reversed(known_figures(case)) if o.month <= newest.month]
    if case.facts.polarity is Polarity.NEAR:
        return max(figures, key=lambda o: abs(o.value - case.target))
    sign = -1 if case.facts.polarity is Polarity.LESS else 1
    return min(figures, key=lambda o: sign * o.value)


def _sentence(case: Case, worst: Observation, newest: Observation) -> str:
    extreme = {Polarity.LESS: "最高", Polarity.NEAR: "偏离最大"}.get(case.facts.polarity, "最低")
    gap = distance_words(case, worst.value, case.target)
    sentence = f"各月{extreme}为{month_label(worst.month)}{case.words(worst.value)}，{gap}"
    return sentence if worst.month == newest.month else f"{sentence}，最新为{case.words(newest.value)}"
