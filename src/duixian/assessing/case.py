"""One target at one moment: its facts with year, limit and polarity settled, and which of its figures counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from duixian.periods import month_end, month_label, month_of
from duixian.reading import Accrual, Comparator, Polarity, QuantityKind, Stage

from .model import Assessment, Grade, Light, Observation, OtherReason, TargetFacts, Thresholds
from .units import is_pieces
from .wording import OTHER_WORDS, STRIVE_WORD, amount

# What is built, started or put to use: follows its own plan, not the calendar.
BUILDING_STAGES = frozenset({Stage.START, Stage.RESUME, Stage.ADVANCE, Stage.COMPLETE, Stage.IN_USE})
# Stages that name no work of their own: a count that comes in over the year, or a level to keep.
STATISTIC_STAGES = frozenset({None, Stage.OBTAIN, Stage.SUSTAIN})

_its_month = attrgetter("month")


@dataclass(frozen=True, slots=True)
class Case:
    """A target in the month assessed; `target` is the figure that counts as reached (a range's near end).

    `figures` are the observations of the target's year up to that month, by month.
    """

    facts: TargetFacts
    month: date
    today: date
    thresholds: Thresholds
    year: int
    due_on: date
    target: Decimal
    figures: tuple[Observation, ...] = ()

    @property
    def due_month(self) -> date:
        """The month whose figure answers for the limit."""
        return month_of(self.due_on)

    @property
    def is_past_due(self) -> bool:
        """Whether the limit has passed and the month assessed reaches it."""
        return self.today > self.due_on and self.month >= self.due_month

    @property
    def is_statistic(self) -> bool:
        """Whether the amount is a statistic by its stage: none, OBTAIN, SUSTAIN, or said so."""
        return self.facts.is_statistic or self.facts.stage in STATISTIC_STAGES

    @property
    def is_counted_work(self) -> bool:
        """Whether the amount counts works, each of which is a node of its own (not a share of them)."""
        return not self.is_statistic and self.facts.kind in (QuantityKind.AMOUNT, QuantityKind.INCREMENT)

    @property
    def comes_in_few_pieces(self) -> bool:
        """Whether it is a yearly count of so few whole pieces that a share of the year says nothing."""
        facts = self.facts
        return (
            not facts.is_statistic
            and facts.accrual is Accrual.FLOW
            and is_pieces(facts.unit)
            and self.target < self.thresholds.few_pieces_below
        )

    @property
    def wanted_month(self) -> date:
        """The last month whose figure is due: not after the limit, not before it can be known."""
        months = [self.month, self.due_month]
        if self.facts.available_until is not None:
            months.append(month_of(self.facts.available_until))
        return min(months)

    def reaches(self, value: Decimal) -> bool:
        """Whether a value is at the target or on its good side; "about" is judged elsewhere."""
        return value <= self.target if self.facts.polarity is Polarity.LESS else value >= self.target

    def words(self, value: Decimal) -> str:
        """A reported or printed value with its unit, exactly."""
        return amount(value, self.facts.unit)

    def rounded(self, value: Decimal) -> str:
        """A computed value with its unit, to two places or as many as the target has."""
        return amount(value, self.facts.unit, self.places)

    @property
    def places(self) -> int:
        """Decimal places of what is computed: two, or as many as the target is printed with."""
        exponent = self.target.normalize().as_tuple().exponent
        return max(2, -exponent if isinstance(exponent, int) else 0)


def open_case(facts: TargetFacts, *, month: date, today: date, thresholds: Thresholds) -> Case:
    """Settle what the facts leave open: the year's end as limit, the year's last month at most, the good side.

    A fall (`direction` "down") counts its own size, so more of it is good even where the indicator itself should
    be less; a ceiling on it (下降不超过) keeps its polarity.
    """
    year = facts.year or (facts.due_on.year if facts.due_on else month.year)
    due_on = facts.due_on or date(year, 12, 31)
    if facts.direction == "down" and facts.polarity is Polarity.LESS and facts.comparator is not Comparator.AT_MOST:
        facts = replace(facts, polarity=Polarity.MORE)
    month = min(month_of(month), date(max(year, due_on.year), 12, 1))
    figures = _figures_of_year(facts.observations, year, month, facts.name)
    return Case(facts, month, today, thresholds, year, due_on, _figure_to_reach(facts), figures)


def _figure_to_reach(facts: TargetFacts) -> Decimal:
    """A range's near end: the lower where more is good, the upper where less is."""
    if facts.polarity is Polarity.LESS and facts.value_max is not None:
        return facts.value_max
    return facts.value if facts.value is not None else Decimal(0)


def known_figures(case: Case, observations: Sequence[Observation] | None = None) -> Sequence[Observation]:
    """The figures of the target's year up to the month assessed, by month; of another series where one is given."""
    if observations is None:
        return case.figures
    return _figures_of_year(observations, case.year, case.month, case.facts.name)


def _figures_of_year(given: Sequence[Observation], year: int, month: date, name: str) -> tuple[Observation, ...]:
    """Raises ValueError for two in one month."""
    first, last = date(year, 1, 1), month_end(month)
    figures = [o if o.month.day == 1 else replace(o, month=month_of(o.month)) for o in given]
    figures = sorted([o for o in figures if first <= o.month <= last], key=_its_month)
    if any(one.month == next_one.month for one, next_one in pairwise(figures)):
        raise ValueError(f"“{name}”同一个月有两个数，请只传入该月最后确认的一个")
    return tuple(figures)


def latest_figure(case: Case) -> Observation | None:
    """The newest figure, if it is as new as is due; for what adds up."""
    figures = known_figures(case)
    return figures[-1] if figures and figures[-1].month >= case.wanted_month else None


def figure_for_limit(case: Case) -> Observation | None:
    """The newest figure until the limit, then the limit's own month's or the first after it; for levels and rates."""
    after = [o for o in known_figures(case) if o.month >= case.due_month]
    return after[0] if after else latest_figure(case)


def is_final(case: Case, figure: Observation) -> bool:
    """Whether the limit has passed and this figure answers for it."""
    return case.is_past_due and figure.month >= case.due_month


def reached_since(case: Case) -> Observation | None:
    """The figure with which the target was first reached, of those known."""
    return next((o for o in known_figures(case) if case.reaches(o.value)), None)


def other(case: Case, reason: OtherReason, words: str = "") -> Assessment:
    """No pace: the reason in its term, with more words after it. What is known so far is told all the same."""
    text = OTHER_WORDS[reason]
    verdict = Assessment(Grade.OTHER, None, f"{text}，{words}" if words else text, other=reason)
    # a target that each member owes has no one figure
    figures = known_figures(case) if case.facts.members is None else []
    if figures:
        verdict = replace(verdict, actual=figures[-1].value, data_month=figures[-1].month)
    return marked(case, verdict)


def without_figure(case: Case) -> Assessment:
    """No figure as new as is due: not published yet, or not reported. Blank is not zero."""
    if case.wanted_month < date(case.year, 1, 1) or _waits_for_limit(case):
        return other(case, OtherReason.NOT_PUBLISHED, f"{case.month.month}月数尚未发布")
    light = Light.RED if case.thresholds.not_reported_counts_as_red else Light.GREY
    return marked(case, Assessment(Grade.NOT_REPORTED, light, f"{month_label(case.wanted_month)}数未报"))


def _waits_for_limit(case: Case) -> bool:
    """Whether the limit's own figure is what is asked for and cannot be known yet."""
    known = case.facts.available_until
    return case.is_past_due and known is not None and month_of(known) < case.due_month


def marked(case: Case, assessment: Assessment) -> Assessment:
    """The assessment with the mark of what is only striven for; it is graded like the rest."""
    if not case.facts.strive:
        return assessment
    return replace(assessment, details={**assessment.details, "strive": STRIVE_WORD})
