"""Handing out duties (交办、分工), answering them (签收、异议、转办), and deciding on what was objected to."""

from collections.abc import Sequence
from datetime import date, datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.register.commands._handing_over import hand_over_series, hand_over_steps
from duixian.register.commands._words import require_reason
from duixian.register.enums import DUTIES_IN_FORCE, AssignmentState
from duixian.register.models import Assignment, Milestone, Part, Plan, Task
from duixian.register.rules import Duties, may_answer_duty, may_decide, may_decide_duty, may_file
from duixian.units.models import Unit
from duixian.units.rules import require


@command
def assign_tasks(*, plan: Plan, actor: Actor, now: datetime, tasks: Sequence[Task] = ()) -> list[Assignment]:
    """交办: hand the given tasks (all, where none are given) to their reporting units; what is handed out stays so.

    Raises WrongState where all of them are handed out already.
    """
    require(may_decide(actor, plan))
    open_ = plan.tasks.in_force().exclude(assignments__state__in=DUTIES_IN_FORCE).select_related("reporting_unit")
    if tasks:
        open_ = open_.filter(pk__in=[t.pk for t in tasks])
    assigned = [
        Assignment.objects.create(task=t, unit=t.reporting_unit, assigned_by=actor.audit_name, assigned_at=now)
        for t in open_
    ]
    if not assigned:
        raise WrongState("所选任务都已交办。")
    record(
        actor=actor,
        now=now,
        action="assign_tasks",
        target=plan,
        after={"tasks": [f"{a.task.number}→{a.unit.name}" for a in assigned]},
    )
    return assigned


@command
def divide_task(
    *,
    task: Task,
    unit: Unit,
    text: str,
    due_on: date,
    actor: Actor,
    now: datetime,
    nodes: Sequence[tuple[str, date]] = (),
) -> Part:
    """Give a cooperating unit its part of a task, with its nodes; from then on the unit sees the task."""
    require(may_file(actor, task))
    _check_part(task, unit, text, due_on, nodes)
    part = Part.objects.create(
        task=task, unit=unit, text=text.strip(), due_on=due_on, assigned_by=actor.audit_name, assigned_at=now
    )
    for name, node_due_on in nodes:
        Milestone.objects.create(
            task=task, part=part, name=name.strip(), due_on=node_due_on, filed_by=actor.audit_name, filed_at=now
        )
    after = {"unit": unit.name, "text": part.text, "due_on": due_on, "nodes": [f"{on} {name}" for name, on in nodes]}
    record(actor=actor, now=now, action="divide_task", target=task, after=after)
    return part


def _check_part(task: Task, unit: Unit, text: str, due_on: date, nodes: Sequence[tuple[str, date]]) -> None:
    longest = Part._meta.get_field("text").max_length or 0
    if not 0 < len(text.strip()) <= longest:
        raise InvalidInput(f"请写明分给该单位的事项，最多{longest}字。", {"text": f"1—{longest}字"})
    if unit.government_id != task.plan.government_id or unit.pk == task.reporting_unit_id:
        raise InvalidInput(f"只能分给{task.plan.government}的其他单位。", {"unit": "不能分给该单位"})
    longest = Milestone._meta.get_field("name").max_length or 0
    if any(not 0 < len(name.strip()) <= longest for name, _ in nodes):
        raise InvalidInput(f"每个节点都要写明做什么，最多{longest}字。", {"nodes": "未写明"})
    late = [name for name, on in nodes if on > due_on]
    if late:
        raise InvalidInput(f"节点“{late[0]}”的期限晚于分工期限{due_on}，请核对。", {"nodes": "晚于分工期限"})


@command
def acknowledge_duties(
    *, duties: Sequence[Duties], accountable_person: str, liaison_name: str, actor: Actor, now: datetime
) -> int:
    """签收, one or many at once: all or none. Names who answers for them and who is the contact; returns how many."""
    if not duties:
        raise InvalidInput("没有选中要签收的事项。")
    _check_names(accountable_person, liaison_name)
    for duty in duties:
        require(may_answer_duty(actor, duty))
        _require_answerable(duty)
        duty.accountable_person, duty.liaison_name = accountable_person.strip(), liaison_name.strip()
        _answer(duty, AssignmentState.ACKNOWLEDGED, "", actor, now)
        if isinstance(duty, Part):
            hand_over_steps(duty, actor, now)
    return len(duties)


def _check_names(accountable_person: str, liaison_name: str) -> None:
    longest = Assignment._meta.get_field("accountable_person").max_length or 0
    for name, label, field in (
        (accountable_person, "责任人", "accountable_person"),
        (liaison_name, "联络员", "liaison_name"),
    ):
        if not 0 < len(name.strip()) <= longest:
            raise InvalidInput(f"请填写{label}姓名（最多{longest}字）再签收。", {field: "必填"})


@command
def object_to_duty(
    *,
    duty: Duties,
    state: AssignmentState,
    note: str,
    actor: Actor,
    now: datetime,
    wanted_unit: Unit | None = None,
) -> Duties:
    """有异议 (DISPUTED) or 申请转办 (TRANSFER_ASKED, to which unit), with the reason."""
    require(may_answer_duty(actor, duty))
    _require_answerable(duty)
    if not state.may_decide:
        raise InvalidInput("请选有异议或申请转办。", {"state": "必选"})
    require_reason(note)
    if state is AssignmentState.TRANSFER_ASKED:
        _check_receiver(duty, wanted_unit)
        duty.wanted_unit = wanted_unit
    _answer(duty, state, note.strip(), actor, now)
    return duty


def _check_receiver(duty: Duties, unit: Unit | None) -> None:
    if unit is None:
        raise InvalidInput("申请转办要写明转给哪个单位。", {"unit": "必选"})
    taken = {duty.unit_id} | ({duty.task.reporting_unit_id} if isinstance(duty, Part) else set())
    if unit.government_id != duty.task.plan.government_id or unit.pk in taken or not unit.is_active:
        raise InvalidInput(f"只能转给{duty.task.plan.government}的其他单位。", {"unit": "不能转给该单位"})


def _require_answerable(duty: Duties) -> None:
    duty.refresh_from_db(fields=["state"])
    if not duty.current_state.may_acknowledge:
        raise WrongState(f"{duty}{duty.get_state_display()}，不能再答复。")


def _answer(duty: Duties, state: AssignmentState, note: str, actor: Actor, now: datetime) -> None:
    before = {"unit": duty.unit.name, "state": duty.state}
    duty.state, duty.answer_note, duty.answered_by, duty.answered_at = state, note, actor.audit_name, now
    duty.save()
    after = {
        "unit": duty.unit.name,
        "state": state,
        "note": note,
        "accountable_person": duty.accountable_person,
        "liaison": duty.liaison_name,
        "wanted_unit": str(duty.wanted_unit or ""),
    }
    action = "acknowledge_duties" if state is AssignmentState.ACKNOWLEDGED else "object_to_duty"
    record(actor=actor, now=now, action=action, target=duty.task, before=before, after=after)


@command
def keep_duty(*, duty: Duties, note: str, actor: Actor, now: datetime) -> Duties:
    """Overrule an objection: the unit keeps the duty and is to acknowledge it; returns the new row."""
    require(may_decide_duty(actor, duty))
    duty.refresh_from_db(fields=["state"])
    if not duty.current_state.may_decide:
        raise WrongState(f"{duty}没有待决定的异议。")
    require_reason(note)
    _close(duty, AssignmentState.KEPT, note, actor, now)
    renewed = _renewed(duty, duty.unit, actor, now)
    after = {"unit": duty.unit.name, "state": AssignmentState.KEPT, "note": note}
    record(actor=actor, now=now, action="keep_duty", target=duty.task, after=after)
    return renewed


@command
def release_duty(*, duty: Duties, unit: Unit | None, note: str, actor: Actor, now: datetime) -> Duties | None:
    """改派: another unit gets the duty; a part may also be withdrawn (unit None). Returns the new row.

    Side effects for a task: it is reported by the new unit from now on, which also answers for the series nobody else
    of the old unit's tasks needs. Reports under way are `reporting.commands.reassign_task`'s to see to.
    """
    require(may_decide_duty(actor, duty))
    duty.refresh_from_db(fields=["state"])
    if not duty.current_state.is_in_force:
        raise WrongState(f"{duty}已经不在该单位名下。")
    require_reason(note)
    if unit is not None or isinstance(duty, Assignment):
        _check_receiver(duty, unit)
    before = {"unit": duty.unit.name, "state": duty.state}
    _close(duty, AssignmentState.RELEASED, note, actor, now)
    renewed = None
    if unit is not None:
        if isinstance(duty, Assignment):
            hand_over_series(duty.task, unit, actor, now)
        renewed = _renewed(duty, unit, actor, now)
    after = {"unit": str(unit or ""), "state": AssignmentState.RELEASED, "note": note}
    record(actor=actor, now=now, action="release_duty", target=duty.task, before=before, after=after)
    return renewed


def _close(duty: Duties, state: AssignmentState, note: str, actor: Actor, now: datetime) -> None:
    duty.state, duty.decision_note, duty.decided_by, duty.decided_at = state, note.strip(), actor.audit_name, now
    duty.save()


def _renewed(duty: Duties, unit: Unit, actor: Actor, now: datetime) -> Duties:
    renewed = duty.continued(unit=unit, assigned_by=actor.audit_name, assigned_at=now)
    renewed.save()
    if isinstance(renewed, Part):
        Milestone.objects.filter(part_id=duty.pk).update(part=renewed)
    return renewed
