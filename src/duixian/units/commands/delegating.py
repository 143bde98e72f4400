"""委托代签: given by the head, for a time, with a reason; taken back by either."""

from datetime import date, datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.units.models import Account, Delegation, Unit
from duixian.units.rules import is_unit_head, require, works_for

LONGEST_DAYS = 92
LONGEST_REASON = 200


@command
def delegate_signing(
    *, unit: Unit, deputy: Account, from_on: date, until_on: date, reason: str, actor: Account, now: datetime
) -> Delegation:
    """Let a colleague sign for the unit from a day to a day, both included.

    The deputy is one of the unit's own people: nobody else sees its reports. What was delegated is not delegated on.
    """
    require(is_unit_head(actor, unit))
    faults = _faults(unit, deputy, from_on, until_on, reason, actor, today_in(now))
    if faults:
        raise InvalidInput("；".join(faults.values()), faults)
    delegation = Delegation.objects.create(
        unit=unit,
        head=actor,
        deputy=deputy,
        from_on=from_on,
        until_on=until_on,
        reason=reason.strip(),
        given_at=now,
    )
    deputy.__dict__.pop("delegations_in_hand", None)
    after = {
        "unit": unit.name,
        "deputy": deputy.name,
        "from_on": from_on.isoformat(),
        "until_on": until_on.isoformat(),
        "reason": delegation.reason,
    }
    record(actor=actor, now=now, action="delegate_signing", target=delegation, after=after)
    return delegation


def _faults(
    unit: Unit, deputy: Account, from_on: date, until_on: date, reason: str, actor: Account, today: date
) -> dict[str, str]:
    faults = {}
    if deputy.pk == actor.pk:
        faults["deputy"] = "请选择另一个人代签。"
    elif is_unit_head(deputy, unit):
        faults["deputy"] = f"{deputy.name}是{unit}的负责人，本来就能审签。"
    elif not deputy.is_active or not works_for(deputy, unit):
        faults["deputy"] = f"{deputy.name}不是{unit}的人，请先由安全管理员授予角色。"
    if from_on < today:
        faults["from_on"] = "代签从今天或以后开始。"
    if until_on < from_on:
        faults["until_on"] = "截止日不能早于开始日。"
    elif (until_on - from_on).days > LONGEST_DAYS:
        faults["until_on"] = f"一次最长{LONGEST_DAYS}天，到期可以再委托。"
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        faults["reason"] = f"请写明事由，不超过{LONGEST_REASON}字。"
    held = Delegation.objects.filter(
        unit=unit, deputy=deputy, revoked_at=None, from_on__lte=until_on, until_on__gte=from_on
    )
    if not faults and held.exists():
        faults["from_on"] = f"这段时间已经委托{deputy.name}代签。"
    return faults


@command
def revoke_delegation(*, delegation: Delegation, actor: Actor, now: datetime) -> Delegation:
    """Take it back before its time; what was signed under it stays signed."""
    delegation = (
        Delegation.objects.select_for_update(of=("self",)).select_related("unit", "deputy").get(pk=delegation.pk)
    )
    require(is_unit_head(actor, delegation.unit))
    if delegation.revoked_at is not None:
        raise WrongState("这项委托已经收回。")
    delegation.revoked_at = now
    delegation.save(update_fields=["revoked_at"])
    delegation.deputy.__dict__.pop("delegations_in_hand", None)
    after = {"unit": delegation.unit.name, "deputy": delegation.deputy.name}
    record(actor=actor, now=now, action="revoke_delegation", target=delegation, after=after)
    return delegation
