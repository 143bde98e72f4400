"""盘点: the office sees who still owes; a unit sees its whole month on one page."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.monthwork import Outcome, save_rows, send_up_rows
from duixian.console.reportforms import ReportRow, rows_of
from duixian.console.shell import Shell, the_shell
from duixian.periods import add_months, day_label, month_label, parse_month
from duixian.register.models import Plan, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands import lock_round, open_round
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.facts import gather
from duixian.reporting.listings import doubts_of_reports, last_reports, reports_of_round
from duixian.reporting.models import Round
from duixian.reporting.queries import completeness, tasks_owing, unit_completeness
from duixian.reporting.rules import may_run_rounds
from duixian.units.models import Unit
from duixian.units.rules import is_liaison, is_unit_head


@signed_in
@require_safe
def stocktake(request: HttpRequest) -> HttpResponse:
    """Units and their states for whoever sees the whole register; a unit's people go to their own month."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    if not shell.is_whole:
        only_for(bool(shell.units))
        return redirect("stocktake-unit", unit_id=shell.units[0].pk)
    round = _round(request, plan, shell.round)
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    context = {
        "round": round,
        "rounds": plan.rounds.order_by("month"),
        "units": unit_completeness(round, tasks) if round else {},
        "counts": completeness(round, tasks) if round else None,
        "states": [(s.value, s.label) for s in ReportState],
        "may_run": may_run_rounds(shell.account, plan),
        "next_month": _next_month(plan, shell),
    }
    return render(request, "console/stocktake.html", context)


def _round(request: HttpRequest, plan: Plan, current: Round | None) -> Round | None:
    """The round the form was opened for, else that of ?month, else the current one.

    A page that lies open while the next month begins must not put its figures into that month.
    """
    try:
        month = parse_month(request.POST.get("month") or request.GET.get("month", ""))
    except ValueError:
        return current
    return plan.rounds.filter(month=month).first() or current


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
    plan_or_404(shell)
    only_for(shell.round is not None)
    assert shell.round is not None
    if not _is_meant(request, shell.round.month):
        return redirect("stocktake")
    locked = lock_round(round=shell.round, actor=shell.account, now=shell.now)
    messages.success(request, _("%(round)s已锁定，未经审核通过的记为缺报。") % {"round": locked})
    return redirect("stocktake")


@signed_in
def stocktake_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A unit's month: filled in by its people, read by those who see everything."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    unit = get_object_or_404(Unit, government=plan.government, pk=unit_id)
    is_mine = is_liaison(shell.account, unit) or is_unit_head(shell.account, unit)
    only_for(is_mine or shell.is_whole)
    round = _round(request, plan, shell.round)
    if round is None:
        return render(request, "console/no-round.html", {"unit": unit})
    rows = _rows(shell, plan, unit, round, is_mine=is_mine)
    outcome = Outcome()
    if request.method == "POST" and is_mine:
        outcome = _work(request, rows, round, shell)
        if not outcome.faulty:
            _say(request, outcome)
            return redirect(request.get_full_path())
    context = {
        "unit": unit,
        "round": round,
        "rounds": plan.rounds.order_by("month"),
        "rows": rows,
        "progress": Progress.choices,
        "outcome": outcome,
        "is_mine": is_mine,
        "is_head": is_unit_head(shell.account, unit),
        **_summary(rows, shell, round),
    }
    return render(request, "console/stocktake-unit.html", context, status=422 if outcome.faulty else 200)


def _rows(shell: Shell, plan: Plan, unit: Unit, round: Round, *, is_mine: bool) -> list[ReportRow]:
    visible = Task.objects.visible_to(shell.account).filter(plan=plan, reporting_unit=unit)
    owing = visible.filter(pk__in=tasks_owing(round).values("pk")) | visible.filter(reports__round=round)
    tasks = list(tasks_with_parts(visible.filter(pk__in=owing.values("pk"))).order_by("order"))
    ids = [t.pk for t in tasks]
    reports = reports_of_round(round, ids)
    doubts = doubts_of_reports(list(reports.values()), {t.pk: t for t in tasks})
    known = gather(tasks, month=round.month, today=shell.today)
    return rows_of(tasks, round, reports, last_reports(ids, round.month), doubts, known, is_mine=is_mine)


def _work(request: HttpRequest, rows: list[ReportRow], round: Round, shell: Shell) -> Outcome:
    """Save everything; then send up the ticked rows, or all that are filled in."""
    outcome = save_rows(rows, request.POST, round=round, actor=shell.account, now=shell.now)
    act = request.POST.get("act", "save")
    if act == "send":
        ticked = [r for r in rows if f"{r.prefix}send" in request.POST]
        send_up_rows(ticked, outcome, actor=shell.account, now=shell.now)
    if act == "send-all":
        send_up_rows([r for r in rows if r.is_filled], outcome, actor=shell.account, now=shell.now)
    return outcome


def _say(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.sent:
        messages.success(request, _("已送审签%(n)s项，等单位负责人审签。") % {"n": outcome.sent})
    elif outcome.saved:
        messages.success(request, _("已保存%(n)s项。") % {"n": outcome.saved})
    else:
        messages.info(request, _("没有改动，无须保存。"))


def _summary(rows: list[ReportRow], shell: Shell, round: Round) -> dict[str, object]:
    """What is still to do, in counts."""
    states = [r.state for r in rows]
    back = sum(1 for s in states if s is ReportState.SENT_BACK)
    open_rows = [r for r in rows if r.may_edit]
    return {
        "empty_count": sum(1 for r in open_rows if not r.is_filled),
        "back_count": back,
        "open_count": len(open_rows),
        "filled_count": sum(1 for r in open_rows if r.is_filled),
        "sent_up_count": sum(1 for s in states if s is ReportState.SENT_UP),
        "days_left": (round.due_on - shell.today).days,
        "last_month": month_label(add_months(round.month, -1)),
    }
