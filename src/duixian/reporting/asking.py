"""Who is asked for a figure: each series once a unit and month, by the first of its tasks; the others show it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q

from duixian.indicators.models import Indicator
from duixian.register.models import Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import load_targets
from duixian.reporting.facts import series_of_tasks
from duixian.reporting.models import Report, Round
from duixian.reporting.queries import tasks_owing
from duixian.units.models import Unit


def tasks_of_month(round: Round, unit: Unit) -> TaskQuerySet:
    """What a unit reports on in a round: what it owes, and what it has reported."""
    own = round.plan.tasks.in_force().filter(reporting_unit=unit)
    owing = Q(pk__in=tasks_owing(round, own).values("pk"))
    return own.filter(owing | Q(pk__in=Report.objects.filter(round=round).values("task"))).order_by("order")


def asked_once(tasks: Iterable[Task]) -> dict[int, list[Indicator]]:
    """Task id -> the series asked with it, as `series_of_tasks`; a series of several tasks goes with the first.

    The tasks are one or more units' whole month, with parts, in printed order.
    """
    tasks = list(tasks)
    wanted = series_of_tasks(tasks)
    seen: set[tuple[int, int, int | None]] = set()
    asked: dict[int, list[Indicator]] = {}
    for task in tasks:
        # each member's figures are others than the whole's
        members = {t.indicator_id: t.members_id for t in task.targets.all()}
        keys = {(task.reporting_unit_id, s.pk, members.get(s.pk)): s for s in wanted[task.pk]}
        asked[task.pk] = [series for key, series in keys.items() if key not in seen]
        seen |= keys.keys()
    return asked


def asked_elsewhere(round: Round, task: Task) -> set[int]:
    """Series of this task that its unit is asked for with an earlier task of the same round."""
    load_targets(task)
    own = {t.indicator_id: t.members_id for t in task.targets.all()}
    if not own:
        return set()
    own |= {t.against_id: None for t in task.targets.all() if t.against_id and t.against_id not in own}
    earlier = _earlier_with(own, round, task)
    if not earlier:
        # most figures are one task's alone: what the unit owes this month need not be asked
        return set()
    rounds = set(tasks_of_month(round, task.reporting_unit).filter(pk__in=earlier).values_list("pk", flat=True))
    taken = set().union(*(keys for pk, keys in earlier.items() if pk in rounds))
    return {series for series, members in own.items() if (series, members) in taken}


def _earlier_with(wanted: Mapping[int, int | None], round: Round, task: Task) -> dict[int, set[tuple[int, int | None]]]:
    """The unit's earlier tasks of the list with one of these series -> its series, each with whose figures it wants."""
    before = round.plan.tasks.in_force().filter(reporting_unit=task.reporting_unit, order__lt=task.order)
    found: dict[int, set[tuple[int, int | None]]] = defaultdict(set)
    columns = ("pk", "targets__indicator", "targets__members", "targets__against")
    for pk, series, members, against in before.order_by().values_list(*columns):
        found[pk] |= {(series, members), (against, None)} & set(wanted.items())
    return {pk: keys for pk, keys in found.items() if keys}
