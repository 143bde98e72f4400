"""Every decision that takes one button and at most a note: duties, what units filed, amendments.

The pages that show them post here and are shown again; a refusal is told on a page of its own with what was written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duixian.console.access import back_or, only_for, plan_or_404, signed_in
from duixian.console.numbers import whole_number
from duixian.console.shell import Shell, the_shell
from duixian.register import commands
from duixian.register.duties import assignments_of, parts_of
from duixian.register.enums import AssignmentState
from duixian.register.models import Assignment, ExtensionRequest, MonthlyPlan, Plan, TargetAdjustment, Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.rules import Amendments, Duties
from duixian.reporting.commands import reassign_task, regrade_tasks
from duixian.units.models import Unit


@dataclass(frozen=True, slots=True)
class Act:
    """What was pressed: by whom, on which of the tasks one sees."""

    request: HttpRequest
    shell: Shell
    plan: Plan

    @property
    def by(self) -> dict[str, Any]:
        """Who and when, as commands want it."""
        return {"actor": self.shell.account, "now": self.shell.now}

    @property
    def note(self) -> str:
        """The note as written."""
        return self.request.POST.get("note", "")

    @property
    def tasks(self) -> TaskQuerySet:
        """What the person sees of this plan."""
        return Task.objects.visible_to(self.shell.account).filter(plan=self.plan)

    def pk(self, name: str) -> int:
        """A number of the form; anything else is not found."""
        given = whole_number(self.request.POST.get(name, ""))
        only_for(given is not None)
        assert given is not None
        return given

    def task(self) -> Task:
        """The task meant."""
        return get_object_or_404(self.tasks.select_related("plan__government", "reporting_unit"), pk=self.pk("task"))

    def duty(self, ref: str = "") -> Duties:
        """The assignment or part meant: assignment-3, part-5."""
        kind, _dash, pk = (ref or self.request.POST.get("duty", "")).partition("-")
        only_for(kind in ("assignment", "part") and whole_number(pk) is not None)
        if kind == "part":
            return get_object_or_404(parts_of(self.tasks), pk=pk)
        return get_object_or_404(assignments_of(self.tasks), pk=pk)

    def amendment(self) -> Amendments:
        """The wish meant: adjustment-3, extension-5."""
        kind, _dash, pk = self.request.POST.get("amendment", "").partition("-")
        only_for(kind in ("adjustment", "extension") and whole_number(pk) is not None)
        if kind == "adjustment":
            return get_object_or_404(TargetAdjustment.objects.filter(task__in=self.tasks), pk=pk)
        return get_object_or_404(ExtensionRequest.objects.filter(task__in=self.tasks), pk=pk)

    def monthly_plan(self) -> MonthlyPlan:
        """The filed plan meant."""
        return get_object_or_404(MonthlyPlan.objects.filter(target__task__in=self.tasks), pk=self.pk("monthly_plan"))

    def unit(self) -> Unit | None:
        """The unit chosen, None where none was."""
        given = whole_number(self.request.POST.get("unit", ""))
        return None if given is None else get_object_or_404(Unit, government=self.plan.government, pk=given)

    def regrade(self, task: Task) -> None:
        """The light follows at once."""
        regrade_tasks(tasks=[task], actor=self.shell.account, now=self.shell.now)


@signed_in
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Carry out what was pressed, and back to the page it was pressed on."""
    shell = the_shell(request)
    act = ACTS.get(request.POST.get("act", ""))
    only_for(act is not None)
    assert act is not None
    with transaction.atomic():
        said = act(Act(request, shell, plan_or_404(shell)))
    messages.success(request, said)
    return redirect(back_or(request, "to-do"))


def _assign_all(act: Act) -> str:
    found = commands.assign_tasks(plan=act.plan, **act.by)
    return _("已交办%(n)s项，等各单位签收。") % {"n": len(found)}


def _acknowledge(act: Act) -> str:
    refs = act.request.POST.getlist("duty")
    names: dict[str, Any] = {name: act.request.POST.get(name, "") for name in ("accountable_person", "liaison_name")}
    count = commands.acknowledge_duties(duties=[act.duty(ref) for ref in refs], **names, **act.by)
    return _("已签收%(n)s项。") % {"n": count}


def _object(act: Act) -> str:
    duty, unit = act.duty(), act.unit()
    state = AssignmentState.TRANSFER_ASKED if unit else AssignmentState.DISPUTED
    commands.object_to_duty(duty=duty, state=state, note=act.note, wanted_unit=unit, **act.by)
    return _("已提出，等决定：%(duty)s。") % {"duty": duty}


def _keep(act: Act) -> str:
    duty = act.duty()
    commands.keep_duty(duty=duty, note=act.note, **act.by)
    return _("已维持，请%(unit)s签收。") % {"unit": duty.unit}


def _release(act: Act) -> str:
    duty, unit = act.duty(), act.unit()
    if isinstance(duty, Assignment) and unit is not None:
        reassign_task(assignment=duty, unit=unit, note=act.note, **act.by)
    else:
        commands.release_duty(duty=duty, unit=unit, note=act.note, **act.by)
    if unit is None:
        return _("已收回%(unit)s的分工。") % {"unit": duty.unit}
    return _("已由%(old)s改派%(new)s，请其签收。") % {"old": duty.unit, "new": unit}


def _approve_plan(act: Act) -> str:
    plan = commands.approve_monthly_plan(monthly_plan=act.monthly_plan(), **act.by)
    act.regrade(plan.target.task)
    return _("已批准%(task)s的分月计划，亮灯已按新计划评定。") % {"task": plan.target.task}


def _send_back_plan(act: Act) -> str:
    plan = commands.send_back_monthly_plan(monthly_plan=act.monthly_plan(), note=act.note, **act.by)
    return _("已退回%(task)s的分月计划。") % {"task": plan.target.task}


def _approve_nodes(act: Act) -> str:
    task = act.task()
    count = commands.approve_milestones(task=task, **act.by)
    act.regrade(task)
    return _("已批准%(task)s的%(n)s个节点。") % {"task": task, "n": count}


def _send_back_nodes(act: Act) -> str:
    task = act.task()
    count = commands.send_back_milestones(task=task, note=act.note, **act.by)
    return _("已退回%(task)s的%(n)s个节点。") % {"task": task, "n": count}


def _endorse(act: Act) -> str:
    found = commands.endorse_amendment(amendment=act.amendment(), note=act.note, **act.by)
    return _("%(what)s已审核同意，等批准。") % {"what": found}


def _approve(act: Act) -> str:
    found = commands.approve_amendment(amendment=act.amendment(), note=act.note, **act.by)
    act.regrade(found.task)
    return _("%(what)s已批准，原定与调整后的并列显示。") % {"what": found}


def _refuse(act: Act) -> str:
    found = commands.refuse_amendment(amendment=act.amendment(), note=act.note, **act.by)
    return _("%(what)s未批准，已告知单位。") % {"what": found}


def _withdraw(act: Act) -> str:
    found = commands.withdraw_amendment(amendment=act.amendment(), note=act.note, **act.by)
    return _("%(what)s已撤回。") % {"what": found}


ACTS: dict[str, Callable[[Act], str]] = {
    "assign-all": _assign_all,
    "acknowledge": _acknowledge,
    "object": _object,
    "keep": _keep,
    "release": _release,
    "approve-plan": _approve_plan,
    "send-back-plan": _send_back_plan,
    "approve-nodes": _approve_nodes,
    "send-back-nodes": _send_back_nodes,
    "endorse": _endorse,
    "approve": _approve,
    "refuse": _refuse,
    "withdraw": _withdraw,
}
