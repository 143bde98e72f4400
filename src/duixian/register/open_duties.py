"""Which rows of the register are a unit's open duties: those of this year's plans and later ones."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from duixian.register.enums import DUTIES_IN_FORCE
from duixian.register.models import Assignment, BreakdownItem, Part, Task, TaskParty
from duixian.units.models import Unit
from duixian.units.moving import keep_open_duties


def _tasks(unit: Unit, _into: Unit | None, today: date) -> QuerySet[Task]:
    return Task.objects.filter(reporting_unit=unit, plan__year__gte=today.year)


def _parties(unit: Unit, _into: Unit | None, today: date) -> QuerySet[TaskParty]:
    return TaskParty.objects.filter(unit=unit, task__plan__year__gte=today.year)


def _assignments(unit: Unit, _into: Unit | None, today: date) -> QuerySet[Assignment]:
    return Assignment.objects.filter(unit=unit, state__in=DUTIES_IN_FORCE, task__plan__year__gte=today.year)


def _parts(unit: Unit, _into: Unit | None, today: date) -> QuerySet[Part]:
    return Part.objects.filter(unit=unit, state__in=DUTIES_IN_FORCE, task__plan__year__gte=today.year)


def _shares(unit: Unit, into: Unit | None, today: date) -> QuerySet[BreakdownItem]:
    """Where the new unit has a share of its own, the office adds the two up itself: it knows what the sum means."""
    rows = BreakdownItem.objects.filter(unit=unit, target__task__plan__year__gte=today.year)
    theirs = BreakdownItem.objects.filter(unit=into, target=OuterRef("target"))
    return rows if into is None else rows.exclude(Exists(theirs))


def tell_open_duties() -> None:
    """The printed names beside them stay as they are."""
    keep_open_duties("填报任务", _tasks, field="reporting_unit")
    keep_open_duties("牵头配合", _parties, field="unit", holds=False)
    keep_open_duties("交办", _assignments, field="unit", holds=False)
    keep_open_duties("分工", _parts, field="unit")
    keep_open_duties("目标分解", _shares, field="unit", holds=False)
