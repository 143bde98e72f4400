"""One act on many tasks: what can be done is done, what is refused is named with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from duixian.audit.actors import Actor
from duixian.audit.command import CommandError, InvalidInput, NotAllowed, command
from duixian.register.commands.forces import set_force_tasks, set_sponsors
from duixian.register.models import Task
from duixian.units.models import Account, TaskForce
from duixian.units.rules import is_office, require

MOST_TASKS = 1000
# refusals told in a message where nothing was done
TOLD = 5


@dataclass(slots=True)
class Bulk:
    """What came of it."""

    done: list[Task] = field(default_factory=list)
    refused: list[tuple[Task, str]] = field(default_factory=list)


@command
def sponsor_tasks(*, tasks: Sequence[Task], leader: Account, actor: Actor, now: datetime) -> Bulk:
    """Add a sponsoring leader (包联) to each task; those it has stay. One audit entry a task.

    Raises InvalidInput where no task could be given to the leader.
    """
    _check(tasks, actor)

    def add(task: Task) -> None:
        known = [sponsor.account for sponsor in task.sponsors.select_related("account")]
        if leader in known:
            raise InvalidInput(f"已由{leader.name}包联")
        set_sponsors(task=task, leaders=[*known, leader], actor=actor, now=now)

    return _each(tasks, add)


@command
def entrust_tasks(*, tasks: Sequence[Task], task_force: TaskForce, actor: Actor, now: datetime) -> Bulk:
    """Add tasks to those a task force (专班) carries; one audit entry that lists them.

    Raises InvalidInput where it carries all of them already.
    """
    _check(tasks, actor)
    carried = {link.task_id: link.task for link in task_force.linked_tasks.select_related("task__plan")}

    def check(task: Task) -> None:
        if task.pk in carried:
            raise InvalidInput(f"已由{task_force}承担")
        if task.plan.government_id != task_force.government_id:
            raise InvalidInput("不属专班本级的清单")

    bulk = _each(tasks, check)
    set_force_tasks(task_force=task_force, tasks=[*carried.values(), *bulk.done], actor=actor, now=now)
    return bulk


def _check(tasks: Sequence[Task], actor: Actor) -> None:
    for government in {task.plan.government for task in tasks}:
        require(is_office(actor, government))
    if not tasks:
        raise InvalidInput("请先选中任务。", {"tasks": "必选"})
    if len(tasks) > MOST_TASKS:
        raise InvalidInput(f"一次最多办理{MOST_TASKS}项。请缩小筛选范围，分几次办理。", {"tasks": "过多"})


def _each(tasks: Sequence[Task], act: Callable[[Task], None]) -> Bulk:
    """Do it to each task by itself; where all refuse, nothing was done and that is said."""
    bulk = Bulk()
    for task in tasks:
        try:
            with transaction.atomic():
                act(task)
            bulk.done.append(task)
        except NotAllowed:
            raise
        except CommandError as error:
            bulk.refused.append((task, error.message))
    if not bulk.done:
        told = "；".join(f"{task}{why}" for task, why in bulk.refused[:TOLD])
        raise InvalidInput(f"没有一项可以办理：{told}。", {"tasks": "都不能办理"})
    return bulk
