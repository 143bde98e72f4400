"""Who may change the ledger."""

from duixian.audit.actors import Actor
from duixian.projects.models import Project
from duixian.units.models import Government, Unit
from duixian.units.rules import is_liaison, is_office, is_unit_head


def may_keep_ledger(actor: Actor, government: Government) -> bool:
    """Entering projects, linking them with promises, taking them out: the office."""
    return is_office(actor, government)


def may_tell(actor: Actor, project: Project) -> bool:
    """Progress is told by the unit that follows the project, by its county, or by the office."""
    if is_office(actor, project.government):
        return True
    return any(acts_for(actor, unit) for unit in (project.lead_unit, project.county) if unit is not None)


def acts_for(actor: Actor, unit: Unit) -> bool:
    """Whether the person fills in or signs for the unit."""
    return is_liaison(actor, unit) or is_unit_head(actor, unit)
