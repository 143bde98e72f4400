"""Who may do what to a month's report."""

from datetime import date

from duixian.audit.actors import Actor
from duixian.register.models import Plan, Task
from duixian.register.rules import may_decide
from duixian.reporting.models import JobRun, Report
from duixian.units.enums import OFFICE_ROLES, Role
from duixian.units.models import Account, Government, Unit
from duixian.units.rules import has_role, is_liaison, is_office, is_unit_head, signs_for


def may_fill(actor: Actor, task: Task) -> bool:
    """The liaison of the unit that reports; a head may fill in too."""
    return is_liaison(actor, task.reporting_unit) or is_unit_head(actor, task.reporting_unit)


def may_fill_unit(actor: Actor, unit: Unit) -> bool:
    """The same for a unit's whole month at once."""
    return is_liaison(actor, unit) or is_unit_head(actor, unit)


def may_sign(actor: Actor, unit: Unit, on: date) -> bool:
    """The unit's head, whose signature submits; or whom the head lets sign on that day."""
    return signs_for(actor, unit, on)


def may_review(actor: Actor, report: Report) -> bool:
    """The office of the government that owns the plan; nobody reviews a report of a unit of their own."""
    own = is_liaison(actor, report.unit) or is_unit_head(actor, report.unit)
    return is_office(actor, report.task.plan.government) and not own


def may_answer_correction(actor: Actor, report: Report) -> bool:
    """The liaison or the head of the unit whose figure it is."""
    return is_liaison(actor, report.unit) or is_unit_head(actor, report.unit)


def may_run_rounds(actor: Actor, plan: Plan) -> bool:
    """Opening and locking a month is the office's."""
    return is_office(actor, plan.government)


def may_override(actor: Actor, plan: Plan) -> bool:
    """A person's word in place of a computed grade is the office's."""
    return is_office(actor, plan.government)


def may_regrade(actor: Actor, plan: Plan) -> bool:
    """Grading again follows a decision: of whoever decides on the plan, or a leader's on an amendment."""
    return may_decide(actor, plan) or has_role(actor, plan.government, Role.LEADER)


def may_watch_jobs(actor: Actor, government: Government | None) -> bool:
    """Background work is watched by the office whose plan it is for, and by the system administrator.

    What is for the whole installation (`government` is None) is watched by either.
    """
    if government is not None:
        return is_office(actor, government) or has_role(actor, government, Role.SYSTEM_ADMIN)
    watching = (*OFFICE_ROLES, Role.SYSTEM_ADMIN)
    return isinstance(actor, Account) and any(m.role in watching for m in actor.current_memberships)


def may_retry(actor: Actor, run: JobRun) -> bool:
    """Whoever may watch a run may have it tried again."""
    return may_watch_jobs(actor, run.plan.government if run.plan else None)
