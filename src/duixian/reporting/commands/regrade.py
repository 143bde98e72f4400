"""Grading again what a decision in the register touches: plans, nodes, definitions, thresholds, amendments."""

from collections.abc import Iterable
from datetime import date, datetime

from duixian.assessing import Grade
from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.audit.trail import record
from duixian.register.models import Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands._grading import grade_tasks
from duixian.reporting.rules import may_regrade
from duixian.units.rules import require


@command
def regrade_tasks(*, tasks: Iterable[Task], actor: Actor, now: datetime) -> int:
    """Grade tasks of one plan again for the month they stand at; returns how many.

    Called right after the act that changed what they are measured by, in the same transaction. Months before stay as
    they were told; what a lock found not reported stays so.
    """
    found = list(tasks_with_parts(Task.objects.filter(pk__in=[t.pk for t in tasks])))
    for plan in {task.plan for task in found}:
        require(may_regrade(actor, plan))
    by_month: dict[date, list[Task]] = {}
    for task in found:
        if task.graded_month is not None and task.grade != Grade.NOT_REPORTED:
            by_month.setdefault(task.graded_month, []).append(task)
    for month, those in sorted(by_month.items()):
        grade_tasks(those, month=month, now=now)
        after = {"month": month, "tasks": [t.number for t in those]}
        record(actor=actor, now=now, action="regrade_tasks", target=those[0].plan, after=after)
    if not by_month and found:
        record(actor=actor, now=now, action="regrade_tasks", target=found[0].plan, after={"tasks": []})
    return sum(map(len, by_month.values()))
