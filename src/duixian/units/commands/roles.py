"""Giving people their roles, and taking them back."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.units.enums import Role
from duixian.units.models import Account, Government, Membership, Unit
from duixian.units.rules import may_administer_accounts, require


@command
def appoint(
    *,
    account: Account,
    role: Role,
    government: Government,
    actor: Actor,
    now: datetime,
    unit: Unit | None = None,
) -> Membership:
    """Give a person a role. Whoever administers may not audit, and neither may work on business data (三员分立)."""
    require(may_administer_accounts(actor, government))
    if role.needs_unit != (unit is not None):
        raise InvalidInput("联络员和单位负责人要指明单位，其他角色不指明单位。", {"unit": "与角色不符"})
    if unit is not None and unit.government_id != government.pk:
        raise InvalidInput(f"{unit}不是{government.name}的单位。", {"unit": "不属本级"})
    if account.memberships.filter(role=role, government=government, unit=unit, ended_at=None).exists():
        raise InvalidInput(f"{account.name}已有这个角色。", {"role": "重复"})
    _keep_duties_apart(account, role)
    membership = Membership.objects.create(account=account, role=role, government=government, unit=unit, started_at=now)
    account.__dict__.pop("current_memberships", None)
    record(
        actor=actor,
        now=now,
        action="appoint",
        target=account,
        after={"role": role, "government": government.name, "unit": unit.name if unit else None},
    )
    return membership


def _keep_duties_apart(account: Account, role: Role) -> None:
    apart = {Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}
    held = {Role(m.role) for m in account.memberships.filter(ended_at__isnull=True)}
    if (role in apart and held - {role}) or (held & apart) - {role}:
        raise InvalidInput(
            f"{account.name}已有其他角色：系统管理员、安全管理员、审计员须各由专人担任。", {"role": "角色冲突"}
        )


@command
def end_membership(*, membership: Membership, actor: Actor, now: datetime) -> Membership:
    """Take a role back; what was done under it stays in the trail."""
    require(may_administer_accounts(actor, membership.government))
    membership.refresh_from_db()
    if membership.ended_at is not None:
        raise WrongState("该角色已经停用。")
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    membership.account.__dict__.pop("current_memberships", None)
    record(
        actor=actor,
        now=now,
        action="end_membership",
        target=membership.account,
        before={"role": membership.role, "unit": str(membership.unit or "")},
    )
    return membership
