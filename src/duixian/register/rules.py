"""Who may change the register."""

from duixian.audit.actors import Actor
from duixian.register.models import Part, Plan, SavedView, Task
from duixian.units.enums import ADMIN_ROLES, Role
from duixian.units.models import Account, Government
from duixian.units.rules import is_liaison, is_office, is_unit_head


def may_adopt(actor: Actor, government: Government) -> bool:
    """Adopting a list is the office's act."""
    return is_office(actor, government)


def may_decide(actor: Actor, plan: Plan) -> bool:
    """Approving what units file, and setting thresholds."""
    return is_office(actor, plan.government)


def may_file(actor: Actor, task: Task) -> bool:
    """Plans and nodes are filed by the unit that reports; the office may file on its behalf."""
    unit = task.reporting_unit
    return is_liaison(actor, unit) or is_unit_head(actor, unit) or is_office(actor, task.plan.government)


def may_answer_part(actor: Actor, part: Part) -> bool:
    """The unit that was given the part."""
    return is_liaison(actor, part.unit) or is_unit_head(actor, part.unit)


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
