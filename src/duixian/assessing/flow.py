"""Flow: what adds up over the year. Expected is target x profile(month); compared by ratio (docs/rules/flow.md)."""

from __future__ import annotations

from decimal import Decimal

from duixian.reading import Polarity

from .case import Case, is_final, latest_figure, other, reached_since, without_figure
from .compare import about, by_ratio, decimal, exactly
from .finishing import at_limit, completed, graded, ratio_words, without_pace
from .model import Assessment, Observation, OtherReason
from .profile import Pace, pace_of


def assess_flow(case: Case) -> Assessment:
    """A cumulative figure against its pace; reaching the target is done, since what was added up stays."""
    if pace_of(case, case.month) is None:
        return without_pace(case)
    figure = latest_figure(case)
    if figure is None:
        return _nothing_yet(case)
    since = reached_since(case)
    if case.facts.polarity is Polarity.MORE and since is not None and case.reaches(figure.value):
        return completed(case, figure, since.month, f"完成{case.words(figure.value)}")
    if is_final(case, figure):
        return at_limit(case, figure)
    pace = pace_of(case, figure.month)
    return _on_the_way(case, figure, pace) if pace else without_pace(case)


def _nothing_yet(case: Case) -> Assessment:
    """No figure: nothing is owed as long as the plan asks for nothing."""
    pace = pace_of(case, case.wanted_month)
    if pace is not None and pace.share == 0:
        return _not_started(case)
    return without_figure(case)


def _not_started(case: Case) -> Assessment:
    return other(case, OtherReason.NOT_DUE, f"按计划截至{case.month.month}月尚无应达数")


def _on_the_way(case: Case, figure: Observation, pace: Pace) -> Assessment:
    exact = exactly(case.target) * pace.share
    expected = decimal(exact)
    if exact == 0 and figure.value == 0 and case.target != 0:
        return _not_started(case)
    if case.facts.polarity is Polarity.NEAR:
        verdict = about(case, figure.value, exact)
    else:
        verdict = by_ratio(figure.value, exact, case.facts.polarity, case.thresholds)
    reason = _sentence(case, figure.value, expected, verdict.ratio)
    return graded(case, verdict, reason, figure, expected=expected, source=pace.source)


def _sentence(case: Case, actual: Decimal, expected: Decimal, ratio: Decimal | None) -> str:
    due = "应控制在" if case.facts.polarity is Polarity.LESS else "应达"
    sentence = f"完成{case.words(actual)}，{due}{case.rounded(expected)}"
    if case.facts.polarity is Polarity.LESS:
        sentence += "以内"
    return sentence if ratio is None else f"{sentence}，为{ratio_words(case, ratio)}"
