"""What a task promises, made measurable: targets on series, outcomes, totals, relations. Part of adoption."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duixian.audit.actors import Actor
from duixian.indicators.commands import create_indicator, set_publication
from duixian.indicators.enums import Frequency
from duixian.indicators.models import Indicator
from duixian.reading import Accrual, Comparator, Polarity, Quantity, QuantityKind, Reading, ReadTask, Relation, Span
from duixian.reading import Outcome as ReadOutcome
from duixian.register.models import Outcome, Target, Task
from duixian.register.series import (
    SeriesName,
    counterpart_series,
    covering,
    full_covering,
    full_series,
    growth_series,
    holds_at_all_times,
    limit_of_full,
    series_of,
)
from duixian.units.commands import create_group
from duixian.units.models import UnitGroup
from duixian.units.queries import Directory

ALL_COUNTIES = "各县区政府"
FULL_SHARE = Decimal(100)
# of a target: what stays as first promised, while a later document's figure stands beside it
PROMISED = ("value", "value_max", "due_on")


@dataclass(frozen=True, slots=True)
class Measures:
    """Makes what one task promises measurable: what every step of adopting or amending it needs."""

    task: Task
    item: ReadTask
    reading: Reading
    directory: Directory
    actor: Actor
    now: datetime

    @property
    def year_end(self) -> date:
        """Where nothing else is written."""
        return date(self.task.plan.year, 12, 31)

    def add_quantity(self, order: int, quantity: Quantity) -> Target:
        """An amount as a target on its series."""
        return _add_quantity(self, order, quantity)

    def add_full(self, order: int) -> Target:
        """A total without digits as a target of 100 %."""
        return _add_full(self, order)

    def add_relation(self, order: int, relation: Relation) -> Target:
        """One growth series held against another."""
        return _add_relation(self, order, relation)

    def add_outcome(self, order: int, outcome: ReadOutcome) -> Outcome:
        """A promised state; covered where an amount of the task measures it already."""
        measured = zip(self.task.targets.exclude(value=None), self.item.quantities, strict=False)
        return _add_outcome(self, order, outcome, next((t for t, q in measured if covering(outcome, q)), None))

    def renew(self, target: Target, order: int, quantity: Quantity) -> None:
        """A target takes on the words of a changed document; its series stays, and so does what was promised of it."""
        target.order = order
        for name, value in _figures_of(self, quantity).items():
            if name not in PROMISED:
                setattr(target, name, value)
        target.save()

    def move_to_words(self, target: Target, words: str) -> None:
        """The same target, where its words stand now."""
        span = _find(self, words)
        target.span_start, target.span_end = span.start, span.end
        target.save(update_fields=["span_start", "span_end"])


def add_measures(
    *, task: Task, item: ReadTask, reading: Reading, directory: Directory, actor: Actor, now: datetime
) -> None:
    """Create the task's targets and outcomes, its relations apart; called inside `adopt_reading`."""
    step = Measures(task, item, reading, directory, actor, now)
    targets = [_add_quantity(step, order, quantity) for order, quantity in enumerate(item.quantities, 1)]
    full = _add_full(step, len(targets) + 1) if item.full else None
    for order, outcome in enumerate(item.outcomes, 1):
        cover = next((t for t, q in zip(targets, item.quantities, strict=True) if covering(outcome, q)), None)
        if cover is None and full is not None and item.full and full_covering(outcome, item.full):
            cover = full
        _add_outcome(step, order, outcome, cover)


def _add_outcome(step: Measures, order: int, outcome: ReadOutcome, cover: Target | None) -> Outcome:
    return Outcome.objects.create(
        task=step.task,
        order=order,
        object=outcome.object[:200],
        stage=outcome.stage,
        text=outcome.text[:300],
        span_start=outcome.span.start,
        span_end=outcome.span.end,
        due_on=outcome.by or step.year_end,
        is_implied=outcome.implied,
        covered_by=cover,
    )


def add_relations(
    *, task: Task, item: ReadTask, reading: Reading, directory: Directory, actor: Actor, now: datetime
) -> None:
    """Create the task's relations, once all amounts of the list are there.

    So a series is reported by the unit that has it as its own target, wherever in the list the comparison is printed.
    """
    step = Measures(task, item, reading, directory, actor, now)
    # one place is left for a total without digits
    for order, relation in enumerate(item.relations, len(item.quantities) + 2):
        _add_relation(step, order, relation)


def _add_quantity(step: Measures, order: int, quantity: Quantity) -> Target:
    series = _series(step, series_of(quantity))
    _hand_over(step, series)
    return Target.objects.create(task=step.task, order=order, indicator=series, **_figures_of(step, quantity))


def _hand_over(step: Measures, series: Indicator) -> None:
    """Whoever has a figure as a target answers for it, though a comparison with it was adopted first."""
    unit = step.task.reporting_unit
    is_only_compared = series.is_shared and not series.targets.exclude(value=None).exists()
    if is_only_compared and series.responsible_unit_id != unit.pk and series.measured_against.exists():
        set_publication(
            indicator=series,
            frequency=Frequency(series.frequency),
            publication_lag_days=series.publication_lag_days,
            responsible_unit=unit,
            actor=step.actor,
            now=step.now,
        )


def _figures_of(step: Measures, quantity: Quantity) -> dict[str, Any]:
    """What a target keeps of its amount, all but its series."""
    return {
        "text": quantity.text[:300],
        "span_start": quantity.span.start,
        "span_end": quantity.span.end,
        "comparator": quantity.comparator,
        "value": quantity.value,
        "value_max": quantity.value_max,
        "unit_of_measure": quantity.unit,
        "kind": quantity.kind,
        "direction": quantity.direction or "",
        "polarity": quantity.polarity,
        "accrual": quantity.accrual,
        "stage": quantity.stage or "",
        "is_strive": quantity.strive,
        "is_at_all_times": quantity.accrual is Accrual.STOCK
        and holds_at_all_times(step.reading, quantity.span.start, quantity.span.end),
        "due_on": quantity.by,
        "per": quantity.per or "",
        "members": _members(step) if quantity.per else None,
    }


def _add_full(step: Measures, order: int) -> Target:
    """全部开工, 全覆盖: a share of 100 % due at its limit, or at every moment (动态清零)."""
    full = step.item.full
    assert full is not None
    span = _find(step, full.text)
    is_at_all_times = holds_at_all_times(step.reading, span.start, span.end)
    return Target.objects.create(
        task=step.task,
        order=order,
        indicator=_series(step, full_series(full)),
        text=f"{full.object}{full.text}"[:300] if full.text not in full.object else full.object[:300],
        span_start=span.start,
        span_end=span.end,
        comparator=Comparator.EQUAL,
        value=FULL_SHARE,
        unit_of_measure="%",
        kind=QuantityKind.RATE,
        polarity=Polarity.MORE,
        accrual=Accrual.STOCK if is_at_all_times else Accrual.DATED,
        is_at_all_times=is_at_all_times,
        due_on=limit_of_full(step.item, step.task.plan.year),
    )


def _add_relation(step: Measures, order: int, relation: Relation) -> Target:
    """与经济增长同步: one growth series held against another."""
    return Target.objects.create(
        task=step.task,
        order=order,
        indicator=_series(step, growth_series(relation.indicator)),
        against=_series(step, counterpart_series(relation)),
        text=relation.text[:300],
        span_start=relation.span.start,
        span_end=relation.span.end,
        comparator=relation.comparator,
        unit_of_measure="%",
        kind=QuantityKind.GROWTH,
        direction="up",
        polarity=Polarity.MORE,
        accrual=Accrual.RUNNING,
    )


def _series(step: Measures, wanted: SeriesName) -> Indicator:
    """The shared series of that name, or a new one for which the reporting unit answers."""
    government = step.task.plan.government
    if wanted.is_shared:
        known = Indicator.objects.filter(
            government=government, name=wanted.name, unit_of_measure=wanted.unit_of_measure, is_shared=True
        ).first()
        if known is not None:
            return known
    return create_indicator(
        government=government,
        name=wanted.name,
        unit_of_measure=wanted.unit_of_measure,
        responsible_unit=step.task.reporting_unit,
        is_statistic=wanted.is_statistic,
        is_shared=wanted.is_shared,
        actor=step.actor,
        now=step.now,
    )


def _members(step: Measures) -> UnitGroup:
    """Whom 每个县区 means: the counties, as a group."""
    government = step.task.plan.government
    group = UnitGroup.objects.filter(government=government, is_all_counties=True).first()
    return group or create_group(government=government, name=ALL_COUNTIES, actor=step.actor, now=step.now)


def _find(step: Measures, words: str) -> Span:
    """Where words stand in the task; the whole task where they were restored and stand nowhere."""
    start = step.reading.text.find(words, step.item.span.start, step.item.span.end)
    return Span(start, start + len(words)) if start >= 0 else step.item.span


__all__ = ["Measures", "add_measures", "add_relations"]
