"""分月计划 and 节点, as the unit files them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from duixian.audit.command import InvalidInput
from duixian.console import wording
from duixian.console.access import only_for, signed_in
from duixian.console.dutyforms import NodesForm
from duixian.console.forms import tell
from duixian.console.nodelines import lines_of
from duixian.console.numbers import whole_number
from duixian.console.shell import the_shell
from duixian.periods import months_of_year
from duixian.register.commands import file_milestones, file_monthly_plan
from duixian.register.enums import FilingState
from duixian.register.models import MonthlyPlan, Target, Task
from duixian.register.rules import may_file
from duixian.reporting.content import parse_figure

BREAK = re.compile(r"[\t\r\n]|\s{2,}")
MONTHS = 12


@dataclass(slots=True)
class Cell:
    """One month of the plan as typed."""

    month: date
    text: str = ""
    error: str = ""
    approved: str = ""

    @property
    def name(self) -> str:
        """The field's name: m06."""
        return f"m{self.month.month:02}"


@signed_in
def monthly_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Twelve cumulative figures; a row pasted from Excel fills them."""
    shell = the_shell(request)
    found = Target.objects.filter(task__in=Task.objects.visible_to(shell.account))
    target = get_object_or_404(
        found.select_related("task__plan__government", "task__reporting_unit", "indicator"), pk=pk
    )
    only_for(may_file(shell.account, target.task))
    filings = list(target.monthly_plans.prefetch_related("figures"))
    cells, error = _cells(target, filings), ""
    if request.method == "POST":
        error = _fill(cells, request)
        if not error and request.POST.get("act") == "file":
            try:
                figures = _figures(cells)
                file_monthly_plan(target=target, figures=figures, actor=shell.account, now=shell.now)
            except InvalidInput as refused:
                error = refused.message
            else:
                messages.success(request, _("分月计划已报送，等督查室批准。"))
                return redirect("task", target.task_id)
    context = {"task": target.task, "target": target, "cells": cells, "error": error, "filings": filings}
    return render(request, "console/monthly-plan.html", context, status=422 if error else 200)


def _cells(target: Target, filings: Sequence[MonthlyPlan]) -> list[Cell]:
    """The latest filing to go on from, the plan in force beside it."""
    latest = {f.month: wording.exact(f.value) for f in filings[0].figures.all()} if filings else {}
    in_force = next((filing for filing in filings if filing.state == "APPROVED"), None)
    known = {f.month: wording.exact(f.value) for f in in_force.figures.all()} if in_force else {}
    return [Cell(m, latest.get(m, ""), approved=known.get(m, "")) for m in months_of_year(target.task.plan.year)]


def _fill(cells: Sequence[Cell], request: HttpRequest) -> str:
    """Put what was typed or pasted into the cells; returns what is wrong with a pasted row."""
    row = request.POST.get("row", "").strip("\n\r")
    for cell in cells:
        cell.text = request.POST.get(cell.name, "").strip()
    if not row.strip():
        return ""
    values = [value.strip() for value in BREAK.split(row)]
    values = values if len(values) > 1 else row.split()
    if len(values) != MONTHS:
        return _("粘贴的一行有%(n)s个数，应为1—12月共12个（没有的留空格子）。") % {"n": len(values)}
    for cell, value in zip(cells, values, strict=True):
        cell.text = value
    return ""


def _figures(cells: Sequence[Cell]) -> dict[date, Decimal]:
    """What is planned; months left blank are not. Marks the cells that hold no figure."""
    figures = {}
    for cell in cells:
        try:
            value = parse_figure(cell.text)
        except InvalidInput as refused:
            cell.error = refused.message
            continue
        if value is not None:
            figures[cell.month] = value
    if any(cell.error for cell in cells):
        raise InvalidInput(_("有的格子不是数，已标出。"))
    return figures


@signed_in
def nodes(request: HttpRequest, pk: int) -> HttpResponse:
    """Nodes, one a line; those filed before are listed below."""
    shell = the_shell(request)
    tasks = Task.objects.visible_to(shell.account).select_related("plan__government", "reporting_unit")
    task = get_object_or_404(tasks, pk=pk)
    only_for(may_file(shell.account, task))
    form = NodesForm(request.POST or None, task=task, initial=_nodes_in_force(request, task))
    if form.is_valid():
        try:
            file_milestones(task=task, **form.cleaned_data, actor=shell.account, now=shell.now)
        except InvalidInput as error:
            tell(form, error)
        else:
            messages.success(request, _("节点已报送，等督查室批准。"))
            return redirect("task", pk)
    context = {
        "task": task,
        "form": form,
        "heading": _("报送节点"),
        "hint": _("可从 Excel 粘贴两列：日期、事项。请写全：批准后整套更换，原来的留底，同名的进展接着算。"),
        "button": _("报送"),
        "steps": task.milestones.filter(part=None).select_related("outcome").order_by("outcome__order", "due_on", "pk"),
    }
    return render(request, "console/task-form.html", context, status=422 if form.is_bound else 200)


def _nodes_in_force(request: HttpRequest, task: Task) -> dict[str, Any]:
    """What the form begins with: the nodes in force of the outcome asked for, or of the whole task."""
    outcome = whole_number(request.GET.get("outcome", ""))
    found = task.milestones.filter(part=None, state=FilingState.APPROVED, outcome=outcome).order_by("due_on", "pk")
    return {"outcome": outcome, "nodes": lines_of(found)}
