"""Founding governments and units, and giving people their roles."""

from datetime import date, datetime

from duixian.audit.actors import Actor, SystemActor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.units.enums import GovernmentLevel, Role, UnitKind
from duixian.units.models import Account, CalendarException, Government, Membership, Unit, UnitAlias, UnitGroup
from duixian.units.naming import is_county_group
from duixian.units.queries import directory_of
from duixian.units.rules import may_administer_accounts, may_keep_units, require


@command
def create_government(
    *,
    name: str,
    level: GovernmentLevel,
    office_name: str,
    actor: Actor,
    now: datetime,
    parent: Government | None = None,
    is_simulated: bool = False,
) -> Government:
    """Found a government. Only the system does (command line at set-up)."""
    require(isinstance(actor, SystemActor))
    if Government.objects.filter(name=name).exists():
        raise InvalidInput(f"已有名为“{name}”的政府。", {"name": "重名"})
    government = Government.objects.create(
        name=name, level=level, parent=parent, office_name=office_name, is_simulated=is_simulated
    )
    record(
        actor=actor,
        now=now,
        action="create_government",
        target=government,
        after={"name": name, "level": level, "office_name": office_name, "is_simulated": is_simulated},
    )
    return government


@command
def create_unit(
    *,
    government: Government,
    name: str,
    actor: Actor,
    now: datetime,
    kind: UnitKind = UnitKind.DEPARTMENT,
    full_name: str = "",
    aliases: tuple[str, ...] = (),
    governs: Government | None = None,
) -> Unit:
    """Add a unit with its other names. A name that already means a unit of this government is refused."""
    require(may_keep_units(actor, government))
    _check_name(name)
    directory = directory_of(government)
    for text in filter(None, (name, full_name, *aliases)):
        known = directory.find(text)
        if known is not None:
            raise InvalidInput(f"“{text}”就是已登记的“{known}”，不能重复登记。", {"name": "重名"})
    unit = Unit.objects.create(
        government=government,
        name=name,
        full_name=full_name,
        kind=kind,
        governs=governs,
        order=government.units.count() + 1,
    )
    for text in dict.fromkeys(a for a in aliases if a not in (name, full_name)):
        UnitAlias.objects.create(unit=unit, government=government, text=text)
    record(
        actor=actor,
        now=now,
        action="create_unit",
        target=unit,
        after={"name": name, "full_name": full_name, "kind": kind, "aliases": list(aliases)},
    )
    return unit


def _check_name(name: str) -> None:
    longest = Unit._meta.get_field("name").max_length or 0
    if not name.strip():
        raise InvalidInput("名称不能为空。", {"name": "必填"})
    if len(name) > longest:
        raise InvalidInput(
            f"名称“{name[:20]}…”过长，最多{longest}字。请核对是不是几个单位连在了一起。", {"name": "过长"}
        )


@command
def add_alias(*, unit: Unit, text: str, actor: Actor, now: datetime) -> UnitAlias:
    """Let a unit go by one more name."""
    require(may_keep_units(actor, unit.government))
    _check_name(text)
    directory = directory_of(unit.government)
    known = directory.find(text)
    # a name that so far only resembles the unit's own may be written down; anybody else's may not
    if known is not None and (known != unit or text in directory.units):
        raise InvalidInput(f"“{text}”已是“{known}”的名称。", {"text": "重名"})
    alias = UnitAlias.objects.create(unit=unit, government=unit.government, text=text)
    record(actor=actor, now=now, action="add_alias", target=unit, after={"alias": text})
    return alias


@command
def create_group(
    *, government: Government, name: str, actor: Actor, now: datetime, members: tuple[Unit, ...] = ()
) -> UnitGroup:
    """Name a group of units. A group of all counties follows the counties; any other lists its members."""
    require(may_keep_units(actor, government))
    _check_name(name)
    if directory_of(government).find(name) is not None:
        raise InvalidInput(f"已有名为“{name}”的单位或单位组。", {"name": "重名"})
    if any(member.government_id != government.pk for member in members):
        raise InvalidInput(f"单位组的成员须是{government.name}的单位。", {"members": "不属本级"})
    group = UnitGroup.objects.create(
        government=government, name=name, is_all_counties=is_county_group(name) and not members
    )
    group.listed.set(members)
    record(
        actor=actor,
        now=now,
        action="create_group",
        target=group,
        after={"name": name, "members": [str(m) for m in members]},
    )
    return group


@command
def create_account(
    *,
    username: str,
    name: str,
    password: str,
    government: Government,
    actor: Actor,
    now: datetime,
    post: str = "",
    must_change_password: bool = True,
) -> Account:
    """Open an account; its roles come by `appoint`."""
    require(may_administer_accounts(actor, government))
    if not username.strip() or not name.strip():
        raise InvalidInput("账号和姓名都要填写。", {"username": "必填", "name": "必填"})
    if Account.objects.filter(username=username).exists():
        raise InvalidInput(f"账号“{username}”已有人使用，请换一个。", {"username": "已被使用"})
    account = Account(username=username, name=name, post=post, must_change_password=must_change_password)
    account.set_password(password)
    account.save()
    record(
        actor=actor,
        now=now,
        action="create_account",
        target=account,
        after={"username": username, "name": name, "post": post},
    )
    return account


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


@command
def change_password(*, account: Account, password: str, actor: Actor, now: datetime) -> Account:
    """Set a new password: one's own, or another's by the security administrator (who then forces a change).

    Of somebody who works for several governments only whoever administers them all: a county's administrator must not
    come by a city leader's account.
    """
    is_own = isinstance(actor, Account) and actor.pk == account.pk
    governments = [m.government for m in account.memberships.filter(ended_at=None).select_related("government")]
    administers = bool(governments) and all(may_administer_accounts(actor, g) for g in governments)
    require(is_own or isinstance(actor, SystemActor) or administers)
    account.set_password(password)
    account.must_change_password = not is_own
    account.save(update_fields=["password", "must_change_password"])
    record(actor=actor, now=now, action="change_password", target=account)
    return account


@command
def set_calendar_exception(
    *, on: date, is_working: bool, note: str, government: Government, actor: Actor, now: datetime
) -> CalendarException:
    """Enter a 调休 day."""
    require(may_keep_units(actor, government))
    exception, _ = CalendarException.objects.update_or_create(on=on, defaults={"is_working": is_working, "note": note})
    record(
        actor=actor,
        now=now,
        action="set_calendar_exception",
        target=exception,
        after={"on": on, "is_working": is_working, "note": note},
    )
    return exception
