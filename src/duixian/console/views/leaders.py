"""领导分工 and 专班: which leader answers for which unit, which task force carries which tasks."""

import re

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from duixian.audit.command import CommandError, InvalidInput
from duixian.console.access import only_for, signed_in
from duixian.console.forms import tell
from duixian.console.shell import Shell, the_shell
from duixian.console.unitforms import LeadershipForm, TaskForceForm
from duixian.console.views.units import government_of
from duixian.register.commands import set_force_tasks
from duixian.register.models import Task, TaskForceTask
from duixian.units.commands import (
    change_task_force,
    create_task_force,
    dissolve_task_force,
    end_leadership,
    put_in_charge,
)
from duixian.units.enums import LeadershipKind, Role
from duixian.units.models import Account, Government, Leadership, TaskForce
from duixian.units.queries import leaderships_on
from duixian.units.rules import is_office, may_keep_units, may_read_units

NUMBERS = re.compile(r"[\s、，,；;]+")


@signed_in
def leaders(request: HttpRequest) -> HttpResponse:
    """Leaders with the units in their charge and those they sponsor; units nobody answers for."""
    shell = the_shell(request)
    government = government_of(shell)
    may_keep = may_keep_units(shell.account, government)
    form = LeadershipForm(request.POST if request.POST.get("act") == "add" else None, government=government)
    if request.method == "POST":
        only_for(may_keep)
        if _act_on_leader(form, request, shell, government):
            return redirect("leaders")
    in_force = list(leaderships_on(government, shell.today).order_by("unit__order", "unit"))
    held = {"memberships__role": Role.LEADER, "memberships__government": government, "memberships__ended_at": None}
    led = {one.unit_id for one in in_force if one.kind == LeadershipKind.IN_CHARGE}
    context = {
        "government": government,
        "rows": [_leader_row(leader, in_force) for leader in Account.objects.filter(**held).distinct()],
        "unled": government.units.filter(is_active=True).exclude(pk__in=led) if led else [],
        "form": form,
        "may_keep": may_keep,
    }
    return render(request, "console/leaders.html", context, status=422 if form.errors else 200)


def _leader_row(leader: Account, in_force: list[Leadership]) -> tuple[Account, list[Leadership], list[Leadership]]:
    own = [one for one in in_force if one.account_id == leader.pk]
    kinds = (LeadershipKind.IN_CHARGE, LeadershipKind.SPONSOR)
    first, second = ([one for one in own if one.kind == kind] for kind in kinds)
    return leader, first, second


def _act_on_leader(form: LeadershipForm, request: HttpRequest, shell: Shell, government: Government) -> bool:
    if request.POST.get("act") == "end":
        wanted = request.POST.get("leadership", "")
        only_for(wanted.isdecimal() and len(wanted) < 12)
        ending = get_object_or_404(Leadership, pk=wanted, unit__government=government)
        end_leadership(leadership=ending, actor=shell.account, now=shell.now)
        messages.success(request, _("分工已结束，历史保留。"))
        return True
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        put_in_charge(
            account=said["account"],
            unit=said["unit"],
            kind=LeadershipKind(said["kind"]),
            actor=shell.account,
            now=shell.now,
        )
    except InvalidInput as error:
        tell(form, error)
        return False
    messages.success(request, _("分工已登记。"))
    return True


@signed_in
def forces(request: HttpRequest) -> HttpResponse:
    """Task forces with their members and tasks, and founding one."""
    shell = the_shell(request)
    government = government_of(shell)
    may_keep = may_keep_units(shell.account, government)
    form = TaskForceForm(request.POST or None, government=government)
    if request.method == "POST":
        only_for(may_keep)
        if form.is_valid():
            try:
                force = create_task_force(
                    government=government, **form.cleaned_data, actor=shell.account, now=shell.now
                )
            except InvalidInput as error:
                tell(form, error)
            else:
                messages.success(request, _("专班已成立，请接着确定承担的任务。"))
                return redirect("force", pk=force.pk)
    seen = Task.objects.visible_to(shell.account)
    listed = government.task_forces.select_related("chief").prefetch_related("units", "people")
    context = {
        "government": government,
        "forces": listed.annotate(task_count=Count("linked_tasks", filter=Q(linked_tasks__task__in=seen))),
        "form": form,
        "may_keep": may_keep,
    }
    return render(request, "console/forces.html", context, status=422 if form.errors else 200)


@signed_in
def force(request: HttpRequest, pk: int) -> HttpResponse:
    """One task force: who is in it and what it carries."""
    shell = the_shell(request)
    shown = get_object_or_404(TaskForce.objects.select_related("government", "chief"), pk=pk)
    government = shown.government
    only_for(may_read_units(shell.account, government))
    may_keep = may_keep_units(shell.account, government) and shown.ended_on is None
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = TaskForceForm(request.POST if act == "change" else None, government=government, force=shown)
    if request.method == "POST":
        only_for(may_keep)
        if _act_on_force(act, shown, form, request, shell):
            return redirect("force", pk=pk)
    seen = Task.objects.visible_to(shell.account).select_related("reporting_unit", "section")
    links = shown.linked_tasks.filter(task__in=seen.values("pk")).prefetch_related(Prefetch("task", seen))
    context = {
        "force": shown,
        "form": form,
        "links": links,
        "numbers": "、".join(link.task.number for link in links),
        "may_keep": may_keep,
        "may_link": may_keep and is_office(shell.account, government),
    }
    return render(request, "console/force.html", context, status=422 if form.errors else 200)


def _act_on_force(act: str, shown: TaskForce, form: TaskForceForm, request: HttpRequest, shell: Shell) -> bool:
    who = shell.acting
    if act == "dissolve":
        dissolve_task_force(task_force=shown, **who)
        messages.success(request, _("专班已撤销，任务和成员仍可查。"))
        return True
    if act == "tasks":
        return _link_tasks(shown, request, shell)
    if act != "change" or not form.is_valid():
        return False
    try:
        change_task_force(task_force=shown, **form.cleaned_data, **who)
    except InvalidInput as error:
        tell(form, error)
        return False
    messages.success(request, _("已保存。"))
    return True


def _link_tasks(shown: TaskForce, request: HttpRequest, shell: Shell) -> bool:
    """Tasks by their printed numbers in the plan in front of the person; those of other years stay."""
    wanted = [n for n in NUMBERS.split(request.POST.get("numbers", "")[:2000]) if n]
    plan = shell.plan
    only_for(plan is not None and plan.government_id == shown.government_id)
    assert plan is not None
    tasks = list(Task.objects.visible_to(shell.account).filter(plan=plan, number__in=wanted))
    missing = [n for n in dict.fromkeys(wanted) if n not in {task.number for task in tasks}]
    if missing:
        messages.error(request, _("清单里没有第%(numbers)s项，请核对序号。") % {"numbers": "、".join(missing)})
        return True
    others = [link.task for link in TaskForceTask.objects.filter(task_force=shown).exclude(task__plan=plan)]
    try:
        set_force_tasks(task_force=shown, tasks=[*others, *tasks], actor=shell.account, now=shell.now)
    except CommandError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("专班任务已确定。"))
    return True
