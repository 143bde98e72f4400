"""Running figures: growth, a mean or a rate so far; never prorated (docs/rules/running.md, near.md, range.md)."""

from __future__ import annotations

from .case import Case, figure_for_limit, without_figure
from .level import distance_words, so_far_words, standing
from .model import Assessment


def assess_running(case: Case) -> Assessment:
    """The figure so far against the target itself: percentages by their gap in points, other means in ratio."""
    figure = figure_for_limit(case)
    if figure is None:
        return without_figure(case)
    words = so_far_words(case, figure.month, figure.value)
    sentence = f"{words}，{distance_words(case, figure.value, case.target)}"
    return standing(case, figure, sentence, says_month=True)
