"""审签: the head of a unit signs what the liaison sent up, or gives it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from duixian.audit.command import CommandError
from duixian.console.access import check_seen, only_for, plan_or_404, signed_in
from duixian.console.numbers import whole_number
from duixian.console.reportlines import Sheet, sheets_of
from duixian.console.shell import Shell, the_shell
from duixian.register.models import Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands import return_report, sign_off_report
from duixian.reporting.enums import ReportState
from duixian.reporting.listings import doubts_of_reports, last_reports, with_content
from duixian.reporting.models import Report
from duixian.units.models import Unit
from duixian.units.rules import delegation_of, is_unit_head, signs_for


@signed_in
def sign_off(request: HttpRequest) -> HttpResponse:
    """All that waits for this head, on one page; signing submits it to the office."""
    shell = the_shell(request)
    plan_or_404(shell)
    units = [u for u in shell.units if signs_for(shell.account, u, shell.today)]
    only_for(bool(units))
    errors: dict[int, str] = {}
    if request.method == "POST":
        errors = _act(request, shell, units)
        if not errors:
            return redirect("sign-off")
    context = {"sheets": _sheets(shell, units), "units": units, "errors": errors, "round": shell.round} | _why(
        shell, units
    )
    return render(request, "console/sign-off.html", context, status=422 if errors else 200)


def _why(shell: Shell, units: list[Unit]) -> dict[str, object]:
    """As head, or as whom a head lets sign."""
    held = [delegation_of(shell.account, unit, shell.today) for unit in units]
    return {"is_head": any(is_unit_head(shell.account, u) for u in units), "held": [d for d in held if d]}


def _waiting(shell: Shell, units: list[Unit]) -> list[Report]:
    """Sent up, in printed order."""
    reports = Report.objects.visible_to(shell.account).filter(
        round=shell.round, unit__in=units, state=ReportState.SENT_UP
    )
    return list(with_content(reports).select_related("round", "unit", "task").order_by("task__order"))


def _sheets(shell: Shell, units: list[Unit]) -> list[Sheet]:
    reports = _waiting(shell, units)
    tasks = {t.pk: t for t in tasks_with_parts(Task.objects.filter(pk__in=[r.task_id for r in reports]))}
    lasts = last_reports(tasks, shell.round.month) if shell.round else {}
    doubts = doubts_of_reports(reports, tasks, even_confirmed=True)
    return sheets_of(reports, tasks, lasts, doubts)


def _act(request: HttpRequest, shell: Shell, units: list[Unit]) -> dict[int, str]:
    """Return one with its note, or sign the ticked ones. What was refused, by report."""
    if "return" in request.POST:
        report = _own(request.POST["return"], shell, units)
        note = request.POST.get(f"note-{report.pk}", "")
        try:
            check_seen(report, request)
            return_report(report=report, note=note, actor=shell.account, now=shell.now)
        except CommandError as error:
            return {report.pk: error.message}
        messages.success(request, _("%(task)s已退回联络员。") % {"task": report.task})
        return {}
    return _sign(request, shell, units)


def _sign(request: HttpRequest, shell: Shell, units: list[Unit]) -> dict[int, str]:
    errors, signed = {}, 0
    for pk in request.POST.getlist("sign"):
        report = _own(pk, shell, units)
        try:
            check_seen(report, request)
            sign_off_report(report=report, actor=shell.account, now=shell.now)
            signed += 1
        except CommandError as error:
            errors[report.pk] = error.message
    if signed:
        messages.success(request, _("已审签上报%(n)s项，等督查室审核。") % {"n": signed})
    elif not errors:
        messages.info(request, _("没有勾选要审签的项。"))
    return errors


def _own(pk: str, shell: Shell, units: list[Unit]) -> Report:
    """A report of the head's own unit, else not found."""
    only_for(whole_number(pk) is not None)
    return get_object_or_404(Report.objects.visible_to(shell.account), pk=pk, unit__in=units)
