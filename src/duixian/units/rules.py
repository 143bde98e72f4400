"""Who may, as far as it hangs on people and units alone."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from duixian.audit.actors import Actor, SystemActor
from duixian.audit.command import NotAllowed
from duixian.units.enums import ADMIN_ROLES, OFFICE_ROLES, Role
from duixian.units.models import Account, Delegation, Government, Membership, Unit

APART = frozenset({Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})


def require(allowed: bool, message: str = "您没有办理此事的权限。") -> None:
    """Raise NotAllowed unless `allowed`."""
    if not allowed:
        raise NotAllowed(message)


def has_role(actor: Actor, government: Government, *roles: Role) -> bool:
    """Whether the person holds one of the roles for this government or for one above it."""
    if not isinstance(actor, Account):
        return False
    line = _with_those_above(government)
    return any(m.role in roles and m.government_id in line for m in actor.current_memberships)


def is_office(actor: Actor, government: Government) -> bool:
    """The supervision office of this government; the system's own work counts as the office's."""
    return isinstance(actor, SystemActor) or has_role(actor, government, *OFFICE_ROLES)


def is_liaison(actor: Actor, unit: Unit) -> bool:
    """Fills in for this unit."""
    return _acts_for(actor, unit, Role.LIAISON)


def is_unit_head(actor: Actor, unit: Unit) -> bool:
    """Signs off for this unit."""
    return _acts_for(actor, unit, Role.UNIT_HEAD)


def works_for(actor: Actor, unit: Unit) -> bool:
    """Is one of the unit's own people, in whatever role."""
    return isinstance(actor, Account) and unit.pk in own_units(actor)


def delegation_of(actor: Actor, unit: Unit, on: date) -> Delegation | None:
    """The delegation by which a person who is not the unit's head signs for it on a day."""
    if not isinstance(actor, Account) or is_unit_head(actor, unit):
        return None
    held = (d for d in actor.delegations_in_hand if d.unit_id == unit.pk and d.is_in_force(on))
    # whoever left the unit, or whose head did, signs no more
    return next((d for d in held if works_for(actor, unit) and is_unit_head(d.head, unit)), None)


def signs_for(actor: Actor, unit: Unit, on: date) -> bool:
    """The unit's head, or whom the head lets sign on that day."""
    return is_unit_head(actor, unit) or delegation_of(actor, unit, on) is not None


def may_administer_accounts(actor: Actor, government: Government) -> bool:
    """Accounts and roles are the security administrator's (三员分立); the system founds the first ones."""
    return isinstance(actor, SystemActor) or has_role(actor, government, Role.SECURITY_ADMIN)


def may_administer_person(actor: Actor, account: Account) -> bool:
    """Whoever administers all governments a person works for, or worked for last; others reach nobody."""
    governments = [m.government for m in account.current_memberships]
    governments = governments or [m.government for m in account.memberships.select_related("government")]
    if isinstance(actor, SystemActor):
        return True
    return bool(governments) and all(may_administer_accounts(actor, g) for g in governments)


def people_administered(government: Government) -> QuerySet[Account]:
    """Who works for the government, and who works nowhere now and worked nowhere else before."""
    everything = Membership.objects.filter(account=OuterRef("pk"))
    in_force = everything.filter(ended_at=None)
    idle = ~Exists(in_force) & ~Exists(everything.exclude(government=government))
    return Account.objects.filter(Exists(in_force.filter(government=government)) | idle)


def duties_clash(held: Iterable[Role], role: Role) -> bool:
    """三员分立: whoever administers may not audit, and neither may hold any other role."""
    others = set(held) - {role}
    return (role in APART and bool(others)) or bool(others & APART)


def keeps_county(actor: Actor, government: Government) -> bool:
    """The people by whom a county reports to its city keep the plan and the units of the county's own government."""
    return isinstance(actor, Account) and government.pk in counties_kept(actor)


def counties_kept(account: Account) -> list[int]:
    """Ids of the county governments whose plans this person keeps."""
    units = [m.unit for m in account.current_memberships if m.unit is not None]
    return [unit.governs_id for unit in units if unit.governs_id is not None]


def may_keep_units(actor: Actor, government: Government) -> bool:
    """Units and groups: the office, which knows them, and the system administrator; a county's own, its people."""
    is_keeper = is_office(actor, government) or keeps_county(actor, government)
    return is_keeper or has_role(actor, government, Role.SYSTEM_ADMIN)


def may_read_units(actor: Actor, government: Government) -> bool:
    """Units with their people: whoever keeps them, administers them, leads or audits."""
    readers = (*OFFICE_ROLES, *ADMIN_ROLES, Role.LEADER, Role.AUDITOR)
    is_reader = isinstance(actor, SystemActor) or has_role(actor, government, *readers)
    return is_reader or keeps_county(actor, government)


def may_read_audit(actor: Actor) -> bool:
    """The trail is one chain for the whole installation: read by the auditors of a government nobody stands above."""
    if not isinstance(actor, Account):
        return False
    return any(m.role == Role.AUDITOR and m.government.parent_id is None for m in actor.current_memberships)


def may_see_everything(account: Account) -> list[int]:
    """Ids of the governments whose register this person sees whole; a county's people see their county's."""
    seeing = (*OFFICE_ROLES, Role.LEADER, Role.AUDITOR)
    whole = [m.government_id for m in account.current_memberships if m.role in seeing]
    return [*whole, *counties_kept(account)]


def sees_whole(account: Account, government: Government) -> bool:
    """Whether the person sees the whole register of this government, as its own or as the city's above it."""
    whole = may_see_everything(account)
    return government.pk in whole or government.parent_id in whole


def own_units(account: Account) -> list[int]:
    """Ids of the units this person fills in or signs for."""
    return [m.unit_id for m in account.current_memberships if m.unit_id is not None]


def _acts_for(actor: Actor, unit: Unit, role: Role) -> bool:
    if not isinstance(actor, Account):
        return False
    return any(m.role == role and m.unit_id == unit.pk for m in actor.current_memberships)


def _with_those_above(government: Government | None) -> set[int]:
    line = set()
    while government is not None:
        line.add(government.pk)
        government = government.parent
    return line
