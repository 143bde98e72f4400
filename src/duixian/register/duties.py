"""Reading duties: who has what to acknowledge, what is objected to, what is overdue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet

from duixian.periods import SHANGHAI, add_working_days
from duixian.register.enums import DUTIES_IN_FORCE, AssignmentState
from duixian.register.models import Assignment, Part, Plan, Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import among
from duixian.units.models import Unit

OBJECTED = (AssignmentState.DISPUTED, AssignmentState.TRANSFER_ASKED)


def acknowledge_by(assigned_on: date, working_days: int, exceptions: Mapping[date, bool]) -> date:
    """The last day on which a duty handed out that day is acknowledged in time."""
    return add_working_days(assigned_on, working_days, exceptions)


def overdue_before(plan: Plan, today: date, exceptions: Mapping[date, bool]) -> datetime:
    """Duties handed out before this instant and not acknowledged by `today` are overdue."""
    day = add_working_days(today, -plan.rules().acknowledge_working_days, exceptions)
    return datetime.combine(day, time(), SHANGHAI)


def assignments_of(tasks: TaskQuerySet) -> QuerySet[Assignment]:
    """Assignments in force of these (visible) tasks, in printed order."""
    found = Assignment.objects.filter(among(tasks), state__in=DUTIES_IN_FORCE)
    return found.select_related("task__plan__government", "task__reporting_unit", "unit", "wanted_unit").order_by(
        "task__order"
    )


def parts_of(tasks: TaskQuerySet) -> QuerySet[Part]:
    """Parts in force of these (visible) tasks, in printed order."""
    found = Part.objects.filter(among(tasks), state__in=DUTIES_IN_FORCE)
    return (
        found.select_related("task__plan__government", "task__reporting_unit", "unit", "wanted_unit")
        .prefetch_related("milestones")
        .order_by("task__order", "pk")
    )


def to_acknowledge(tasks: TaskQuerySet, units: Iterable[Unit]) -> list[Assignment | Part]:
    """What these units have yet to acknowledge: whole tasks first, then parts."""
    waiting = {"unit__in": list(units), "state": AssignmentState.ASSIGNED}
    return [*assignments_of(tasks).filter(**waiting), *parts_of(tasks).filter(**waiting)]


def not_handed_out(tasks: TaskQuerySet) -> TaskQuerySet:
    """Tasks that no unit has been given yet."""
    return tasks.exclude(assignments__state__in=DUTIES_IN_FORCE)


@dataclass(frozen=True, slots=True)
class UnitDuties:
    """How far a unit has come with acknowledging, tasks and parts together."""

    unit: Unit
    given: int = 0
    waiting: int = 0
    overdue: int = 0
    acknowledged: int = 0
    objected: int = 0


def duties_by_unit(tasks: TaskQuerySet, cutoff: datetime) -> list[UnitDuties]:
    """One row a unit that was given something: overdue ones first, then by the number that waits."""
    sums: dict[int, list[int]] = {}
    for model in (Assignment, Part):
        rows = model.objects.filter(among(tasks), state__in=DUTIES_IN_FORCE).order_by().values("unit")
        for unit_id, *counts in rows.annotate(**_counts(cutoff)).values_list("unit", *_counts(cutoff)):
            known = sums.setdefault(unit_id, [0] * len(counts))
            sums[unit_id] = [a + b for a, b in zip(known, counts, strict=True)]
    units = Unit.objects.in_bulk(list(sums))
    found = [UnitDuties(units[pk], *counts) for pk, counts in sums.items()]
    return sorted(found, key=lambda row: (-row.overdue, -row.objected, -row.waiting, row.unit.order))


def _counts(cutoff: datetime) -> dict[str, Count]:
    """In the order of `UnitDuties`."""
    waiting = Q(state=AssignmentState.ASSIGNED)
    return {
        "given": Count("pk"),
        "waiting": Count("pk", filter=waiting),
        "overdue": Count("pk", filter=waiting & Q(assigned_at__lt=cutoff)),
        "acknowledged": Count("pk", filter=Q(state=AssignmentState.ACKNOWLEDGED)),
        "objected": Count("pk", filter=Q(state__in=OBJECTED)),
    }


def count_overdue(tasks: TaskQuerySet, cutoff: datetime) -> int:
    """How many duties were not acknowledged in time."""
    late = {"state": AssignmentState.ASSIGNED, "assigned_at__lt": cutoff}
    return sum(model.objects.filter(among(tasks), **late).count() for model in (Assignment, Part))


def responsible_people(tasks: Iterable[Task]) -> dict[int, Assignment]:
    """Task id -> its acknowledged assignment, which names 责任人 and 联络员."""
    found = Assignment.objects.filter(
        task__in=[t.pk for t in tasks], state=AssignmentState.ACKNOWLEDGED
    ).select_related("unit")
    return {row.task_id: row for row in found}
