"""What stands beside a figure to fill in: what should be reached by the month, and what other units report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from duixian.assessing import Thresholds, expected_at
from duixian.console import wording
from duixian.indicators.models import Indicator
from duixian.indicators.queries import Series
from duixian.periods import add_months, month_label
from duixian.register.models import Target, Task
from duixian.reporting.facts import Knowledge, target_facts


@dataclass(slots=True)
class CarriedFigure:
    """A figure another unit reports: shown with its value, not filled in again."""

    label: str
    uom: str
    by: str
    last: str
    now: str
    # the newest figure in words, where this month's is not known yet
    newest: str
    series: int = 0
    # the task of the same unit it is filled in with, where that is another
    with_task: str = ""


def carried_figures(task: Task, own: Sequence[Indicator], series: Series, month: date) -> list[CarriedFigure]:
    """The task's targets on series that are not `own` (a task from `tasks_with_parts`)."""
    return [_carried(t, series, month) for t in task.targets.all() if t.indicator not in own]


def _carried(target: Target, series: Series, month: date) -> CarriedFigure:
    values = series.get(target.indicator_id, {}).get(None, {})
    return CarriedFigure(
        label=target.part_name,
        uom=target.unit_of_measure or target.indicator.unit_of_measure,
        by=str(target.indicator.responsible_unit or ""),
        last=wording.exact(values.get(add_months(month, -1))),
        now=wording.exact(values.get(month)),
        newest=_newest(values, month),
        series=target.indicator_id,
    )


def _newest(values: dict[date, Decimal], month: date) -> str:
    known = [m for m in values if m <= month and m.year == month.year]
    if not known or month in values:
        return ""
    return _("%(month)s为%(figure)s") % {"month": month_label(max(known)), "figure": wording.exact(values[max(known)])}


def expected_words(target: Target, task: Task, known: Knowledge, thresholds: Thresholds) -> str:
    """What one who owes the target should have reached by the month; blank where it has no pace."""
    facts = replace(target_facts(target, task, known), members=None)
    expected = expected_at(facts, month=known.month, thresholds=thresholds)
    return wording.expected_figure(expected, wording.places_of(target.current_value))
