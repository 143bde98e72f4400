"""审核: the office looks at what units submitted, the doubtful first, and approves or sends back."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from duixian.audit.command import CommandError
from duixian.console.access import check_seen, only_for, plan_or_404, signed_in
from duixian.console.marks import Piece, marked
from duixian.console.reportlines import Sheet, sheets_of
from duixian.console.shell import Shell, the_shell
from duixian.console.views.task import marks_of, printed_words
from duixian.register.models import Plan, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands import approve_report, reopen_report, send_back_report
from duixian.reporting.listings import doubts_of_reports, last_reports, with_content
from duixian.reporting.models import Report
from duixian.reporting.queries import completeness, reports_to_review
from duixian.reporting.rules import may_review

ACTS = {"send-back": send_back_report, "reopen": reopen_report}


@signed_in
def review(request: HttpRequest) -> HttpResponse:
    """The queue at the left, the chosen report at the right."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(shell.is_office)
    error = ""
    if request.method == "POST":
        error = _act(request, shell, plan)
        if not error:
            return redirect("review")
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    sheets = _sheets(shell, plan)
    chosen = _chosen(sheets, request)
    context = {
        "round": shell.round,
        "counts": completeness(shell.round, tasks) if shell.round else None,
        "doubtful": [s for s in sheets if s.doubts],
        "plain": [s for s in sheets if not s.doubts],
        "chosen": chosen,
        "pieces": _pieces(chosen),
        "versions": list(chosen.report.versions.all()) if chosen else [],
        "may_decide": chosen is not None and may_review(shell.account, chosen.report),
        "error": error,
        "note": request.POST.get("note", ""),
    }
    return render(request, "console/review.html", context, status=422 if error else 200)


def _sheets(shell: Shell, plan: Plan) -> list[Sheet]:
    if shell.round is None:
        return []
    visible = Task.objects.visible_to(shell.account).filter(plan=plan)
    reports = list(with_content(reports_to_review(shell.round, visible).prefetch_related(None)))
    tasks = {t.pk: t for t in tasks_with_parts(Task.objects.filter(pk__in=[r.task_id for r in reports]))}
    doubts = doubts_of_reports(reports, tasks, even_confirmed=True)
    lasts = last_reports(tasks, shell.round.month)
    sheets = sheets_of(reports, tasks, lasts, doubts)
    return sorted(sheets, key=lambda s: not s.doubts)


def _chosen(sheets: Sequence[Sheet], request: HttpRequest) -> Sheet | None:
    """The one of ?report (or just acted upon), else the first of the queue."""
    asked = request.GET.get("report") or request.POST.get("report")
    return next((s for s in sheets if str(s.report.pk) == asked), sheets[0] if sheets else None)


def _pieces(chosen: Sheet | None) -> list[Piece]:
    if chosen is None:
        return []
    task = tasks_with_parts(Task.objects.filter(pk=chosen.report.task_id)).get()
    return marked(printed_words(task), task.span_start, marks_of(task))


def _act(request: HttpRequest, shell: Shell, plan: Plan) -> str:
    """Carry out the office's decision; what was refused, in words."""
    act, note = request.POST.get("act", ""), request.POST.get("note", "")
    if act == "approve-plain":
        _approve_plain(request, shell, plan)
        return ""
    only_for(act in ACTS or act == "approve")
    report = _report(request.POST.get("report", ""), shell, plan)
    try:
        check_seen(report, request)
        if act in ACTS:
            ACTS[act](report=report, note=note, actor=shell.account, now=shell.now)
        else:
            approve_report(report=report, actor=shell.account, now=shell.now)
    except CommandError as error:
        return error.message
    messages.success(request, _said(act, report))
    return ""


def _approve_plain(request: HttpRequest, shell: Shell, plan: Plan) -> None:
    """Approve all that were listed without a doubt; what is refused does not hold up the others and is told by name."""
    reports = [_report(pk, shell, plan) for pk in request.POST.getlist("plain")]
    only_for(bool(reports))
    refused = []
    for report in reports:
        try:
            check_seen(report, request)
            approve_report(report=report, actor=shell.account, now=shell.now)
        except CommandError as error:
            refused.append(error.message)
    if len(refused) < len(reports):
        messages.success(request, _("已通过%(n)s项。") % {"n": len(reports) - len(refused)})
    if refused:
        messages.error(request, _("%(n)s项没有通过：%(why)s") % {"n": len(refused), "why": "".join(refused)})


def _said(act: str, report: Report) -> str:
    words = {"send-back": _("%(task)s已退回%(unit)s。"), "reopen": _("%(task)s已重开，由%(unit)s更正。")}
    return words.get(act, _("%(task)s已通过。")) % {"task": report.task, "unit": report.unit}


def _report(pk: str, shell: Shell, plan: Plan) -> Report:
    only_for(pk.isdecimal())
    return get_object_or_404(Report.objects.visible_to(shell.account).filter(round__plan=plan), pk=pk)
