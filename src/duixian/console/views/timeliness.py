"""报送情况: unit by month, in time, late, missing; and the month's table to take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.downloads import workbook_response
from duixian.console.filterwords import SIMULATED
from duixian.console.shell import Shell, the_shell
from duixian.periods import month_label, parse_month
from duixian.register.models import Plan, Task
from duixian.reporting.monthtable import month_workbook
from duixian.reporting.timeliness import Matrix, as_sheet, timeliness
from duixian.sheets import workbook_bytes


@signed_in
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """The silent first; a unit's people see their own unit."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    found = _matrix(shell, plan)
    context = {"matrix": found, "plan": plan, "months": [round.month for round in found.rounds]}
    return render(request, "console/timeliness.html", context)


def _matrix(shell: Shell, plan: Plan) -> Matrix:
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    if not shell.is_whole:
        only_for(bool(shell.units))
        tasks = tasks.filter(reporting_unit__in=shell.units)
    return timeliness(plan, tasks)


@signed_in
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    title = f"{plan.government.name}{plan.year}年填报报送情况"
    notes = [
        *([SIMULATED] if shell.is_simulated else []),
        _("截至%(day)s。迟报按首次上报日计，补报后仍为迟报。") % {"day": shell.today},
    ]
    content = workbook_bytes([as_sheet(_matrix(shell, plan), title=title, notes=notes)])
    return workbook_response(content, _marked(shell, f"{title}-{shell.today}"))


@signed_in
@require_safe
def month_table(request: HttpRequest, month: str) -> HttpResponse:
    """盘点表 of a month, for whoever sees the whole register."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(shell.is_whole)
    try:
        wanted = parse_month(month)
    except ValueError:
        wanted = None
    round = get_object_or_404(plan.rounds, month=wanted)
    name = f"{plan.government.name}{plan.year}年{month_label(round.month)}盘点表"
    return workbook_response(month_workbook(round, today=shell.today), _marked(shell, name))


def _marked(shell: Shell, name: str) -> str:
    return f"{SIMULATED.split(' ')[0]}-{name}" if shell.is_simulated else name
