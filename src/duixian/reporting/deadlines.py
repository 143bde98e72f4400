"""What falls due: a task's own limit, and those stated inside it, of an amount, an outcome or a node on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from duixian.assessing import Grade
from duixian.register.enums import FilingState
from duixian.register.models import Milestone, Outcome, Target, Task
from duixian.register.models.task import TaskQuerySet
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.models import ReportNode, Standing

Days = tuple[date, date]
# as extended, else as promised
IN_FORCE = Coalesce("amended_due_on", "due_on")


@dataclass(frozen=True, slots=True)
class Due:
    """The first thing of a task that falls due; `others` more of the task do within the same days."""

    task: Task
    on: date
    what: str
    others: int = 0


def tasks_due_between(tasks: TaskQuerySet, first: date, last: date) -> TaskQuerySet:
    """Not completed, and a stated limit (the task's own, or of a part not yet reached) falls within these days."""
    days = (first, last)
    in_parts = [Q(pk__in=parts.values("task")) for parts in (_targets(days), _outcomes(days), _milestones(days))]
    own = Q(limit__range=days) & ~Q(limit_text="")
    return (
        tasks.annotate(limit=IN_FORCE)
        .filter(own | in_parts[0] | in_parts[1] | in_parts[2])
        .exclude(grade=Grade.COMPLETED)
        .select_related("reporting_unit")
        .order_by("limit", "order")
    )


def tasks_past_due(tasks: TaskQuerySet, today: date) -> TaskQuerySet:
    """Not completed as far as is known, and the task's own limit has passed."""
    return tasks.annotate(limit=IN_FORCE).filter(limit__lt=today).exclude(grade=Grade.COMPLETED)


def dues_between(tasks: TaskQuerySet, first: date, last: date, most: int | None = None) -> list[Due]:
    """One line a task, the earliest limit first; the same tasks as `tasks_due_between`, or `most` of them.

    The number of queries is fixed, and with `most` so is what they read.
    """
    if most is not None:
        tasks = tasks.filter(pk__in=_earliest(tasks, (first, last), most))
    found = {t.pk: t for t in tasks_due_between(tasks, first, last)}
    dates: dict[int, list[tuple[date, str]]] = {pk: [] for pk in found}
    for parts in (_targets((first, last)), _outcomes((first, last)), _milestones((first, last))):
        for part in parts.filter(task__in=list(found)):
            limit = part.due_on if isinstance(part, Milestone) else part.current_due_on
            if limit:
                dates[part.task_id].append((limit, str(part)))
    dues = [_due(task, sorted(dates[pk])) for pk, task in found.items()]
    return sorted(dues, key=lambda due: (due.on, due.task.order))[:most]


def _earliest(tasks: TaskQuerySet, days: Days, most: int) -> set[int]:
    """Tasks among which the first to fall due are: the first of each kind of limit."""
    open_tasks = tasks.order_by().exclude(grade=Grade.COMPLETED)
    own = open_tasks.annotate(limit=IN_FORCE).filter(limit__range=days).exclude(limit_text="")
    found = set(own.order_by("limit", "order").values_list("pk", flat=True)[:most])
    for parts in (_targets(days), _outcomes(days), _milestones(days)):
        limit = "due_on" if parts.model is Milestone else "limit"
        mine = parts.filter(Exists(open_tasks.filter(pk=OuterRef("task")))).order_by()
        firsts = mine.values("task").annotate(first=Min(limit)).order_by("first", "task__order")
        found.update(firsts.values_list("task", flat=True)[:most])
    return found


def _due(task: Task, parts: Sequence[tuple[date, str]]) -> Due:
    if not parts:
        return Due(task, task.current_due_on, "")
    on, what = parts[0]
    return Due(task, on, what, len(parts) - 1)


def _targets(days: Days) -> QuerySet[Target]:
    key = Concat(Value("target:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    done = Standing.objects.filter(task=OuterRef("task"), part=key, grade=Grade.COMPLETED)
    return Target.objects.annotate(limit=IN_FORCE).filter(~Exists(done), limit__range=days)


def _outcomes(days: Days) -> QuerySet[Outcome]:
    reached = _reached().filter(outcome=OuterRef("pk"))
    outcomes = Outcome.objects.annotate(limit=IN_FORCE)
    return outcomes.filter(~Exists(reached), limit__range=days, is_implied=False, covered_by=None)


def _milestones(days: Days) -> QuerySet[Milestone]:
    reached = _reached().filter(milestone=OuterRef("pk"))
    return Milestone.objects.filter(~Exists(reached), due_on__range=days, part=None, state=FilingState.APPROVED)


def _reached() -> QuerySet[ReportNode]:
    return ReportNode.objects.filter(report__state=ReportState.APPROVED, progress=Progress.REACHED)
