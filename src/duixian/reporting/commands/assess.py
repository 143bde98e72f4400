"""Grading a whole plan."""

from datetime import date, datetime

from duixian.assessing import Grade
from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.audit.trail import record
from duixian.register.models import Plan
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands._grading import grade_tasks
from duixian.reporting.models import Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.rules import may_run_rounds
from duixian.units.rules import require


@command
def assess_plan(*, plan: Plan, month: date, actor: Actor, now: datetime) -> int:
    """Grade every task of a plan as known for `month`; returns how many. Run at adoption, so that none is ungraded.

    What a locked round found not reported stays so.
    """
    require(may_run_rounds(actor, plan))
    missing = Standing.objects.filter(task__plan=plan, part=TASK_PART, month=month, grade=Grade.NOT_REPORTED).values(
        "task"
    )
    tasks = list(tasks_with_parts(plan.tasks.in_force().exclude(pk__in=missing)))
    grade_tasks(tasks, month=month, now=now)
    record(actor=actor, now=now, action="assess_plan", target=plan, after={"month": month, "tasks": len(tasks)})
    return len(tasks)
