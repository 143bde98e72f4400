"""目标调整 and 延期: asked for before the limit with a reason, approved in two steps, never overwriting the promise."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.indicators.limits import is_keepable
from duixian.periods import today_in
from duixian.reading import Comparator
from duixian.register.commands._amending import put_in_force
from duixian.register.commands._attaching import Attachment, attach
from duixian.register.commands._words import check_remark, require_reason
from duixian.register.enums import OPEN_AMENDMENTS, AmendmentState
from duixian.register.models import ExtensionRequest, Outcome, Target, TargetAdjustment, Task
from duixian.register.rules import (
    Amendments,
    InCharge,
    in_charge_on,
    may_approve_amendment,
    may_decide,
    may_endorse,
    may_file,
    may_refuse_amendment,
)
from duixian.units.rules import require


@command
def ask_adjustment(
    *,
    target: Target,
    value: Decimal,
    reason: str,
    actor: Actor,
    now: datetime,
    value_max: Decimal | None = None,
    file: Attachment | None = None,
) -> TargetAdjustment:
    """Ask for another value of a target, before its limit; after it only the office may, with the reason."""
    task = target.task
    require(may_file(actor, task))
    before = target.current_value
    if before is None:
        raise InvalidInput("这项目标是与别的数相比，没有可调整的目标值。", {"value": "不能调整"})
    _check_value(target, value, value_max)
    require_reason(reason, "reason")
    is_late = _is_after_limit(task, target.current_due_on or task.current_due_on, actor, now)
    _require_none_open(TargetAdjustment.objects.filter(target=target), target.part_name)
    asked = TargetAdjustment(target=target, value=value, value_max=value_max, value_before=before)
    return _ask(
        asked, task, reason, is_late, file, "ask_adjustment", {"target": target.text, "value": value}, actor, now
    )


def _check_value(target: Target, value: Decimal, value_max: Decimal | None) -> None:
    if not is_keepable(value) or (value_max is not None and not is_keepable(value_max)):
        raise InvalidInput("数太大，请核对计量单位。", {"value": "过大"})
    if (target.comparator == Comparator.RANGE) != (value_max is not None):
        raise InvalidInput("区间目标要写上下两个数，其他目标只写一个数。", {"value_max": "与目标不符"})
    if value_max is not None and value_max < value:
        raise InvalidInput("区间的上限不能小于下限。", {"value_max": "小于下限"})
    if (value, value_max) == (target.current_value, target.current_value_max):
        raise InvalidInput("新的目标值与现行的相同。", {"value": "没有变化"})


@command
def ask_extension(
    *,
    task: Task,
    due_on: date,
    reason: str,
    actor: Actor,
    now: datetime,
    target: Target | None = None,
    outcome: Outcome | None = None,
    file: Attachment | None = None,
) -> ExtensionRequest:
    """Ask for a later limit of a target, an outcome or (neither named) the whole task, before the limit has passed."""
    require(may_file(actor, task))
    if any(thing is not None and thing.task_id != task.pk for thing in (target, outcome)):
        raise InvalidInput(f"{task}没有这一分项。")
    before = _limit_of(task, target, outcome)
    if due_on <= before:
        raise InvalidInput(f"新的期限要晚于现行期限{before}。", {"due_on": "不晚于现行期限"})
    require_reason(reason, "reason")
    is_late = _is_after_limit(task, before, actor, now)
    _require_none_open(ExtensionRequest.objects.filter(task=task, target=target, outcome=outcome), "延期")
    asked = ExtensionRequest(target=target, outcome=outcome, due_on=due_on, due_on_before=before)
    what = {"of": str(target or outcome or task), "due_on": due_on}
    return _ask(asked, task, reason, is_late, file, "ask_extension", what, actor, now)


def _limit_of(task: Task, target: Target | None, outcome: Outcome | None) -> date:
    if outcome is not None:
        return outcome.current_due_on
    return (target.current_due_on if target else None) or task.current_due_on


def _is_after_limit(task: Task, limit: date, actor: Actor, now: datetime) -> bool:
    """Whether the limit has passed; that refuses everybody but the office."""
    is_late = today_in(now) > limit
    if is_late and not may_decide(actor, task.plan):
        raise WrongState(f"期限{limit}已过，不能再申请调整或延期。确有需要的，请向督查室说明，由督查室登记并写明原因。")
    return is_late


def _require_none_open(asked: Any, name: str) -> None:
    if asked.filter(state__in=OPEN_AMENDMENTS).exists():
        raise WrongState(f"“{name}”已有一份申请在办理中，办结或撤回后才能再提。")


def _ask(
    asked: Any,
    task: Task,
    reason: str,
    is_late: bool,
    file: Attachment | None,
    action: str,
    what: dict[str, object],
    actor: Actor,
    now: datetime,
) -> Any:
    asked.task, asked.reason, asked.is_after_limit = task, reason.strip(), is_late
    asked.asked_by, asked.asked_by_unit, asked.asked_at = actor.audit_name, actor.audit_unit, now
    digest = attach(asked, file)
    asked.save()
    after = what | {"reason": reason, "is_after_limit": is_late, "file": asked.file_name, "sha256": digest}
    record(actor=actor, now=now, action=action, target=task, after=after)
    return asked


@command
def endorse_amendment(*, amendment: Amendments, actor: Actor, now: datetime, note: str = "") -> Amendments:
    """The first step: the office agrees and hands it on."""
    require(may_endorse(actor, amendment))
    amendment.refresh_from_db(fields=["state"])
    if not amendment.current_state.may_endorse:
        raise WrongState(f"{amendment}{amendment.get_state_display()}，不必再审核。")
    check_remark(note)
    amendment.endorsed_by, amendment.endorsed_by_id = actor.audit_name, actor.audit_id
    amendment.endorsed_at, amendment.endorse_note = now, note.strip()
    return _move(amendment, AmendmentState.ENDORSED, "endorse", note, actor, now)


@command
def approve_amendment(*, amendment: Amendments, actor: Actor, now: datetime, note: str = "") -> Amendments:
    """The second step: it is in force from now on, beside what was promised. An earlier one is kept as replaced."""
    amendment.refresh_from_db(fields=["state", "endorsed_by_id"])
    may = may_approve_amendment(actor, amendment, _in_charge(amendment, now))
    require(may, "此事须由分管领导（或按设置由督查室主任）批准，且与审核的不是同一人。")
    if not amendment.current_state.may_approve:
        raise WrongState(f"{amendment}{amendment.get_state_display()}，现在不能批准。")
    check_remark(note)
    _decide(amendment, note, actor, now)
    put_in_force(amendment)
    return _move(amendment, AmendmentState.APPROVED, "approve", note, actor, now)


@command
def refuse_amendment(*, amendment: Amendments, note: str, actor: Actor, now: datetime) -> Amendments:
    """Refused at either step, with the reason; kept."""
    amendment.refresh_from_db(fields=["state", "endorsed_by_id"])
    require(may_refuse_amendment(actor, amendment, _in_charge(amendment, now)))
    if not amendment.current_state.is_open:
        raise WrongState(f"{amendment}{amendment.get_state_display()}，已经办结。")
    require_reason(note)
    _decide(amendment, note, actor, now)
    return _move(amendment, AmendmentState.REFUSED, "refuse", note, actor, now)


@command
def withdraw_amendment(*, amendment: Amendments, actor: Actor, now: datetime, note: str = "") -> Amendments:
    """The unit takes its wish back before it is decided; kept."""
    require(may_file(actor, amendment.task))
    amendment.refresh_from_db(fields=["state"])
    if not amendment.current_state.may_withdraw:
        raise WrongState(f"{amendment}{amendment.get_state_display()}，不能再撤回。")
    check_remark(note)
    _decide(amendment, note, actor, now)
    return _move(amendment, AmendmentState.WITHDRAWN, "withdraw", note, actor, now)


def _in_charge(amendment: Amendments, now: datetime) -> InCharge:
    return in_charge_on(amendment.task.plan.government, today_in(now))


def _decide(amendment: Amendments, note: str, actor: Actor, now: datetime) -> None:
    amendment.decided_by, amendment.decided_at, amendment.decision_note = actor.audit_name, now, note.strip()


def _move(
    amendment: Amendments, state: AmendmentState, verb: str, note: str, actor: Actor, now: datetime
) -> Amendments:
    before = {"state": amendment.state}
    amendment.state = state
    amendment.save()
    kind = str(amendment._meta.model_name)
    after = {kind: amendment.pk, "state": state, "note": note}
    record(actor=actor, now=now, action=f"{verb}_amendment", target=amendment.task, before=before, after=after)
    return amendment
