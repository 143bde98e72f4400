"""What units file in the demonstration, and who decides it."""

from datetime import date
from typing import Any
from typing import cast as typed

from duixian.demo.filing import Filing
from duixian.register.commands import divide_task
from duixian.register.enums import FilingState
from duixian.register.models import Milestone
from tests.cast import at
from tests.factories.fixtures import cast, stage
from tests.factories.play import Stage

__all__ = ["cast", "stage"]


def test_nodes_of_a_part_are_nothing_the_office_approves(stage: Stage) -> None:
    task = stage.task("roads")
    divide_task(
        task=task,
        unit=stage.cast.county.unit,
        text="征地拆迁",
        due_on=date(2026, 5, 31),
        nodes=[("签订协议", date(2026, 4, 10))],
        actor=stage.cast.building.liaison,
        now=at(3, 2),
    )
    nobody = typed(Any, None)
    Filing(nobody, nobody, nobody, nobody, nobody)._approve_nodes(task, at(3, 4))
    assert Milestone.objects.get().state == FilingState.FILED
