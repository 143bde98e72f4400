"""One act on many tasks and their months."""

from collections.abc import Sequence
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.register.commands._bulk import Bulk, check_bulk, each_task
from duixian.register.enums import DUTIES_IN_FORCE
from duixian.register.models import Task
from duixian.reporting.commands.handover import reassign_task
from duixian.units.models import Unit


@command
def reassign_tasks(*, tasks: Sequence[Task], unit: Unit, note: str, actor: Actor, now: datetime) -> Bulk:
    """改派 each task to another unit, as `reassign_task` does; one audit entry a task.

    Raises InvalidInput where no task could be given to the unit.
    """
    check_bulk(tasks, actor)

    def move(task: Task) -> None:
        duty = task.assignments.filter(state__in=DUTIES_IN_FORCE).select_related("unit").first()
        if duty is None:
            raise InvalidInput("尚未交办，请先交办")
        if duty.unit_id == unit.pk:
            raise InvalidInput(f"已由{unit}填报")
        reassign_task(assignment=duty, unit=unit, note=note, actor=actor, now=now)

    return each_task(tasks, move)
