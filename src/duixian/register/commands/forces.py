"""Linking tasks to a task force and to a sponsoring leader."""

from collections.abc import Sequence
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.register.models import Task, TaskForceTask, TaskSponsor
from duixian.units.enums import Role
from duixian.units.models import Account, TaskForce
from duixian.units.rules import is_office, require


@command
def set_force_tasks(*, task_force: TaskForce, tasks: Sequence[Task], actor: Actor, now: datetime) -> TaskForce:
    """Say which tasks a task force carries: these and no others. Its members see them from then on."""
    require(is_office(actor, task_force.government))
    if task_force.ended_on is not None:
        raise WrongState(f"{task_force}已撤销。")
    if any(task.plan.government_id != task_force.government_id for task in tasks):
        raise InvalidInput(f"专班只承担{task_force.government.name}清单里的任务。", {"tasks": "不属本级"})
    before = [str(link.task) for link in task_force.linked_tasks.select_related("task")]
    task_force.linked_tasks.exclude(task__in=[task.pk for task in tasks]).delete()
    known = set(task_force.linked_tasks.values_list("task", flat=True))
    for task in dict.fromkeys(tasks):
        if task.pk not in known:
            TaskForceTask.objects.create(task_force=task_force, task=task)
    record(
        actor=actor,
        now=now,
        action="set_force_tasks",
        target=task_force,
        before={"tasks": before},
        after={"tasks": [str(task) for task in tasks]},
    )
    return task_force


@command
def set_sponsors(*, task: Task, leaders: Sequence[Account], actor: Actor, now: datetime) -> Task:
    """Say which leaders sponsor a task (包联): these and no others."""
    require(is_office(actor, task.plan.government))
    for leader in leaders:
        if not leader.memberships.filter(role=Role.LEADER, ended_at=None).exists():
            raise InvalidInput(f"{leader.name}不是领导，不能包联任务。", {"leaders": "不是领导"})
    before = [s.account.name for s in task.sponsors.select_related("account")]
    task.sponsors.exclude(account__in=[leader.pk for leader in leaders]).delete()
    known = set(task.sponsors.values_list("account", flat=True))
    for leader in dict.fromkeys(leaders):
        if leader.pk not in known:
            TaskSponsor.objects.create(task=task, account=leader)
    record(
        actor=actor,
        now=now,
        action="set_sponsors",
        target=task,
        before={"sponsors": before},
        after={"sponsors": [leader.name for leader in leaders]},
    )
    return task
