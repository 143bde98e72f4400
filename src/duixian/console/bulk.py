"""What the office may do to many tasks of the register at once."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from duixian.audit.command import InvalidInput
from duixian.console.shell import Shell
from duixian.register.commands import entrust_tasks, sponsor_tasks
from duixian.register.commands.bulk import MOST_TASKS, Bulk
from duixian.register.models import Plan, Task
from duixian.register.rules import may_decide
from duixian.units.enums import Role
from duixian.units.models import Account, TaskForce

# refusals named one by one in the answer; the rest is counted
NAMED = 12


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act: the field that names whom, and whom one may name."""

    name: str
    label: str
    button: str
    choices: list[tuple[int, str]]


def leaders_of(plan: Plan) -> QuerySet[Account]:
    """The leaders of the plan's government."""
    leads = Q(memberships__role=Role.LEADER, memberships__government=plan.government, memberships__ended_at=None)
    return Account.objects.filter(leads, is_active=True).distinct().order_by("pk")


def forces_of(plan: Plan) -> QuerySet[TaskForce]:
    """The task forces that work now."""
    return TaskForce.objects.filter(government=plan.government_id, ended_on=None)


def bulk_acts(shell: Shell, plan: Plan) -> list[BulkAct]:
    """The acts this person may do; none for whoever is not of the office."""
    if not may_decide(shell.account, plan):
        return []
    leaders = [(leader.pk, f"{leader.name} {leader.post}".strip()) for leader in leaders_of(plan)]
    forces = [(force.pk, force.name) for force in forces_of(plan)]
    acts = [
        BulkAct("sponsor", _("包联领导"), _("增加包联"), leaders),
        BulkAct("force", _("专班"), _("交专班承担"), forces),
    ]
    return [act for act in acts if act.choices]


def act_on(tasks: QuerySet[Task], name: str, whom: str, shell: Shell, plan: Plan) -> Bulk:
    """Do the act to the tasks. Raises InvalidInput for an act or a person that was not offered."""
    act = next((a for a in bulk_acts(shell, plan) if a.name == name), None)
    if act is None or whom not in {str(pk) for pk, _label in act.choices}:
        raise InvalidInput(_("请选定办理的事项和对象。"))
    chosen = list(tasks.select_related("plan__government")[: MOST_TASKS + 1])
    if name == "sponsor":
        leader = leaders_of(plan).get(pk=whom)
        return sponsor_tasks(tasks=chosen, leader=leader, actor=shell.account, now=shell.now)
    return entrust_tasks(tasks=chosen, task_force=forces_of(plan).get(pk=whom), actor=shell.account, now=shell.now)


def told(bulk: Bulk) -> str:
    """已办理12项；3项未办：第3项已由…包联."""
    done = _("已办理%(n)s项。") % {"n": len(bulk.done)}
    if not bulk.refused:
        return done
    named = "；".join(f"{task}{why}" for task, why in bulk.refused[:NAMED])
    rest = _("等") if len(bulk.refused) > NAMED else ""
    return done + _("%(n)s项未办：%(named)s%(rest)s。") % {"n": len(bulk.refused), "named": named, "rest": rest}
