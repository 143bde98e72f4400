"""Giving people their roles, and taking them back."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.units.enums import Role
from duixian.units.models import Account, Government, Membership, Unit
from duixian.units.rules import duties_clash, may_administer_accounts, require


@command
def appoint(
    *,
    account: Account,
    role: Role,
    government: Government,
    actor: Actor,
    now: datetime,
    unit: Unit | None = None,
    is_deputy: bool = False,
) -> Membership:
    """Give a person a role. Whoever administers may not audit, and neither may work on business data (三员分立)."""
    require(may_administer_accounts(actor, government))
    if role.needs_unit != (unit is not None):
        raise InvalidInput("联络员和单位负责人要指明单位，其他角色不指明单位。", {"unit": "与角色不符"})
    if unit is not None and unit.government_id != government.pk:
        raise InvalidInput(f"{unit}不是{government.name}的单位。", {"unit": "不属本级"})
    if unit is not None and not unit.is_active:
        raise InvalidInput(f"{unit}已停用，请选择在用的单位。", {"unit": "已停用"})
    if is_deputy and not role.needs_unit:
        raise InvalidInput("只有联络员和单位负责人设副职。", {"is_deputy": "与角色不符"})
    if account.memberships.filter(role=role, government=government, unit=unit, ended_at=None).exists():
        raise InvalidInput(f"{account.name}已有这个角色。", {"role": "重复"})
    _keep_duties_apart(account, role)
    membership = Membership.objects.create(
        account=account, role=role, government=government, unit=unit, is_deputy=is_deputy, started_at=now
    )
    account.__dict__.pop("current_memberships", None)
    record(
        actor=actor,
        now=now,
        action="appoint",
        target=account,
        after={"role": role, "government": government.name, "unit": unit.name if unit else None} | _deputy(is_deputy),
    )
    return membership


def _deputy(is_deputy: bool) -> dict[str, bool]:
    return {"is_deputy": True} if is_deputy else {}


def _keep_duties_apart(account: Account, role: Role) -> None:
    if duties_clash((Role(m.role) for m in account.memberships.filter(ended_at__isnull=True)), role):
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


@command
def hand_over(*, membership: Membership, to: Account, actor: Actor, now: datetime) -> Membership:
    """联络员更换: one person's role passes to another at once, so that the unit is never without."""
    require(may_administer_accounts(actor, membership.government))
    if to.pk == membership.account_id:
        raise InvalidInput("请选择另一个人接手。", {"to": "同一人"})
    if not to.is_active:
        raise InvalidInput(f"{to.name}的账号已锁定，请先解锁。", {"to": "已锁定"})
    end_membership(membership=membership, actor=actor, now=now)
    taken = appoint(
        account=to,
        role=Role(membership.role),
        government=membership.government,
        unit=membership.unit,
        is_deputy=membership.is_deputy,
        actor=actor,
        now=now,
    )
    record(
        actor=actor,
        now=now,
        action="hand_over",
        target=membership.account,
        before={"by": membership.account.name, "role": membership.role, "unit": str(membership.unit or "")},
        after={"to": to.name},
    )
    return taken
