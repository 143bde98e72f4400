"""The tasks an address of the register means, for the page, its exports, the three lists and bulk acts alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from duixian.console.access import plan_or_404
from duixian.console.filters import Filters, filtered, in_order
from duixian.console.rows import TaskRow, task_rows
from duixian.console.shell import Shell
from duixian.register.models import Plan, Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import tasks_with_parts
from duixian.reporting.aging import courses_on
from duixian.reporting.listings import courses_of, nodes_of, with_standing_at
from duixian.units.models import TaskForce, Unit

# a sheet is written this many tasks at a time: memory does not grow with the list
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """What the person sees of the plan, and what of it the filters leave."""

    shell: Shell
    plan: Plan
    filters: Filters
    visible: TaskQuerySet
    found: TaskQuerySet
    months: list[date]

    @property
    def forces(self) -> QuerySet[TaskForce]:
        """The task forces there are for this person: all that work now, for a unit those with tasks it sees."""
        working = TaskForce.objects.filter(government=self.plan.government_id, ended_on=None)
        if self.shell.is_whole:
            return working
        return working.filter(linked_tasks__task__in=self.visible.order_by().values("pk")).distinct()

    def keys(self) -> list[tuple[int, int]]:
        """Task and heading (their ids) of everything found, in the order asked for.

        The filters are asked once: a page, its totals and its groups are all cut from this.
        """
        return list(in_order(self.found, self.filters).values_list("pk", "section"))

    def tasks(self, keys: Sequence[int]) -> list[Task]:
        """Some of the tasks found, in that sequence, with all their rows need.

        Those seen a moment ago may be seen no longer: the rule of who sees what is asked again.
        """
        tasks = {task.pk: task for task in tasks_with_parts(self.visible.filter(pk__in=keys))}
        return [tasks[key] for key in keys if key in tasks]

    def rows(self, tasks: Sequence[Task], *, with_course: bool = True) -> list[TaskRow]:
        """Rows of some of the tasks found; without their course through the months where no drawing is wanted."""
        month = self.filters.month
        courses = courses_of(tasks, month, only_last=not with_course)
        if month is None:
            courses = {pk: courses_on(course, self.shell.today) for pk, course in courses.items()}
        return task_rows(tasks, courses, nodes_of(tasks, month), self.months if with_course else [])

    def all_rows(self) -> Iterator[TaskRow]:
        """Every row."""
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[TaskRow]]:
        """Every row, a batch at a time, without its course: a file has no drawings.

        The order is fixed first: tasks that change meanwhile come once.
        """
        keys = [key for key, _section in self.keys()]
        for start in range(0, len(keys), BATCH):
            yield self.rows(self.tasks(keys[start : start + BATCH]), with_course=False)


def listed(shell: Shell, address: QueryDict) -> Listed:
    """The register as `address` describes it, of the plan in front of the person; "not found" where there is none."""
    plan, filters = plan_or_404(shell), Filters.read(address)
    visible = with_standing_at(Task.objects.visible_to(shell.account).filter(plan=plan), filters.month)
    found = filtered(visible, filters, round=shell.round, today=shell.today)
    months = list(plan.rounds.order_by("month").values_list("month", flat=True))
    return Listed(shell, plan, filters, visible, found, months)


def units_in(tasks: TaskQuerySet) -> QuerySet[Unit]:
    """The units that lead or cooperate in any of the tasks, in their own order; each is asked for by itself."""
    return Unit.objects.filter(Exists(tasks.order_by().filter(parties__unit=OuterRef("pk")))).order_by("order", "pk")
