"""One act on many tasks, by the office."""

from collections.abc import Sequence
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.register.commands._bulk import Bulk, check_bulk, each_task
from duixian.register.commands.forces import set_force_tasks, set_sponsors
from duixian.register.models import Task
from duixian.units.models import Account, TaskForce


@command
def sponsor_tasks(*, tasks: Sequence[Task], leader: Account, actor: Actor, now: datetime) -> Bulk:
    """Add a sponsoring leader (包联) to each task; those it has stay. One audit entry a task.

    Raises InvalidInput where no task could be given to the leader.
    """
    check_bulk(tasks, actor)

    def add(task: Task) -> None:
        known = [sponsor.account for sponsor in task.sponsors.select_related("account")]
        if leader in known:
            raise InvalidInput(f"已由{leader.name}包联")
        set_sponsors(task=task, leaders=[*known, leader], actor=actor, now=now)

    return each_task(tasks, add)


@command
def entrust_tasks(*, tasks: Sequence[Task], task_force: TaskForce, actor: Actor, now: datetime) -> Bulk:
    """Add tasks to those a task force (专班) carries; one audit entry that lists them.

    Raises InvalidInput where it carries all of them already.
    """
    check_bulk(tasks, actor)
    carried = {link.task_id: link.task for link in task_force.linked_tasks.select_related("task__plan")}

    def check(task: Task) -> None:
        if task.pk in carried:
            raise InvalidInput(f"已由{task_force}承担")
        if task.plan.government_id != task_force.government_id:
            raise InvalidInput("不属专班本级的清单")

    bulk = each_task(tasks, check)
    set_force_tasks(task_force=task_force, tasks=[*carried.values(), *bulk.done], actor=actor, now=now)
    return bulk
