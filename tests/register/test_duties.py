"""The lead divides a task; a unit acknowledges its part, disputes it or asks for its transfer."""

from datetime import date

import pytest

from duixian.audit.command import InvalidInput, NotAllowed, WrongState
from duixian.register.commands import answer_part, divide_task
from duixian.register.enums import PartState
from duixian.register.models import Part, Task
from duixian.units.commands import create_unit
from duixian.units.models import Unit
from tests.cast import FOUNDER, SET_UP, at
from tests.factories.play import Stage

NOW = at(3, 1)


def divide(stage: Stage, unit: Unit, text: str = "征地拆迁") -> Part:
    return divide_task(
        task=stage.task("roads"),
        unit=unit,
        text=text,
        due_on=date(2026, 5, 31),
        actor=stage.cast.building.liaison,
        now=NOW,
    )


@pytest.mark.parametrize("state", [PartState.ACKNOWLEDGED, PartState.DISPUTED, PartState.TRANSFER_ASKED])
def test_a_part_is_answered_once_by_the_unit_that_got_it(stage: Stage, state: PartState) -> None:
    part = divide(stage, stage.cast.county.unit)
    stale = Part.objects.get(pk=part.pk)
    with pytest.raises(NotAllowed):
        answer_part(part=part, state=state, note="理由", actor=stage.cast.building.liaison, now=NOW)
    answer_part(part=part, state=state, note="理由", actor=stage.cast.county.liaison, now=NOW)
    for seen in (part, stale):
        with pytest.raises(WrongState):
            answer_part(part=seen, state=state, note="理由", actor=stage.cast.county.head, now=NOW)
    kept = Part.objects.get()
    assert (kept.state, kept.answer_note, kept.answered_at) == (state, "理由", NOW)


@pytest.mark.parametrize("state", [PartState.DISPUTED, PartState.TRANSFER_ASKED])
def test_a_refusal_needs_its_reason(stage: Stage, state: PartState) -> None:
    part = divide(stage, stage.cast.county.unit)
    with pytest.raises(InvalidInput):
        answer_part(part=part, state=state, note=" ", actor=stage.cast.county.liaison, now=NOW)
    answer_part(part=part, state=PartState.ACKNOWLEDGED, actor=stage.cast.county.liaison, now=NOW)


def test_assigned_is_no_answer(stage: Stage) -> None:
    part = divide(stage, stage.cast.county.unit)
    with pytest.raises(InvalidInput):
        answer_part(part=part, state=PartState.ASSIGNED, note="理由", actor=stage.cast.county.liaison, now=NOW)


def test_a_part_needs_words(stage: Stage) -> None:
    for text in (" ", "长" * 301):
        with pytest.raises(InvalidInput):
            divide(stage, stage.cast.county.unit, text)


def test_a_part_goes_to_another_unit_of_the_same_government(stage: Stage) -> None:
    stranger = create_unit(government=stage.cast.elsewhere, name="市交通局", actor=FOUNDER, now=SET_UP)
    for unit in (stranger, stage.cast.building.unit):
        with pytest.raises(InvalidInput):
            divide(stage, unit)
    assert not Part.objects.exists()


def test_whoever_gets_a_part_sees_the_task(stage: Stage) -> None:
    """相关成员单位 names nobody: who is meant shows when the lead divides the task."""
    liaison = stage.cast.labour.liaison
    assert not Task.objects.visible_to(liaison).filter(pk=stage.task("roads").pk).exists()
    divide(stage, stage.cast.labour.unit)
    assert Task.objects.visible_to(liaison).filter(pk=stage.task("roads").pk).count() == 1
