"""Ends that several rules share: reached early, in time or late; limit passed; no plan but the limit nears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from duixian.periods import month_end, month_label
from duixian.reading import Polarity

from .case import Case, is_final, known_figures, latest_figure, marked, other, reached_since, without_figure
from .compare import Verdict, about, by_ratio
from .model import Assessment, Grade, Light, Observation, OtherReason, PaceSource
from .units import is_points
from .wording import PACE_WORDS, RESULT_WORDS, day_words, percent


def graded(
    case: Case,
    verdict: Verdict,
    reason: str,
    figure: Observation,
    *,
    expected: Decimal | None,
    source: PaceSource | None = None,
    says_month: bool = False,
) -> Assessment:
    """A verdict with its figures and its sentence; a figure older than the month is said to be so.

    `says_month`: the sentence already tells which months the figure covers.
    """
    details = {} if source is None else {"pace": PACE_WORDS[source]}
    if figure.month < min(case.month, case.due_month):
        details["data"] = f"数据截至{figure.month.month}月"
        reason = reason if says_month else f"{reason}（{details['data']}）"
    return marked(
        case,
        Assessment(
            verdict.grade,
            verdict.light,
            reason,
            expected=expected,
            actual=figure.value,
            ratio=verdict.ratio,
            gap=verdict.gap,
            pace_source=source,
            data_month=figure.month,
            details=details,
        ),
    )


def completed(case: Case, figure: Observation, since: date, words: str) -> Assessment:
    """Done: early, in time or late, counted in days from the end of the month whose figure first reached the target.

    A figure of the limit's own month counts as in time: which day of it is not known.
    """
    days = (case.due_on - month_end(since)).days
    early = days if since < case.due_month and days > 0 else None
    late = -days if since > case.due_month else None
    verdict = by_ratio(figure.value, case.target, case.facts.polarity, case.thresholds)
    verdict = replace(verdict, grade=Grade.COMPLETED, light=Light.BLUE)
    done = graded(case, verdict, f"{words}，{timing_words(early, late)}", figure, expected=case.target)
    return replace(done, days_early=early, days_late=late)


def timing_words(early: int | None, late: int | None) -> str:
    """提前61天, 逾期31天完成, 按期完成."""
    if early:
        return f"提前{early}天"
    return f"逾期{late}天完成" if late else "按期完成"


def kept_until_limit(assessment: Assessment) -> Assessment:
    """A level or rate that stands at its limit is done; before that it may still change."""
    return replace(assessment, grade=Grade.COMPLETED, light=Light.BLUE)


def overdue(case: Case, assessment: Assessment) -> Assessment:
    """A count of works past its limit: what is missing is late as any node is, whatever its ratio."""
    days = (case.today - case.due_on).days
    return replace(
        assessment,
        grade=Grade.BEHIND,
        light=Light.RED,
        days_late=days,
        reason=f"{assessment.reason}，逾期{days}天",
    )


def without_pace(case: Case) -> Assessment:
    """未定计划: no light, until the target is reached, its limit nears, or has passed."""
    reached = reached_since(case) if case.facts.polarity is Polarity.MORE else None
    figure = latest_figure(case) or _newest(case)
    if reached is not None and figure is not None and case.reaches(figure.value):
        return completed(case, figure, reached.month, f"完成{case.words(figure.value)}")
    if case.is_past_due:
        figure = latest_figure(case)
        if figure is None or not is_final(case, figure):
            return without_figure(case)
        return at_limit(case, figure)
    if (case.due_on - case.today).days <= case.thresholds.node_warning_days:
        return _limit_nears(case, figure)
    return other(case, OtherReason.NO_PLAN, _standing(case, figure))


def at_limit(case: Case, figure: Observation) -> Assessment:
    """The limit has passed: the whole target is due, however the year was to run."""
    if case.facts.polarity is Polarity.NEAR:
        verdict = about(case, figure.value, case.target)
    else:
        verdict = by_ratio(figure.value, case.target, case.facts.polarity, case.thresholds)
    reason = _at_limit_words(case, figure, verdict)
    result = graded(case, verdict, reason, figure, expected=case.target)
    if verdict.grade is not Grade.BEHIND:
        return kept_until_limit(result)
    return overdue(case, result) if case.is_counted_work else result


def _at_limit_words(case: Case, figure: Observation, verdict: Verdict) -> str:
    target = case.words(case.target)
    due = f"应控制在{target}以内" if case.facts.polarity is Polarity.LESS else f"应达{target}"
    if is_points(case.facts.unit):
        words, ratio = f"{month_label(figure.month)}为{case.words(figure.value)}，{due}", "为应达的"
    else:
        words, ratio = f"完成{case.words(figure.value)}，{due}", "为"
    return words if verdict.ratio is None else f"{words}，{ratio}{ratio_words(case, verdict.ratio)}"


def ratio_words(case: Case, ratio: Decimal) -> str:
    """A ratio in per cent that does not round across a threshold."""
    t = case.thresholds
    return percent(ratio, (Decimal(1), t.on_pace_ratio, t.yellow_ratio, t.ahead_ratio, 2 - t.yellow_ratio))


def _limit_nears(case: Case, figure: Observation | None) -> Assessment:
    days = (case.due_on - case.today).days
    stage = case.facts.stage
    due = f"应于{day_words(case.due_on, case.year)}前{RESULT_WORDS[stage] if stage else '完成'}"
    left = f"还剩{days}天" if days >= 0 else f"期限已过{-days}天"
    parts = [due, left, _standing(case, figure)]
    grade, light = Grade.BEHIND, Light.YELLOW
    if case.facts.will_be_met:
        grade, light = Grade.ON_PACE, Light.GREEN
        parts.append("预计按期完成")
    reason = "，".join(part for part in parts if part)
    result = Assessment(grade, light, reason, expected=case.target)
    if figure is not None:
        result = replace(result, actual=figure.value, data_month=figure.month)
    return marked(case, result)


def _standing(case: Case, figure: Observation | None) -> str:
    if figure is None:
        return ""
    return f"已完成{case.words(figure.value)}，目标{case.words(case.target)}"


def _newest(case: Case) -> Observation | None:
    figures = known_figures(case)
    return figures[-1] if figures else None
