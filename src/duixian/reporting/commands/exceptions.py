"""开锁: letting one unit into one locked round, with a reason, until a day."""

from datetime import date, datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import day_label, today_in
from duixian.reporting.commands._words import text_fault
from duixian.reporting.models import LockException, Round
from duixian.reporting.rules import may_run_rounds
from duixian.units.models import Unit
from duixian.units.rules import require

LONGEST_REASON = LockException._meta.get_field("reason").max_length or 0
LONGEST_DAYS = 31


@command
def grant_exception(
    *, round: Round, unit: Unit, reason: str, expires_on: date, actor: Actor, now: datetime
) -> LockException:
    """Let the unit report into the locked round up to and including `expires_on`. What it reports is late for ever.

    Raises WrongState where the round is open to it anyway, InvalidInput with a message a field.
    """
    require(may_run_rounds(actor, round.plan))
    round = Round.objects.select_for_update().select_related("plan").get(pk=round.pk)
    if not round.is_locked:
        raise WrongState(f"{round}没有锁定，{unit}可以直接填报。")
    today = today_in(now)
    _check(round, unit, reason, expires_on, today)
    held = round.exceptions.filter(unit=unit, ended_at=None).first()
    if held is not None and held.expires_on >= today:
        raise WrongState(f"{unit}已经开锁，到{day_label(held.expires_on)}为止。要改期限，先收回再开。")
    if held is not None:
        _end(held, actor, now)
    granted = LockException.objects.create(
        round=round,
        unit=unit,
        reason=reason.strip(),
        granted_by=actor.audit_name,
        granted_at=now,
        expires_on=expires_on,
    )
    after = {"unit": unit.name, "reason": granted.reason, "expires_on": expires_on}
    record(actor=actor, now=now, action="grant_exception", target=granted, after=after)
    return granted


def _check(round: Round, unit: Unit, reason: str, expires_on: date, today: date) -> None:
    faults = {}
    if not reason.strip():
        faults["reason"] = "请写明为什么开锁，会记入审计。"
    elif text_fault(reason, LONGEST_REASON):
        faults["reason"] = f"原因{text_fault(reason, LONGEST_REASON)}"
    if not today <= expires_on or (expires_on - today).days > LONGEST_DAYS:
        faults["expires_on"] = f"期限应从今天起，{LONGEST_DAYS}天以内。"
    if unit.government_id != round.plan.government_id:
        faults["unit"] = "这个单位不在这份清单内。"
    if faults:
        raise InvalidInput("".join(faults.values()), faults)


@command
def revoke_exception(*, exception: LockException, actor: Actor, now: datetime) -> LockException:
    """Take the exception back before its day."""
    require(may_run_rounds(actor, exception.round.plan))
    held = LockException.objects.select_for_update().select_related("unit", "round").get(pk=exception.pk)
    if held.ended_at is not None:
        raise WrongState(f"{held}已经失效，不必再收回。")
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    record(actor=actor, now=now, action="revoke_exception", target=held, before={"expires_on": held.expires_on})
    return held


@command
def expire_exception(*, exception: LockException, actor: Actor, now: datetime) -> LockException:
    """Mark an exception whose last day is over. It let nobody in since; the mark and the entry tell when that was."""
    require(may_run_rounds(actor, exception.round.plan))
    held = LockException.objects.select_for_update().select_related("unit", "round").get(pk=exception.pk)
    if held.ended_at is not None or held.expires_on >= today_in(now):
        raise WrongState(f"{held}还没有到期，或者已经失效。")
    _end(held, actor, now)
    return held


def _end(held: LockException, actor: Actor, now: datetime) -> None:
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    record(actor=actor, now=now, action="expire_exception", target=held, before={"expires_on": held.expires_on})
