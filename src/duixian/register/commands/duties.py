"""The lead divides a task among cooperating units; each answers for its part."""

from datetime import date, datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.register.enums import PartState
from duixian.register.models import Part, Task
from duixian.register.rules import may_answer_part, may_file
from duixian.units.models import Unit
from duixian.units.rules import require


@command
def divide_task(*, task: Task, unit: Unit, text: str, due_on: date, actor: Actor, now: datetime) -> Part:
    """Give a cooperating unit its part of a task; from then on the unit sees the task."""
    require(may_file(actor, task))
    longest = Part._meta.get_field("text").max_length or 0
    if not 0 < len(text.strip()) <= longest:
        raise InvalidInput(f"请写明分给该单位的事项，最多{longest}字。", {"text": f"1—{longest}字"})
    if unit.government_id != task.plan.government_id or unit.pk == task.reporting_unit_id:
        raise InvalidInput(f"只能分给{task.plan.government}的其他单位。", {"unit": "不能分给该单位"})
    part = Part.objects.create(task=task, unit=unit, text=text, due_on=due_on, assigned_at=now)
    record(
        actor=actor,
        now=now,
        action="divide_task",
        target=task,
        after={"unit": unit.name, "text": text, "due_on": due_on},
    )
    return part


@command
def answer_part(*, part: Part, state: PartState, actor: Actor, now: datetime, note: str = "") -> Part:
    """Acknowledge a part, dispute it, or ask for its transfer; the last two need a reason."""
    require(may_answer_part(actor, part))
    part.refresh_from_db()
    if not PartState(part.state).may_answer:
        raise WrongState("这一分工已经答复过了。")
    if state is PartState.ASSIGNED:
        raise InvalidInput("请选签收、有异议或申请转办。", {"state": "必选"})
    if state is not PartState.ACKNOWLEDGED and not note.strip():
        raise InvalidInput("请写明理由。", {"note": "必填"})
    part.state, part.answered_at, part.answer_note = state, now, note
    part.save(update_fields=["state", "answered_at", "answer_note"])
    record(
        actor=actor,
        now=now,
        action="answer_part",
        target=part.task,
        before={"unit": part.unit.name, "state": PartState.ASSIGNED},
        after={"unit": part.unit.name, "state": state, "note": note},
    )
    return part
