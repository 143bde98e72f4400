"""交办 and 签收: a duty is answered once, decided once, and what follows is a new row."""

from datetime import date
from decimal import Decimal

import pytest

from duixian.audit.command import InvalidInput, NotAllowed, WrongState
from duixian.register.commands import (
    acknowledge_duties,
    assign_tasks,
    divide_task,
    keep_duty,
    object_to_duty,
    release_duty,
    set_threshold,
)
from duixian.register.duties import (
    acknowledge_by,
    count_overdue,
    duties_by_unit,
    not_handed_out,
    overdue_before,
    responsible_people,
    to_acknowledge,
)
from duixian.register.enums import AssignmentState, FilingState
from duixian.register.models import Assignment, Milestone, Part, Task
from duixian.units.commands import create_unit
from duixian.units.models import Account, Unit
from tests.cast import FOUNDER, SET_UP, at
from tests.factories.play import Stage

NOW = at(3, 2)  # a Monday
DISPUTED, ASKED = AssignmentState.DISPUTED, AssignmentState.TRANSFER_ASKED


def divide(stage: Stage, unit: Unit, text: str = "征地拆迁", **more: object) -> Part:
    return divide_task(
        task=stage.task("roads"),
        unit=unit,
        text=text,
        due_on=date(2026, 5, 31),
        actor=stage.cast.building.liaison,
        now=NOW,
        **more,  # type: ignore[arg-type]
    )


def assign(stage: Stage, name: str = "jobs") -> Assignment:
    return assign_tasks(plan=stage.plan, tasks=[stage.task(name)], actor=stage.cast.office_staff, now=NOW)[0]


def acknowledge(duty: Assignment | Part, actor: Account) -> None:
    acknowledge_duties(duties=[duty], accountable_person="王建国", liaison_name="李梅", actor=actor, now=NOW)


def object_to(duty: Assignment | Part, actor: Account, state: AssignmentState = DISPUTED, **more: object) -> None:
    object_to_duty(duty=duty, state=state, note="不属本单位职责。", actor=actor, now=NOW, **more)  # type: ignore[arg-type]


def test_tasks_are_handed_out_once_to_the_unit_that_reports(stage: Stage) -> None:
    assert assign(stage).unit == stage.cast.labour.unit
    assert not_handed_out(stage.plan.tasks.all()).count() == 11
    assert len(assign_tasks(plan=stage.plan, actor=stage.cast.office_head, now=NOW)) == 11
    with pytest.raises(WrongState):
        assign_tasks(plan=stage.plan, actor=stage.cast.office_head, now=NOW)
    assert Assignment.objects.count() == stage.plan.tasks.count()


def test_what_was_taken_out_of_the_register_is_not_handed_out(stage: Stage) -> None:
    Task.objects.filter(pk=stage.task("jobs").pk).update(withdrawn_at=NOW)
    assigned = assign_tasks(plan=stage.plan, actor=stage.cast.office_staff, now=NOW)
    assert stage.task("jobs") not in [a.task for a in assigned]
    assert len(assigned) == stage.plan.tasks.count() - 1


def test_acknowledging_names_who_answers(stage: Stage) -> None:
    assignment, labour = assign(stage), stage.cast.labour
    with pytest.raises(NotAllowed):
        acknowledge(assignment, stage.cast.building.liaison)
    acknowledge(assignment, labour.liaison)
    kept = Assignment.objects.get()
    assert (kept.state, kept.accountable_person, kept.liaison_name) == ("ACKNOWLEDGED", "王建国", "李梅")
    assert (kept.answered_by, kept.answered_at) == (labour.liaison.name, NOW)
    assert responsible_people([stage.task("jobs")])[stage.task("jobs").pk] == kept
    with pytest.raises(WrongState):
        acknowledge(assignment, labour.head)


@pytest.mark.parametrize(("person", "liaison"), [("", "李梅"), ("王建国", " "), ("长" * 41, "李梅")])
def test_nobody_acknowledges_without_names(stage: Stage, person: str, liaison: str) -> None:
    with pytest.raises(InvalidInput):
        acknowledge_duties(
            duties=[assign(stage)],
            accountable_person=person,
            liaison_name=liaison,
            actor=stage.cast.labour.head,
            now=NOW,
        )


def test_many_are_acknowledged_together_or_not_at_all(stage: Stage) -> None:
    labour = stage.cast.labour
    assign_tasks(plan=stage.plan, actor=stage.cast.office_staff, now=NOW)
    own = to_acknowledge(stage.plan.tasks.all(), [labour.unit])
    assert len(own) == 3
    foreign = Assignment.objects.get(task=stage.task("roads"))
    names = {"accountable_person": "王建国", "liaison_name": "李梅", "actor": labour.liaison, "now": NOW}
    with pytest.raises(NotAllowed):
        acknowledge_duties(duties=[*own, foreign], **names)
    assert not Assignment.objects.filter(state=AssignmentState.ACKNOWLEDGED).exists()
    assert acknowledge_duties(duties=to_acknowledge(stage.plan.tasks.all(), [labour.unit]), **names) == 3
    assert to_acknowledge(stage.plan.tasks.all(), [labour.unit]) == []
    with pytest.raises(InvalidInput):
        acknowledge_duties(duties=[], **names)


def test_an_objection_is_overruled_and_the_unit_asked_anew(stage: Stage) -> None:
    assignment = assign(stage)
    object_to(assignment, stage.cast.labour.head)
    renewed = keep_duty(duty=assignment, note="三定方案已明确。", actor=stage.cast.office_head, now=NOW)
    states = Assignment.objects.values_list("state", "answer_note", "decision_note")
    assert list(states) == [("KEPT", "不属本单位职责。", "三定方案已明确。"), ("ASSIGNED", "", "")]
    with pytest.raises(WrongState):
        keep_duty(duty=assignment, note="再说一遍。", actor=stage.cast.office_head, now=NOW)
    acknowledge(renewed, stage.cast.labour.liaison)


def test_a_task_changes_hands_with_its_series_and_its_history(stage: Stage) -> None:
    assignment, target = assign(stage), stage.target("jobs")
    building = stage.cast.building.unit
    object_to(assignment, stage.cast.labour.liaison, ASKED, wanted_unit=building)
    assert Assignment.objects.get().wanted_unit == building
    release_duty(duty=assignment, unit=building, note="同意转办。", actor=stage.cast.office_head, now=NOW)
    assert stage.task("jobs").reporting_unit == building
    target.indicator.refresh_from_db()
    assert target.indicator.responsible_unit == building
    assert [(a.unit, a.state) for a in Assignment.objects.all()] == [
        (stage.cast.labour.unit, "RELEASED"),
        (building, "ASSIGNED"),
    ]


def test_a_series_another_task_of_the_unit_needs_stays(stage: Stage) -> None:
    """GDP serves the first task and, as the other side of a comparison, the incomes."""
    spirit, gdp = stage.task("spirit"), stage.target("gdp")
    target = stage.target("prices")
    target.indicator, target.task = gdp.indicator, spirit
    target.save()
    assignment = assign(stage, "spirit")
    release_duty(duty=assignment, unit=stage.cast.labour.unit, note="改派。", actor=stage.cast.office_head, now=NOW)
    gdp.indicator.refresh_from_db()
    assert gdp.indicator.responsible_unit == gdp.task.reporting_unit


def test_a_transfer_says_to_whom(stage: Stage) -> None:
    assignment, labour = assign(stage), stage.cast.labour
    stranger = create_unit(government=stage.cast.elsewhere, name="市交通局", actor=FOUNDER, now=SET_UP)
    for unit in (None, stranger, labour.unit):
        with pytest.raises(InvalidInput):
            object_to(assignment, labour.head, ASKED, wanted_unit=unit)


@pytest.mark.parametrize("note", [" ", "长" * 501])
def test_an_objection_needs_its_reason(stage: Stage, note: str) -> None:
    part = divide(stage, stage.cast.county.unit)
    with pytest.raises(InvalidInput):
        object_to_duty(duty=part, state=DISPUTED, note=note, actor=stage.cast.county.liaison, now=NOW)


def test_to_acknowledge_is_no_objection(stage: Stage) -> None:
    part = divide(stage, stage.cast.county.unit)
    with pytest.raises(InvalidInput):
        object_to(part, stage.cast.county.liaison, AssignmentState.ASSIGNED)


def test_a_part_is_answered_once_by_the_unit_that_got_it(stage: Stage) -> None:
    part, county = divide(stage, stage.cast.county.unit), stage.cast.county
    stale = Part.objects.get(pk=part.pk)
    with pytest.raises(NotAllowed):
        object_to(part, stage.cast.building.liaison)
    object_to(part, county.liaison)
    for seen in (part, stale):
        with pytest.raises(WrongState):
            object_to(seen, county.head)


def test_the_lead_answers_for_its_parts(stage: Stage) -> None:
    part, lead = divide(stage, stage.cast.county.unit), stage.cast.building.liaison
    object_to(part, stage.cast.county.head)
    with pytest.raises(NotAllowed):
        keep_duty(duty=part, note="仍请办理。", actor=stage.cast.county.head, now=NOW)
    renewed = keep_duty(duty=part, note="仍请办理。", actor=lead, now=NOW)
    assert release_duty(duty=renewed, unit=None, note="不再需要。", actor=lead, now=NOW) is None
    assert not Part.objects.filter(state__in=[s for s in AssignmentState if s.is_in_force]).exists()


def test_nodes_of_a_part_are_agreed_by_acknowledging_and_follow_it(stage: Stage) -> None:
    nodes = [("签订协议", date(2026, 4, 10)), ("完成腾退", date(2026, 5, 20))]
    part = divide(stage, stage.cast.county.unit, nodes=nodes)
    moved = release_duty(
        duty=part, unit=stage.cast.labour.unit, note="改由人社局。", actor=stage.cast.office_staff, now=NOW
    )
    assert set(Milestone.objects.values_list("part", "state")) == {(moved.pk, FilingState.FILED)}  # type: ignore[union-attr]
    acknowledge(moved, stage.cast.labour.liaison)  # type: ignore[arg-type]
    assert set(Milestone.objects.values_list("state", flat=True)) == {FilingState.APPROVED}


@pytest.mark.parametrize("nodes", [[(" ", date(2026, 4, 1))], [("晚于分工", date(2026, 6, 1))]])
def test_a_node_of_a_part_says_what_and_not_too_late(stage: Stage, nodes: list[tuple[str, date]]) -> None:
    with pytest.raises(InvalidInput):
        divide(stage, stage.cast.county.unit, nodes=nodes)
    assert not Part.objects.exists()


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


def test_whoever_has_a_part_sees_the_task(stage: Stage) -> None:
    """相关成员单位 names nobody: who is meant shows when the lead divides the task."""
    liaison, roads = stage.cast.labour.liaison, stage.task("roads").pk
    assert not Task.objects.visible_to(liaison).filter(pk=roads).exists()
    part = divide(stage, stage.cast.labour.unit)
    assert Task.objects.visible_to(liaison).filter(pk=roads).count() == 1
    release_duty(duty=part, unit=None, note="收回。", actor=stage.cast.building.head, now=NOW)
    assert not Task.objects.visible_to(liaison).filter(pk=roads).exists()


def test_what_was_not_acknowledged_in_time_shows(stage: Stage) -> None:
    """Three working days from Monday end on Thursday; a free day moves that to Friday."""
    assign(stage)
    divide(stage, stage.cast.county.unit)
    tasks, free = stage.plan.tasks.all(), {date(2026, 3, 4): False}
    assert acknowledge_by(NOW.date(), 3, {}) == date(2026, 3, 5)
    overdue = lambda day, exceptions: count_overdue(tasks, overdue_before(stage.plan, day, exceptions))  # noqa: E731
    assert (overdue(date(2026, 3, 5), {}), overdue(date(2026, 3, 6), {})) == (0, 2)
    assert (overdue(date(2026, 3, 6), free), overdue(date(2026, 3, 7), free)) == (0, 2)
    rule = {"plan": stage.plan, "name": "acknowledge_working_days", "actor": stage.cast.office_head, "now": NOW}
    set_threshold(value=Decimal(10), **rule)
    assert overdue(date(2026, 3, 9), {}) == 0


def test_states_by_unit(stage: Stage, django_assert_num_queries: object) -> None:
    assign_tasks(plan=stage.plan, actor=stage.cast.office_staff, now=NOW)
    object_to(Assignment.objects.get(task=stage.task("roads")), stage.cast.building.head)
    acknowledge(Assignment.objects.get(task=stage.task("jobs")), stage.cast.labour.head)
    cutoff = overdue_before(stage.plan, date(2026, 3, 9), {})
    rows = {row.unit.name: row for row in duties_by_unit(stage.plan.tasks.all(), cutoff)}
    labour, building = rows["市人社局"], rows["市住建局"]
    assert (labour.given, labour.waiting, labour.overdue, labour.acknowledged) == (3, 2, 2, 1)
    assert (building.given, building.objected) == (3, 1)
    with django_assert_num_queries(3):  # type: ignore[operator]
        duties_by_unit(stage.plan.tasks.all(), cutoff)
