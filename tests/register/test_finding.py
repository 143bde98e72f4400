"""Finding tasks: by their words, by every name of a unit, and never more than one may see."""

import pytest

from duixian.register.finding import tasks_found
from duixian.register.models import Task
from duixian.units.commands import add_alias
from tests.cast import at
from tests.factories.play import Stage


def found(stage: Stage, text: str) -> list[str]:
    return [task.number for task in tasks_found(stage.plan.tasks.all(), text).order_by("order")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("城镇 就业", ["5"]),
        ("就业 桥", []),
        ("12", ["12"]),
        ("幸福 桥", ["8"]),
        ("住建局", ["8", "9", "10"]),
        ("100%", ["3"]),
        ("%", ["1", "2", "3", "7"]),
        ("_", []),
        ("'; drop", []),
    ],
)
def test_by_words(text: str, numbers: list[str], stage: Stage) -> None:
    assert found(stage, text) == numbers


def test_by_a_name_that_was_given_later(stage: Stage) -> None:
    assert found(stage, "就业主管部门") == []
    unit = stage.cast.labour.unit
    add_alias(unit=unit, text="市就业主管部门", actor=stage.cast.office_staff, now=at(3, 1))
    assert found(stage, "就业主管部门") == ["5", "6", "7"]
    # 市人社局 by its full name, which nobody wrote down
    assert found(stage, "市人力资源和社会保障局") == ["5", "6", "7"]


def test_only_among_what_one_sees(stage: Stage) -> None:
    seen = Task.objects.visible_to(stage.cast.labour.liaison)
    assert [t.number for t in tasks_found(seen, "市")] == [t.number for t in seen]
    assert not tasks_found(seen, "幸福桥").exists()
