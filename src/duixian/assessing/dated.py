"""Dated: true at one date; nothing is expected before it, all of it after (docs/rules/dated.md)."""

from __future__ import annotations

from dataclasses import replace

from duixian.reading import Polarity

from .case import Case, figure_for_limit, is_final, known_figures, other, reached_since, without_figure
from .finishing import at_limit, completed
from .model import Assessment, Observation, OtherReason
from .wording import day_words


def assess_dated(case: Case) -> Assessment:
    """Compared by ratio on the date; reached before is early, reached after is late."""
    figure = figure_for_limit(case)
    if figure is not None and _is_reached(case, figure):
        return _done(case, figure)
    if not case.is_past_due:
        return other(case, OtherReason.NOT_DUE, _standing(case))
    if figure is None or not is_final(case, figure):
        return without_figure(case)
    later = _reached_later(case, figure)
    if later is not None:
        return completed(case, later, later.month, f"达到{case.words(later.value)}")
    return _on_the_date(case, figure)


def _is_reached(case: Case, figure: Observation) -> bool:
    """A ceiling or an "about" figure can still be left before its date; a figure to reach cannot."""
    return case.facts.polarity is Polarity.MORE and case.reaches(figure.value)


def _done(case: Case, figure: Observation) -> Assessment:
    """Early where reached before; otherwise in time: the first figure known after the date stands in for it."""
    since = reached_since(case) or figure
    return completed(case, figure, min(since.month, case.due_month), f"达到{case.words(figure.value)}")


def _reached_later(case: Case, figure: Observation) -> Observation | None:
    if case.facts.polarity is not Polarity.MORE:
        return None
    return next((o for o in known_figures(case) if o.month > figure.month and case.reaches(o.value)), None)


def _on_the_date(case: Case, figure: Observation) -> Assessment:
    result = at_limit(case, figure)
    newest = known_figures(case)[-1]
    if newest.month == figure.month:
        return result
    latest = f"{newest.month.month}月为{case.words(newest.value)}"
    return replace(result, reason=f"{result.reason}，{latest}")


def _standing(case: Case) -> str:
    figures = known_figures(case)
    due = f"{day_words(case.due_on, case.year)}应达{case.words(case.target)}"
    return f"{due}，现为{case.words(figures[-1].value)}" if figures else due
