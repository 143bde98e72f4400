"""One project: what is known, what was told week by week; telling more; the promises it serves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from duixian.audit.command import InvalidInput
from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.forms import tell
from duixian.console.nodelines import NodeLinesError, lines_of, nodes_from
from duixian.console.numbers import whole_number
from duixian.console.projectforms import ProgressForm, ProjectForm, known_of
from duixian.console.projectlists import share_done
from duixian.console.shell import Shell, the_shell
from duixian.console.views.projects.ledger import visible_projects
from duixian.projects.commands import (
    change_project,
    drop_project,
    enter_project,
    link_tasks,
    mark_milestone_done,
    record_progress,
    set_milestones,
)
from duixian.projects.enums import ProjectStage
from duixian.projects.models import Project
from duixian.projects.queries import with_year
from duixian.projects.rules import may_keep_ledger, may_tell
from duixian.register.models import Task


@signed_in
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """The project's page; its acts come back to it."""
    shell = the_shell(request)
    year = plan_or_404(shell).year
    found = with_year(visible_projects(shell), year, shell.today).select_related("county", "lead_unit", "government")
    item = get_object_or_404(found, pk=pk)
    act = request.POST.get("act", "")
    first = {"on": shell.today, "stage": item.stage}
    telling = ProgressForm(request.POST if act == "tell" else None, initial=first)
    faults: list[str] = []
    if request.method == "POST":
        faults = _act(act, item, telling, request, shell)
        if not faults and not telling.errors:
            return redirect("project", pk=pk)
    context = {
        "project": item,
        "telling": telling,
        "faults": faults,
        "share": share_done(item),
        "progress": item.progress.all()[:60],
        "milestones": item.milestones.all(),
        "node_lines": request.POST.get("nodes") or lines_of(item.milestones.filter(done_on=None)),
        "tasks": Task.objects.visible_to(shell.account).filter(linked_projects=item).order_by("order"),
        "may_keep": may_keep_ledger(shell.account, item.government),
        "may_tell": may_tell(shell.account, item) and item.is_active,
    }
    return render(request, "console/project.html", context, status=422 if request.method == "POST" else 200)


def _act(act: str, item: Project, telling: ProgressForm, request: HttpRequest, shell: Shell) -> list[str]:
    """Carry out one act of the page; returns what is to be mended, [] where it was done."""
    acts = {"tell": _tell, "nodes": _set_nodes, "done": _mark_done, "link": _link, "drop": _drop}
    only_for(act in acts)
    try:
        acts[act](item, telling, request, shell)
    except InvalidInput as error:
        if act == "tell":
            tell(telling, error)
            return []
        return [error.message]
    except NodeLinesError as error:
        return [str(error)]
    return []


def _tell(item: Project, form: ProgressForm, request: HttpRequest, shell: Shell) -> None:
    if not form.is_valid():
        return
    said = form.cleaned_data
    record_progress(
        project=item,
        on=said["on"],
        stage=ProjectStage(said["stage"]),
        invested=said["invested"],
        words=said["words"],
        problem=said["problem"],
        actor=shell.account,
        now=shell.now,
    )
    messages.success(request, _("进展已记下。"))


def _set_nodes(item: Project, form: ProgressForm, request: HttpRequest, shell: Shell) -> None:
    nodes = nodes_from(request.POST.get("nodes", ""), shell.today.year)
    set_milestones(project=item, nodes=nodes, actor=shell.account, now=shell.now)
    messages.success(request, _("节点已更新。"))


def _mark_done(item: Project, form: ProgressForm, request: HttpRequest, shell: Shell) -> None:
    wanted = whole_number(request.POST.get("milestone", ""))
    only_for(wanted is not None)
    node = get_object_or_404(item.milestones, pk=wanted, done_on=None)
    mark_milestone_done(milestone=node, on=shell.today, actor=shell.account, now=shell.now)
    messages.success(request, _("节点已记为完成。"))


def _link(item: Project, form: ProgressForm, request: HttpRequest, shell: Shell) -> None:
    only_for(may_keep_ledger(shell.account, item.government))
    numbers = [n.removeprefix("第").removesuffix("项") for n in _listed(request.POST.get("tasks", ""))]
    tasks = list(Task.objects.visible_to(shell.account).filter(plan=plan_or_404(shell), number__in=numbers))
    unknown = sorted(set(numbers) - {t.number for t in tasks})
    if unknown:
        raise InvalidInput(f"清单里没有第{'、'.join(unknown)}项。请写任务序号，用顿号隔开。")
    link_tasks(project=item, tasks=tasks, actor=shell.account, now=shell.now)
    messages.success(request, _("关联的任务已更新。"))


def _listed(text: str) -> list[str]:
    for mark in "，,；; \n":
        text = text.replace(mark, "、")
    return [part for part in text.split("、") if part]


def _drop(item: Project, form: ProgressForm, request: HttpRequest, shell: Shell) -> None:
    drop_project(project=item, reason=request.POST.get("reason", ""), actor=shell.account, now=shell.now)
    messages.success(request, _("已移出台账，历史保留。"))


@signed_in
def create(request: HttpRequest) -> HttpResponse:
    """Enter a project."""
    shell = the_shell(request)
    government = plan_or_404(shell).government
    only_for(may_keep_ledger(shell.account, government))
    form = ProjectForm(request.POST or None, government=government)
    year = plan_or_404(shell).year
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_project(
                government=government, entry=form.entry(), year=year, actor=shell.account, now=shell.now
            )
        except InvalidInput as error:
            tell(form, error)
        else:
            messages.success(request, _("已登入台账。"))
            return redirect("project", pk=made.pk)
    return _form_page(request, form, _("登记项目"))


@signed_in
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a project."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    item = get_object_or_404(visible_projects(shell), pk=pk)
    only_for(may_keep_ledger(shell.account, item.government))
    form = ProjectForm(request.POST or None, government=item.government, initial=known_of(item, plan.year))
    if request.method == "POST" and form.is_valid():
        try:
            change_project(project=item, entry=form.entry(), year=plan.year, actor=shell.account, now=shell.now)
        except InvalidInput as error:
            tell(form, error)
        else:
            messages.success(request, _("已更新。"))
            return redirect("project", pk=pk)
    return _form_page(request, form, _("修改项目"), item)


def _form_page(request: HttpRequest, form: ProjectForm, heading: str, item: Project | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "heading": heading, "project": item}
    return render(request, "console/project-form.html", context, status=422 if request.method == "POST" else 200)
