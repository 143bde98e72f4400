"""交办签收 and 待办: who has acknowledged what, and what waits for the person in front of the page."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.numbers import whole_number
from duixian.console.shell import Shell, the_shell
from duixian.console.waiting import DutyRow, waiting_for
from duixian.register.commands import set_threshold
from duixian.register.duties import assignments_of, duties_by_unit, not_handed_out, overdue_before, parts_of
from duixian.register.enums import AssignmentState
from duixian.register.models import Assignment, Plan, Task
from duixian.register.rules import Duties, may_decide
from duixian.units.models import Unit
from duixian.units.queries import calendar_exceptions


@signed_in
@require_safe
def to_do(request: HttpRequest) -> HttpResponse:
    """What is this person's move, each with its buttons."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    waiting = waiting_for(shell, plan)
    context = {
        "waiting": waiting,
        "units": _other_units(plan) if waiting.to_acknowledge or waiting.objections else [],
        "names": _names_last_given(shell),
        "months": range(1, 13),
    }
    return render(request, "console/to-do.html", context)


def _other_units(plan: Plan) -> list[Unit]:
    return list(plan.government.units.filter(is_active=True))


def _names_last_given(shell: Shell) -> dict[str, str]:
    """责任人 and 联络员 as the unit named them last; else the liaison in front of the page."""
    last = Assignment.objects.filter(unit__in=shell.units, state=AssignmentState.ACKNOWLEDGED).order_by("answered_at")
    found = last.last()
    if found is None:
        return {"accountable_person": "", "liaison_name": shell.account.name}
    return {"accountable_person": found.accountable_person, "liaison_name": found.liaison_name}


@signed_in
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """By unit for those who see everything, one's own for a unit; one unit's list beside."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    cutoff = overdue_before(plan, shell.today, calendar_exceptions())
    chosen = _chosen(request, shell, plan)
    rows = [row for row in duties_by_unit(tasks, cutoff) if shell.is_whole or row.unit in shell.units]
    listed = {"unit__in": chosen} if chosen else {"state": AssignmentState.ASSIGNED, "assigned_at__lt": cutoff}
    found: list[Duties] = [*assignments_of(tasks).filter(**listed), *parts_of(tasks).filter(**listed)]
    context = {
        "rows": rows,
        "listed": [DutyRow(duty) for duty in found],
        "chosen": chosen,
        "cutoff": cutoff,
        "rules": plan.rules(),
        "open_count": not_handed_out(tasks).count(),
        "may_decide": may_decide(shell.account, plan),
    }
    context |= {name: sum(getattr(row, name) for row in rows) for name in ("given", "waiting", "overdue", "objected")}
    return render(request, "console/duties.html", context)


def _chosen(request: HttpRequest, shell: Shell, plan: Plan) -> list[Unit]:
    """The unit asked for; for a unit's people their own."""
    if not shell.is_whole:
        return list(shell.units)
    asked = whole_number(request.GET.get("unit", ""))
    return [] if asked is None else list(plan.government.units.filter(pk=asked))


@signed_in
@require_POST
def set_rules(request: HttpRequest) -> HttpResponse:
    """How long units have to acknowledge, and who approves amendments at last."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(may_decide(shell.account, plan))
    days = request.POST.get("acknowledge_working_days", "")
    given = {
        "acknowledge_working_days": Decimal(days) if days.isdecimal() and len(days) < 4 else Decimal(-1),
        "leader_approves_amendments": Decimal(request.POST.get("approved_by") == "leader"),
    }
    for name, value in given.items():
        set_threshold(plan=plan, name=name, value=value, actor=shell.account, now=shell.now)
    messages.success(request, _("已保存。"))
    return redirect("duties")
