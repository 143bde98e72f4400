"""Reading adjustments and extensions, and the level a target set out from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from duixian.indicators.models import IndicatorValue
from duixian.register.enums import OPEN_AMENDMENTS, AmendmentState
from duixian.register.models import ExtensionRequest, Target, TargetAdjustment, Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import among
from duixian.register.rules import Amendments

CONCERNED = ("task__plan__government", "task__reporting_unit", "target__indicator", "target__task__plan")
# a target that shares its words with another is told apart by its series
NEIGHBOURS = ("task__plan__threshold_rows", "target__task__targets")


@dataclass(frozen=True, slots=True)
class InForce:
    """The approved amendments of one target: its value and its limit, either of which may be as promised."""

    adjustment: TargetAdjustment | None = None
    extension: ExtensionRequest | None = None


def amendments_in_force(targets: Iterable[Target]) -> dict[int, InForce]:
    """Target id -> what is in force beside the promise, for targets that have any; two queries.

    An extension of the whole task is the task's own (`Target.amended_due_on` carries it where the limit was the same).
    """
    ids = [t.pk for t in targets]
    approved = {"target__in": ids, "state": AmendmentState.APPROVED}
    adjustments = {a.target_id: a for a in TargetAdjustment.objects.filter(**approved)}
    extensions = {e.target_id: e for e in ExtensionRequest.objects.filter(**approved)}
    return {pk: InForce(adjustments.get(pk), extensions.get(pk)) for pk in ids if pk in adjustments or pk in extensions}


def amendments_of(task: Task) -> list[Amendments]:
    """All wishes about a task, decided ones too, the newest first."""
    found: list[Amendments] = [*_adjustments().filter(task=task), *_extensions().filter(task=task)]
    return sorted(found, key=lambda a: (a.asked_at, a.pk), reverse=True)


def open_amendments(tasks: TaskQuerySet) -> list[Amendments]:
    """Wishes about these (visible) tasks that somebody still has to decide, the oldest first."""
    waiting = Q(among(tasks), state__in=OPEN_AMENDMENTS)
    found: list[Amendments] = [*_adjustments().filter(waiting), *_extensions().filter(waiting)]
    return sorted(found, key=lambda a: a.asked_at)


def _adjustments() -> QuerySet[TargetAdjustment]:
    return TargetAdjustment.objects.select_related(*CONCERNED).prefetch_related(*NEIGHBOURS)


def _extensions() -> QuerySet[ExtensionRequest]:
    return ExtensionRequest.objects.select_related(*CONCERNED, "outcome").prefetch_related(*NEIGHBOURS)


def baseline_of(target: Target) -> IndicatorValue | None:
    """The level at the end of the year before the plan's, with its source."""
    month = date(target.task.plan.year - 1, 12, 1)
    return target.indicator.values.filter(month=month, member=None, superseded_at=None).first()
