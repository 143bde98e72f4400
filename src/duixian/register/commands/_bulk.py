"""One act on many tasks: part of the commands that do so. What can be done is done, what is refused is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from duixian.audit.actors import Actor
from duixian.audit.command import CommandError, InvalidInput, NotAllowed
from duixian.register.models import Task
from duixian.units.rules import is_office, require

MOST_TASKS = 1000
# refusals told in a message where nothing was done
TOLD = 5


@dataclass(slots=True)
class Bulk:
    """What came of it."""

    done: list[Task] = field(default_factory=list)
    refused: list[tuple[Task, str]] = field(default_factory=list)


def check_bulk(tasks: Sequence[Task], actor: Actor) -> None:
    for government in {task.plan.government for task in tasks}:
        require(is_office(actor, government))
    if not tasks:
        raise InvalidInput("请先选中任务。", {"tasks": "必选"})
    if len(tasks) > MOST_TASKS:
        raise InvalidInput(f"一次最多办理{MOST_TASKS}项。请缩小筛选范围，分几次办理。", {"tasks": "过多"})


def each_task(tasks: Sequence[Task], act: Callable[[Task], None]) -> Bulk:
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
