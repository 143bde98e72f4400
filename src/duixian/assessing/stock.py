"""Stock: a level. Compared by the share of the way from the baseline to the target (docs/rules/stock.md)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from duixian.reading import Polarity

from .case import Case, figure_for_limit, is_final, known_figures, other, reached_since, without_figure
from .compare import by_ratio, decimal, exactly
from .finishing import completed, graded, kept_until_limit, overdue, ratio_words, without_pace
from .level import distance_words, judged, moved_words, standing
from .model import Assessment, Grade, Light, Observation, OtherReason
from .profile import Pace, pace_of, starting_level


def assess_stock(case: Case) -> Assessment:
    """A level on its way from the baseline to the target."""
    if case.facts.polarity is Polarity.NEAR:
        return _by_itself(case)
    if pace_of(case, case.month) is None:
        return without_pace(case)
    figure = figure_for_limit(case)
    if case.is_statistic and case.facts.baseline is None:
        return _without_baseline(case, figure)
    if figure is None:
        return _nothing_yet(case)
    return _done_for_good(case) or _at_its_end(case, figure, _on_the_way(case, figure))


def _by_itself(case: Case) -> Assessment:
    """A level to stay about: the same all year, so no baseline is needed."""
    figure = figure_for_limit(case)
    return without_figure(case) if figure is None else standing(case, figure, _stands(case, figure))


def _done_for_good(case: Case) -> Assessment | None:
    """What is built stays; the level of a statistic can fall again, so it is done only at its limit."""
    since = reached_since(case)
    if case.is_statistic or case.facts.polarity is not Polarity.MORE or since is None:
        return None
    newest = known_figures(case)[-1]
    figure = newest if case.reaches(newest.value) else since
    return completed(case, figure, since.month, f"达到{case.words(figure.value)}")


def _without_baseline(case: Case, figure: Observation | None) -> Assessment:
    """缺基期: no light before the limit, unless the level stands at its target, which needs no baseline to see."""
    if figure is None:
        return without_figure(case) if case.is_past_due else other(case, OtherReason.NO_BASELINE)
    result = standing(case, figure, _stands(case, figure))
    if is_final(case, figure):
        return _at_its_end(case, figure, result)
    if case.reaches(figure.value):
        return replace(result, grade=Grade.ON_PACE, light=Light.GREEN)
    return other(case, OtherReason.NO_BASELINE, f"现为{case.words(figure.value)}，目标{case.words(case.target)}")


def _at_its_end(case: Case, figure: Observation, result: Assessment) -> Assessment:
    """At the limit: kept is done; reached in a later month is done late; works that are missing are overdue."""
    if not is_final(case, figure):
        return result
    if case.reaches(figure.value):
        return kept_until_limit(result)
    late = next((o for o in known_figures(case) if o.month > figure.month and case.reaches(o.value)), None)
    if late is not None:
        return completed(case, late, late.month, f"达到{case.words(late.value)}")
    return overdue(case, result) if case.is_counted_work else result


def _on_the_way(case: Case, figure: Observation) -> Assessment:
    """Share of the distance covered against the share due; a level already past its target is to be held."""
    start, pace = starting_level(case), pace_of(case, figure.month)
    if pace is None or case.reaches(start):
        verdict = judged(case, figure.value, case.target)
        return graded(case, verdict, _stands(case, figure), figure, expected=case.target)
    exact = exactly(start) + (exactly(case.target) - exactly(start)) * pace.share
    if exact == exactly(start):
        return _before_the_start(case, figure, start)
    return _by_distance(case, figure, start, exact, pace)


def _by_distance(case: Case, figure: Observation, start: Decimal, exact: Fraction, pace: Pace) -> Assessment:
    sign = 1 if exact > exactly(start) else -1
    covered = sign * (exactly(figure.value) - exactly(start))
    verdict = by_ratio(covered, abs(exact - exactly(start)), Polarity.MORE, case.thresholds)
    expected = decimal(exact)
    reason = (
        f"为{case.words(figure.value)}，较年初{moved_words(case, exactly(figure.value) - exactly(start))}，"
        f"应{moved_words(case, exact - exactly(start))}"
    )
    if verdict.ratio is not None:
        reason = f"{reason}，为{ratio_words(case, verdict.ratio)}"
    return graded(case, verdict, reason, figure, expected=expected, source=pace.source)


def _before_the_start(case: Case, figure: Observation, start: Decimal) -> Assessment:
    """The plan asks for nothing yet: standing still is not due, moving is judged by the level."""
    if figure.value == start:
        return _not_started(case)
    verdict = judged(case, figure.value, start)
    return graded(case, verdict, f"为{case.words(figure.value)}，年初为{case.words(start)}", figure, expected=start)


def _nothing_yet(case: Case) -> Assessment:
    """No figure: nothing is owed as long as the plan asks for nothing."""
    pace = pace_of(case, case.wanted_month)
    return _not_started(case) if pace is not None and pace.share == 0 else without_figure(case)


def _not_started(case: Case) -> Assessment:
    return other(case, OtherReason.NOT_DUE, f"按计划截至{case.month.month}月尚无应达数")


def _stands(case: Case, figure: Observation) -> str:
    return f"为{case.words(figure.value)}，{distance_words(case, figure.value, case.target)}"
