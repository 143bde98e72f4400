"""审核: the office looks at what units submitted, the doubtful first, and approves or sends back."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from duixian.audit.command import CommandError, InvalidInput
from duixian.console.access import check_seen, only_for, plan_or_404, report_or_404, signed_in
from duixian.console.checkforms import forms_for
from duixian.console.marks import Piece, marked
from duixian.console.reviewing import Case, cases_of, groups_of, rounds_waiting
from duixian.console.reviewing_case import months_beside, notes_on, parts_beside
from duixian.console.shell import Shell, the_shell
from duixian.console.views.task import marks_of, printed_words
from duixian.console.words import common_notes
from duixian.periods import parse_month
from duixian.register.models import Plan, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands import approve_report, reopen_report, send_back_report
from duixian.reporting.models import Report, Round
from duixian.reporting.queries import completeness
from duixian.reporting.rules import may_review

ACTS = {"send-back": send_back_report, "reopen": reopen_report}


@signed_in
def review(request: HttpRequest) -> HttpResponse:
    """The queue at the left, the chosen report at the right."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(shell.is_office)
    error, note = "", request.POST.get("note", "")
    if request.method == "POST" and "common" in request.POST:
        # a common note is written into the field; sending it is a second act
        note = f"{note.strip()}{request.POST['common']}"
    elif request.method == "POST":
        error = _act(request, shell, plan)
        if not error:
            return redirect(_next(request))
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    round = _round(request, shell)
    cases = cases_of(round, tasks, shell.today) if round else []
    chosen = _chosen(cases, request)
    context = {
        "round": round,
        "counts": completeness(round, tasks) if round else None,
        "other_rounds": rounds_waiting(tasks, round),
        "groups": groups_of(cases),
        "plain": [case for case in cases if case.is_plain],
        "error": error,
        "note": note,
        "common_notes": common_notes(),
        **(_beside(chosen, cases, shell) if chosen else {"chosen": None}),
    }
    return render(request, "console/review.html", context, status=422 if error else 200)


def _beside(chosen: Case, cases: Sequence[Case], shell: Shell) -> dict[str, object]:
    """Everything about the chosen report in one view."""
    place = cases.index(chosen)
    following = cases[place + 1] if place + 1 < len(cases) else None
    return {
        "chosen": chosen,
        "pieces": _pieces(chosen),
        "versions": list(chosen.report.versions.all()),
        "months": months_beside(chosen),
        "notes": notes_on(chosen.task),
        "parts": parts_beside(chosen),
        "corrections": [c for c in chosen.report.corrections.all() if c.is_open],
        "check": forms_for(chosen.report, shell.today),
        "following": following,
        "may_decide": may_review(shell.account, chosen.report),
    }


def _round(request: HttpRequest, shell: Shell) -> Round | None:
    """The round of ?month: what came in late by an exception is reviewed after later months have begun."""
    try:
        month = parse_month(request.POST.get("month") or request.GET.get("month", ""))
    except ValueError:
        return shell.round
    return shell.plan.rounds.filter(month=month).first() or shell.round if shell.plan else None


def _next(request: HttpRequest) -> str:
    """The queue at the report after the one just decided, so that one goes down it."""
    given = {name: request.POST.get(name, "") for name in ("month", "following")}
    asked = {"month": given["month"], "report": given["following"]}
    return f"{reverse('review')}?{urlencode({k: v for k, v in asked.items() if v})}".rstrip("?")


def _chosen(cases: Sequence[Case], request: HttpRequest) -> Case | None:
    """The one of ?report (or just acted upon), else the first of the queue."""
    asked = request.GET.get("report") or request.POST.get("report")
    return next((c for c in cases if str(c.report.pk) == asked), cases[0] if cases else None)


def _pieces(chosen: Case) -> list[Piece]:
    task = tasks_with_parts(Task.objects.filter(pk=chosen.task.pk)).get()
    return marked(printed_words(task), task.span_start, marks_of(task))


def _act(request: HttpRequest, shell: Shell, plan: Plan) -> str:
    """Carry out the office's decision; what was refused, in words."""
    act, note = request.POST.get("act", ""), request.POST.get("note", "")
    if act == "approve-plain":
        _approve_plain(request, shell, plan)
        return ""
    only_for(act in ACTS or act == "approve")
    report = report_or_404(request.POST.get("report", ""), shell, plan)
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
    """Approve all that need no look, as they stand now; what is refused does not hold up the others and is told."""
    reports = [report_or_404(pk, shell, plan) for pk in request.POST.getlist("plain")]
    only_for(bool(reports))
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    rounds = {report.round_id: report.round for report in reports}
    remarkable = {c.report.pk for r in rounds.values() for c in cases_of(r, tasks, shell.today) if not c.is_plain}
    refused = []
    for report in reports:
        try:
            check_seen(report, request)
            if report.pk in remarkable:
                raise InvalidInput(_("%(task)s有须细看之处，请逐项审核。") % {"task": report.task})
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
