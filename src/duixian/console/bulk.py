"""What the office may do to many tasks of the register at once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from duixian.audit.command import InvalidInput
from duixian.console.shell import Shell
from duixian.register.commands import assign_tasks, entrust_tasks, sponsor_tasks
from duixian.register.commands._bulk import MOST_TASKS, Bulk
from duixian.register.models import Plan, Task
from duixian.reporting.commands import reassign_tasks
from duixian.units.enums import Role
from duixian.units.models import Account, TaskForce, Unit
from duixian.units.rules import is_office

# refusals named one by one in the answer; the rest is counted
NAMED = 12


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act: the field that names whom, whom one may name, and whether it wants a reason."""

    name: str
    label: str
    button: str
    choices: list[tuple[int, str]]
    needs_note: bool = False


def leaders_of(plan: Plan) -> QuerySet[Account]:
    """The leaders of the plan's government."""
    leads = Q(memberships__role=Role.LEADER, memberships__government=plan.government, memberships__ended_at=None)
    return Account.objects.filter(leads, is_active=True).distinct().order_by("pk")


def forces_of(plan: Plan) -> QuerySet[TaskForce]:
    """The task forces that work now."""
    return TaskForce.objects.filter(government=plan.government_id, ended_on=None)


def units_of(plan: Plan) -> QuerySet[Unit]:
    """The units that may report."""
    return Unit.objects.filter(government=plan.government_id, is_active=True).order_by("order", "pk")


def bulk_acts(shell: Shell, plan: Plan) -> list[BulkAct]:
    """The acts this person may do; none for whoever is not of the office."""
    if not is_office(shell.account, plan.government):
        return []
    leaders = [(leader.pk, f"{leader.name} {leader.post}".strip()) for leader in leaders_of(plan)]
    forces = [(force.pk, force.name) for force in forces_of(plan)]
    units = [(unit.pk, unit.name) for unit in units_of(plan)]
    acts = [
        BulkAct("hand_out", _("交办"), _("交办"), [(0, _("各项的填报单位"))]),
        BulkAct("unit", _("填报单位"), _("改派"), units, needs_note=True),
        BulkAct("sponsor", _("包联领导"), _("增加包联"), leaders),
        BulkAct("force", _("专班"), _("交专班承担"), forces),
    ]
    return [act for act in acts if act.choices]


def act_on(tasks: QuerySet[Task], name: str, whom: str, note: str, shell: Shell, plan: Plan) -> Bulk:
    """Do the act to the tasks. Raises InvalidInput for an act or a person that was not offered."""
    act = next((a for a in bulk_acts(shell, plan) if a.name == name), None)
    if act is None or whom not in {str(pk) for pk, _label in act.choices}:
        raise InvalidInput(_("请选定办理的事项和对象。"))
    chosen = list(tasks.select_related("plan__government")[: MOST_TASKS + 1])
    who: dict[str, Any] = {"actor": shell.account, "now": shell.now}
    if name == "hand_out":
        return _hand_out(chosen, plan, shell)
    if name == "unit":
        return reassign_tasks(tasks=chosen, unit=units_of(plan).get(pk=whom), note=note, **who)
    if name == "sponsor":
        return sponsor_tasks(tasks=chosen, leader=leaders_of(plan).get(pk=whom), **who)
    return entrust_tasks(tasks=chosen, task_force=forces_of(plan).get(pk=whom), **who)


def _hand_out(tasks: list[Task], plan: Plan, shell: Shell) -> Bulk:
    """交办, by its own command: what is handed out already stays so."""
    if not 0 < len(tasks) <= MOST_TASKS:
        raise InvalidInput(_("请选中任务，一次最多%(n)s项。") % {"n": MOST_TASKS})
    done = {a.task_id for a in assign_tasks(plan=plan, tasks=tasks, actor=shell.account, now=shell.now)}
    bulk = Bulk()
    for task in tasks:
        if task.pk in done:
            bulk.done.append(task)
        else:
            bulk.refused.append((task, _("已经交办")))
    return bulk


def told(bulk: Bulk) -> str:
    """已办理12项；3项未办：第3项已由…包联."""
    done = _("已办理%(n)s项。") % {"n": len(bulk.done)}
    if not bulk.refused:
        return done
    named = "；".join(f"{task}{why}" for task, why in bulk.refused[:NAMED])
    rest = _("等") if len(bulk.refused) > NAMED else ""
    return done + _("%(n)s项未办：%(named)s%(rest)s。") % {"n": len(bulk.refused), "named": named, "rest": rest}
