"""A unit's month by file: the sheet to fill in, its way back, and the unit's own report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duixian.audit.command import CommandError
from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.downloads import workbook_response
from duixian.console.monthproposals import Desk, ProposedRow, Upload, proposed_rows, take_upload
from duixian.console.monthrows import month_rows
from duixian.console.monthsheet import month_spec
from duixian.console.monthwork import Outcome, send_up_rows
from duixian.console.reportfields import ReportRow
from duixian.console.shell import Shell, the_shell
from duixian.periods import parse_month
from duixian.register.models import Plan
from duixian.reporting.commands import apply_proposal
from duixian.reporting.enums import ProposalKind
from duixian.reporting.locks import is_open_for
from duixian.reporting.models import MonthProposal, Round
from duixian.reporting.rules import may_fill_unit
from duixian.sheets import LARGEST, workbook_bytes
from duixian.units.models import Unit

MOST_FAULTS = 100


def _month(plan: Plan, shell: Shell, text: str) -> Round:
    """The round of that month; without one the current."""
    try:
        found = plan.rounds.filter(month=parse_month(text)).first()
    except ValueError:
        found = shell.round
    only_for(found is not None)
    assert found is not None
    return found


def _rows(shell: Shell, unit: Unit, round: Round) -> list[ReportRow]:
    return month_rows(shell.account, unit, round, today=shell.today, is_mine=may_fill_unit(shell.account, unit))


@signed_in
@require_safe
def month_sheet(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The unit's sheet of a month, filled in as far as it is known."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    unit = get_object_or_404(Unit, government=plan.government, pk=unit_id)
    only_for(may_fill_unit(shell.account, unit) or shell.is_whole)
    round = _month(plan, shell, request.GET.get("month", ""))
    content = workbook_bytes([month_spec(_rows(shell, unit, round), round, unit)])
    return workbook_response(content, f"{unit}{round.month.year}年{round.month.month}月填报表")


@signed_in
@require_POST
def month_upload(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A filled-in sheet or the unit's own report; what is refused says why, by cell."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    unit = get_object_or_404(Unit, government=plan.government, pk=unit_id)
    only_for(may_fill_unit(shell.account, unit))
    round = _month(plan, shell, request.POST.get("month", ""))
    given = request.FILES.get("file")
    if given is None:
        upload = Upload(refusal=_("请选择要上传的文件。"))
    elif not is_open_for(round, unit, shell.today):
        upload = Upload(refusal=_("%(round)s已经锁定，不能再填报。") % {"round": round})
    else:
        desk = Desk(round, unit, _rows(shell, unit, round), shell.account, shell.now)
        upload = take_upload(given.read(LARGEST + 1), given.name or "", desk)
    page = f"{reverse('stocktake-unit', args=[unit.pk])}?month={round.month:%Y-%m}"
    if upload.proposal is not None:
        if upload.proposal.kind == ProposalKind.DOCUMENT:
            return redirect(f"{page}&proposal={upload.proposal.pk}")
        return redirect("month-proposal", pk=upload.proposal.pk)
    if upload.is_same:
        messages.info(request, _("“%(name)s”和已填的一样，没有要改的。") % {"name": upload.name})
        return redirect(page)
    context = {
        "unit": unit,
        "round": round,
        "upload": upload,
        "faults": upload.faults[:MOST_FAULTS],
        "page": page,
    }
    return render(request, "console/month-refused.html", context, status=422)


@signed_in
def month_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What the sheet changes, cell by cell; on the person's word all of it is saved, or nothing."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    proposal = get_object_or_404(MonthProposal.objects.select_related("round__plan", "unit"), pk=pk, round__plan=plan)
    only_for(may_fill_unit(shell.account, proposal.unit))
    rows = _rows(shell, proposal.unit, proposal.round)
    error = ""
    if request.method == "POST":
        error = _apply(request, proposal, rows, shell)
        if not error:
            return redirect(f"{reverse('stocktake-unit', args=[proposal.unit_id])}?month={proposal.round.month:%Y-%m}")
    found = proposed_rows(proposal, rows)
    context = {
        "proposal": proposal,
        "rows": [one for one in found if one.changes],
        "count": sum(len(one.changes) for one in found),
        "error": error,
    }
    return render(request, "console/month-proposal.html", context, status=422 if error else 200)


def _apply(request: HttpRequest, proposal: MonthProposal, rows: list[ReportRow], shell: Shell) -> str:
    """Save all of it, and send up what is whole where that was asked. What was refused, in words."""
    try:
        saved = apply_proposal(
            proposal=proposal, revisions=_seen(request, proposed_rows(proposal, rows)), **shell.acting
        )
    except CommandError as error:
        return error.message
    outcome = Outcome(saved=len(saved))
    if request.POST.get("act") == "send":
        fresh = _rows(shell, proposal.unit, proposal.round)
        send_up_rows([row for row in fresh if row.is_filled], outcome, **shell.acting)
    messages.success(request, _("已按表保存%(n)s项。") % {"n": outcome.saved})
    if outcome.sent:
        messages.success(request, _("已送审签%(n)s项，等单位负责人审签。") % {"n": outcome.sent})
    if outcome.faulty:
        messages.warning(request, _("%(n)s项还没有填好，没有送审签，请在下面补好。") % {"n": outcome.faulty})
    return ""


def _seen(request: HttpRequest, rows: list[ProposedRow]) -> dict[int, int]:
    """Of each report, the revision that stood beside the sheet on the page."""
    given = {one.row.task.pk: request.POST.get(f"revision-{one.row.task.pk}", "") for one in rows}
    return {pk: int(text) for pk, text in given.items() if text.isdecimal() and len(text) < 9}
