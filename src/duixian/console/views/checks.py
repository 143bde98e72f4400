"""更正 and 核查: the office proposes or records, the unit agrees with one click."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.audit.command import CommandError, InvalidInput
from duixian.console.access import back_or, only_for, plan_or_404, signed_in
from duixian.console.checkforms import CheckForms, ConsentForm, CorrectionForm, VerificationForm, forms_for, said_in
from duixian.console.forms import tell
from duixian.console.numbers import whole_number
from duixian.console.reviewing_case import correction_words, finding_words
from duixian.console.shell import Shell, the_shell
from duixian.reporting.commands import (
    agree_to_correction,
    note_consent,
    propose_correction,
    record_verification,
    refuse_correction,
    withdraw_correction,
)
from duixian.reporting.enums import CorrectionState, VerificationWay
from duixian.reporting.models import Correction, Report
from duixian.reporting.rules import may_answer_correction, may_review

ANSWERS: dict[str, Callable[..., Any]] = {"refuse": refuse_correction, "withdraw": withdraw_correction}


@signed_in
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What waits for consent: of one's own units, or of all for whoever sees everything."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(bool(shell.units) or shell.is_whole)
    reports = Report.objects.visible_to(shell.account).filter(round__plan=plan)
    if not shell.is_whole:
        reports = reports.filter(unit__in=shell.units)
    rows = Correction.objects.filter(report__in=reports)
    rows = rows.select_related("report__task__plan", "report__round", "report__unit", "indicator", "member")
    context = {
        "open": [c for c in rows if c.is_open],
        "closed": [(c, correction_words(c)) for c in rows if not c.is_open],
        "is_office": shell.is_office,
    }
    return render(request, "console/corrections.html", context)


@signed_in
def check_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report's corrections and findings, and the forms for whoever may add to them."""
    shell = the_shell(request)
    report = _report(pk, shell)
    may = {"decide": may_review(shell.account, report), "answer": may_answer_correction(shell.account, report)}
    only_for(shell.is_whole or may["answer"])
    forms, error = forms_for(report, shell.today, now=shell.now), ""
    if request.method == "POST":
        only_for(may["decide"] or may["answer"])
        forms, error = _act(request, report, forms, shell)
        if not error:
            return redirect(back_or(request, request.path))
    context = {
        "report": report,
        "may_decide": may["decide"],
        "may_answer": may["answer"],
        "check": forms,
        "open": [c for c in report.corrections.all() if c.is_open],
        "closed": [correction_words(c) for c in report.corrections.all() if not c.is_open],
        "findings": [(v, finding_words(v)) for v in report.verifications.all()],
        "error": error,
        "note": request.POST.get("note", ""),
        "agreed": CorrectionState.AGREED,
    }
    return render(request, "console/check-report.html", context, status=422 if error else 200)


def _report(pk: int, shell: Shell) -> Report:
    found = Report.objects.visible_to(shell.account).select_related("round__plan__government", "task__plan", "unit")
    related = ("corrections__indicator", "corrections__member", "verifications__indicator", "verifications__outcome")
    return get_object_or_404(found.prefetch_related(*related, "verifications__member"), pk=pk)


def _act(request: HttpRequest, report: Report, forms: CheckForms, shell: Shell) -> tuple[CheckForms, str]:
    """Carry it out; the forms as typed and what was refused in words, "" where nothing was."""
    act = request.POST.get("act", "")
    try:
        if act == "propose":
            form = CorrectionForm(request.POST, said=said_in(report), prefix="c")
            forms = replace(forms, correcting=form)
            return forms, _told(form) or _propose(form, report, shell, request)
        if act == "verify":
            verifying = VerificationForm(request.POST, said=said_in(report), prefix="v")
            forms = replace(forms, verifying=verifying)
            return forms, _told(verifying) or _verify(verifying, report, shell, request)
        return _answer(act, request, report, forms, shell)
    except CommandError as error:
        return forms, error.message


def _told(form: Form) -> str:
    """What is wrong with the form as a whole; each field says its own."""
    return "" if form.is_valid() else _("没有保存，请改正标出的栏目。")


def _propose(form: CorrectionForm, report: Report, shell: Shell, request: HttpRequest) -> str:
    given = form.cleaned_data
    about: dict[str, Any] = {"indicator": form.figure.indicator, "member": form.figure.member}
    try:
        propose_correction(report=report, value=given["value"], reason=given["reason"], **about, **shell.acting)
    except InvalidInput as error:
        tell(form, error)
        return error.message
    messages.success(request, _("已提出更正，等%(unit)s同意。") % {"unit": report.unit})
    return ""


def _verify(form: VerificationForm, report: Report, shell: Shell, request: HttpRequest) -> str:
    given = form.cleaned_data
    try:
        found = record_verification(
            report=report,
            finding=form.finding,
            way=VerificationWay(given["way"]),
            words=given["words"],
            evidence=given["evidence"],
            verified_on=given["verified_on"],
            **shell.acting,
        )
    except InvalidInput as error:
        tell(form, error)
        return error.message
    waits = found.corrections.exists()
    messages.success(request, _("核查已登记，与所报不符，已请单位同意更正。") if waits else _("核查已登记。"))
    return ""


def _answer(act: str, request: HttpRequest, report: Report, forms: CheckForms, shell: Shell) -> tuple[CheckForms, str]:
    """Agree, refuse, take back, or note a consent by telephone."""
    pk = request.POST.get("correction", "")
    only_for(whole_number(pk) is not None and act in (*ANSWERS, "agree", "consent"))
    correction = get_object_or_404(report.corrections.all(), pk=pk)
    if act == "consent":
        form = ConsentForm(request.POST, prefix="p")
        forms = replace(forms, consenting=form)
        if _told(form):
            return forms, _told(form)
        note_consent(correction=correction, **form.cleaned_data, **shell.acting)
    elif act == "agree":
        agree_to_correction(correction=correction, **shell.acting)
    else:
        ANSWERS[act](correction=correction, note=request.POST.get("note", ""), **shell.acting)
    messages.success(request, _("%(task)s的更正已办理。") % {"task": report.task})
    return forms, ""
