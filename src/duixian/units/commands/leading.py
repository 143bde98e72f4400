"""Which leader answers for which unit (分管, 包联), over time."""

from datetime import date, datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.units.enums import LeadershipKind, Role
from duixian.units.models import Account, Leadership, Unit
from duixian.units.rules import may_keep_units, require


@command
def put_in_charge(
    *,
    account: Account,
    unit: Unit,
    kind: LeadershipKind,
    actor: Actor,
    now: datetime,
    from_on: date | None = None,
) -> Leadership:
    """Let a leader answer for a unit from a day on (today)."""
    require(may_keep_units(actor, unit.government))
    if not account.memberships.filter(role=Role.LEADER, government=unit.government, ended_at=None).exists():
        raise InvalidInput(f"{account.name}不是{unit.government.name}的领导。", {"account": "不是领导"})
    if not unit.is_active:
        raise InvalidInput(f"{unit}已停用。", {"unit": "已停用"})
    if account.leaderships.filter(unit=unit, kind=kind, until_on=None).exists():
        raise InvalidInput(f"{account.name}已{LeadershipKind(kind).label}{unit}。", {"unit": "重复"})
    leadership = Leadership.objects.create(account=account, unit=unit, kind=kind, from_on=from_on or today_in(now))
    record(
        actor=actor,
        now=now,
        action="put_in_charge",
        target=unit,
        after={"leader": account.name, "kind": kind, "from_on": leadership.from_on},
    )
    return leadership


@command
def end_leadership(*, leadership: Leadership, actor: Actor, now: datetime, until_on: date | None = None) -> Leadership:
    """From a day on (today) the leader no longer answers for the unit; who did before stays known."""
    require(may_keep_units(actor, leadership.unit.government))
    leadership.refresh_from_db()
    if leadership.until_on is not None:
        raise WrongState("这项分工已经结束。")
    leadership.until_on = max(until_on or today_in(now), leadership.from_on)
    leadership.save(update_fields=["until_on"])
    record(
        actor=actor,
        now=now,
        action="end_leadership",
        target=leadership.unit,
        before={"leader": leadership.account.name, "kind": leadership.kind},
        after={"until_on": leadership.until_on},
    )
    return leadership
