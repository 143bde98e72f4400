"""Who may change the register."""

from duixian.audit.actors import Actor
from duixian.register.models import Part, Plan, Task
from duixian.units.models import Government
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
