"""Who may change the register."""

from collections.abc import Collection, Mapping
from datetime import date

from duixian.audit.actors import Actor
from duixian.register.enums import AmendmentState
from duixian.register.models import Assignment, ExtensionRequest, Part, Plan, SavedView, TargetAdjustment, Task
from duixian.units.enums import ADMIN_ROLES, OFFICE_ROLES, LeadershipKind, Role
from duixian.units.models import Account, Government, Unit
from duixian.units.queries import leaderships_on
from duixian.units.rules import counties_kept, has_role, is_liaison, is_office, is_unit_head, keeps_county

Amendments = TargetAdjustment | ExtensionRequest
Duties = Assignment | Part
InCharge = Mapping[int, Collection[str]]


def may_adopt(actor: Actor, government: Government) -> bool:
    """Adopting a list is the office's act; a county's own, its people's."""
    return is_office(actor, government) or keeps_county(actor, government)


def reads_imports(account: Account) -> bool:
    """Whether there are documents under review for this person: the office's, the auditor's, a county's people's."""
    reading = (*OFFICE_ROLES, Role.AUDITOR)
    return any(m.role in reading for m in account.current_memberships) or bool(counties_kept(account))


def may_decide(actor: Actor, plan: Plan) -> bool:
    """Handing out tasks, approving what units file, defining targets and setting thresholds."""
    return is_office(actor, plan.government) or keeps_county(actor, plan.government)


def may_file(actor: Actor, task: Task) -> bool:
    """Plans, nodes, parts and wishes come from the unit that reports; the office may file on its behalf."""
    return acts_for(actor, task.reporting_unit) or may_decide(actor, task.plan)


def may_save_view(actor: Actor, plan: Plan, *, is_shared: bool) -> bool:
    """Whoever works with the register keeps views; an auditor changes nothing. Only the office shares them."""
    if not isinstance(actor, Account):
        return False
    if is_shared:
        return may_decide(actor, plan)
    works = any(m.role not in (*ADMIN_ROLES, Role.AUDITOR) for m in actor.current_memberships)
    return works and Task.objects.visible_to(actor).filter(plan=plan).exists()


def may_delete_view(actor: Actor, view: SavedView) -> bool:
    """One's own; the office also what is shared."""
    is_own = isinstance(actor, Account) and actor.pk == view.account_id
    return is_own or (view.is_shared and may_decide(actor, view.plan))


def acts_for(actor: Actor, unit: Unit) -> bool:
    """The unit's liaison or head."""
    return is_liaison(actor, unit) or is_unit_head(actor, unit)


def may_answer_duty(actor: Actor, duty: Duties) -> bool:
    """The unit that was given it."""
    return acts_for(actor, duty.unit)


def may_decide_duty(actor: Actor, duty: Duties) -> bool:
    """The office on a task it handed out; on a part also the lead that divided the task."""
    return may_file(actor, duty.task) if isinstance(duty, Part) else may_decide(actor, duty.task.plan)


def may_endorse(actor: Actor, amendment: Amendments) -> bool:
    """The first step is the office's."""
    return may_decide(actor, amendment.task.plan)


def may_approve_amendment(actor: Actor, amendment: Amendments, in_charge: InCharge) -> bool:
    """The second step: the leader in charge, or the office's head where so set; never whoever took the first.

    A unit no leader is in charge of is anybody's who leads the government.
    """
    plan = amendment.task.plan
    if actor.audit_id == amendment.endorsed_by_id:
        return False
    if not plan.rules().leader_approves_amendments:
        return has_role(actor, plan.government, Role.OFFICE_HEAD)
    leaders = in_charge.get(amendment.task.reporting_unit_id)
    return has_role(actor, plan.government, Role.LEADER) and (not leaders or actor.audit_id in leaders)


def may_refuse_amendment(actor: Actor, amendment: Amendments, in_charge: InCharge) -> bool:
    """Whoever's step it is."""
    if AmendmentState(amendment.state).may_endorse:
        return may_endorse(actor, amendment)
    return may_approve_amendment(actor, amendment, in_charge)


def in_charge_on(government: Government, day: date) -> InCharge:
    """Unit id -> the leaders (as the trail knows them) in charge of it on a day."""
    found: dict[int, set[str]] = {}
    for row in leaderships_on(government, day).filter(kind=LeadershipKind.IN_CHARGE):
        found.setdefault(row.unit_id, set()).add(row.account.audit_id)
    return found
