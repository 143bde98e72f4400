"""盘点: the office sees who still owes. A unit's own month is in `month`."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duixian.console.access import asked_round, only_for, plan_or_404, signed_in
from duixian.console.shell import Shell, the_shell
from duixian.periods import add_months, day_label
from duixian.register.duties import count_overdue, overdue_before
from duixian.register.models import Plan, Task
from duixian.reporting.commands import lock_round, open_round
from duixian.reporting.enums import ReportState
from duixian.reporting.queries import whole_and_units
from duixian.reporting.rules import may_run_rounds
from duixian.units.queries import calendar_exceptions


@signed_in
@require_safe
def stocktake(request: HttpRequest) -> HttpResponse:
    """Units and their states for whoever sees the whole register; a unit's people go to their own month."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    if not shell.is_whole:
        only_for(bool(shell.units))
        return redirect("stocktake-unit", unit_id=shell.units[0].pk)
    round = asked_round(request, plan, shell.round)
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    counts, units = whole_and_units(round, tasks) if round else (None, {})
    context = {
        "round": round,
        "rounds": plan.rounds.order_by("month"),
        "units": units,
        "counts": counts,
        "states": [(s.value, s.label) for s in ReportState],
        "may_run": may_run_rounds(shell.account, plan),
        "next_month": _next_month(plan, shell),
        "duties_overdue": count_overdue(tasks, overdue_before(plan, shell.today, calendar_exceptions())),
        "acknowledge_days": plan.rules().acknowledge_working_days,
        "exceptions": list(round.exceptions.select_related("unit")) if round and round.is_locked else [],
    }
    return render(request, "console/stocktake.html", context)


def _next_month(plan: Plan, shell: Shell) -> date | None:
    """The month whose stocktake can be opened next; None where the year is done."""
    month = add_months(shell.round.month, 1) if shell.round else date(plan.year, 1, 1)
    return month if month.year == plan.year and month <= shell.today else None


@signed_in
@require_POST
def open_month(request: HttpRequest) -> HttpResponse:
    """Open the next month."""
    shell = the_shell(request)
    month = _next_month(plan_or_404(shell), shell)
    only_for(month is not None)
    assert month is not None
    if not _is_meant(request, month):
        return redirect("stocktake")
    opened = open_round(plan=plan_or_404(shell), month=month, actor=shell.account, now=shell.now)
    messages.success(request, _("%(round)s已开始，%(day)s截止。") % {"round": opened, "day": day_label(opened.due_on)})
    return redirect("stocktake")


def _is_meant(request: HttpRequest, month: date) -> bool:
    """Whether the button was pressed for this month; pressed twice, it must not act on the month after."""
    said = request.POST.get("month", "")
    if said in ("", f"{month:%Y-%m}"):
        return True
    messages.info(request, _("页面已过时，没有办理。请看清月份再操作。"))
    return False


@signed_in
@require_POST
def lock_month(request: HttpRequest) -> HttpResponse:
    """Lock the current month."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(shell.round is not None)
    assert shell.round is not None
    # an earlier round may still be open: it waited for the office's review while the next month began
    asked = asked_round(request, plan, shell.round)
    round = shell.round if asked is None or asked.is_locked else asked
    if not _is_meant(request, round.month):
        return redirect("stocktake")
    locked = lock_round(round=round, actor=shell.account, now=shell.now)
    messages.success(request, _("%(round)s已锁定，未经审核通过的记为缺报。") % {"round": locked})
    return redirect("stocktake")
