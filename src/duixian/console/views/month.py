"""A unit's month on one page: filled in by its people, read by those who see everything."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from duixian.console.access import asked_round, only_for, plan_or_404, signed_in
from duixian.console.monthacts import with_act
from duixian.console.monthextras import PartRow, lay_extras, part_rows_of, show_as_month
from duixian.console.monthproposals import lay_over
from duixian.console.monthrows import month_rows
from duixian.console.monthwork import Outcome, add_files, save_parts, save_rows, send_up_rows, take_file_away
from duixian.console.numbers import whole_number
from duixian.console.reportfields import ReportRow
from duixian.console.shell import Shell, the_shell
from duixian.periods import add_months, month_label
from duixian.reporting.commands import close_proposal
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.listings import corrections_waiting
from duixian.reporting.locks import exception_of, is_open_for
from duixian.reporting.models import MonthProposal, Round
from duixian.reporting.rules import may_fill_unit
from duixian.units.models import Unit
from duixian.units.rules import require, signs_for


@signed_in
def stocktake_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Everything the unit owes for a month; saved row by row, nothing typed is lost."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    unit = get_object_or_404(Unit, government=plan.government, pk=unit_id)
    is_mine = may_fill_unit(shell.account, unit)
    only_for(is_mine or shell.is_whole)
    round = asked_round(request, plan, shell.round)
    if round is None:
        return render(request, "console/no-round.html", {"unit": unit})
    # whoever sees the page and does not fill it in is told so, nothing sent is passed over in silence
    require(is_mine or request.method != "POST", _("本月由%(unit)s的联络员和负责人填报。") % {"unit": unit})
    rows = month_rows(shell.account, unit, round, today=shell.today, is_mine=is_mine)
    lay_extras(rows, round, today=shell.today)
    parts = part_rows_of(unit, round)
    proposal = _proposal(request, unit, round) if is_mine else None
    outcome = Outcome()
    if request.method == "POST":
        post = with_act(request.POST, rows)
        if post.get("act") == "autosave":
            return _saved_by_itself(request, post, rows, round, shell)
        outcome = _work(request, post, rows, parts, round, shell)
        if not outcome.faulty:
            _say(request, outcome)
            if proposal is not None:
                close_proposal(proposal=proposal, **shell.acting)
            return redirect(_address(request, round))
    if proposal is not None:
        lay_over(rows, proposal, with_values=request.method != "POST")
    if _is_by_month(request):
        show_as_month(rows)
    context = _context(request, shell, unit, round, rows) | {
        "parts": parts,
        "outcome": outcome,
        "proposal": proposal,
        "is_mine": is_mine,
        "corrections": list(corrections_waiting(plan, [unit])) if is_mine else [],
    }
    return render(request, "console/stocktake-unit.html", context, status=422 if outcome.faulty else 200)


def _is_by_month(request: HttpRequest) -> bool:
    return request.GET.get("as") == "month"


def _address(request: HttpRequest, round: Round) -> str:
    """The same page of the same month, without the proposal that has been taken over; at the row one worked on."""
    by_month = "&as=month" if _is_by_month(request) else ""
    return f"{request.path}?month={round.month:%Y-%m}{by_month}"


def _context(request: HttpRequest, shell: Shell, unit: Unit, round: Round, rows: list[ReportRow]) -> dict[str, Any]:
    return {
        "unit": unit,
        "round": round,
        "rounds": round.plan.rounds.order_by("month"),
        "rows": rows,
        "progress": Progress.choices,
        "is_head": signs_for(shell.account, unit, shell.today),
        "is_open": is_open_for(round, unit, shell.today),
        "exception": exception_of(round, unit, shell.today) if round.is_locked else None,
        "reminder": None if round.is_locked else round.reminders.filter(unit=unit).first(),
        "is_by_month": _is_by_month(request),
        "may_switch": any(f.may_switch for row in rows for f in row.figures),
        **_summary(rows, shell, round),
    }


def _proposal(request: HttpRequest, unit: Unit, round: Round) -> MonthProposal | None:
    """What was read from the unit's own report and waits for the liaison's eyes."""
    asked = whole_number(request.GET.get("proposal", ""))
    if asked is None:
        return None
    return MonthProposal.objects.filter(pk=asked, unit=unit, round=round, applied_at=None).first()


def _work(
    request: HttpRequest,
    post: QueryDict,
    rows: list[ReportRow],
    parts: list[PartRow],
    round: Round,
    shell: Shell,
) -> Outcome:
    """Save everything; then send up the ticked rows, or all that are filled in."""
    outcome = save_rows(rows, post, round=round, **shell.acting)
    save_parts(parts, post, outcome, round=round, **shell.acting)
    add_files(rows, request.FILES, outcome, round=round, **shell.acting)
    act = post.get("act", "save")
    if act.startswith("unfile:"):
        take_file_away(rows, act.removeprefix("unfile:"), outcome, **shell.acting)
    if act == "send":
        ticked = [r for r in rows if f"{r.prefix}send" in post]
        send_up_rows(ticked, outcome, **shell.acting)
    if act == "send-all":
        send_up_rows([r for r in rows if r.is_filled], outcome, **shell.acting)
    return outcome


def _saved_by_itself(
    request: HttpRequest, post: QueryDict, rows: list[ReportRow], round: Round, shell: Shell
) -> HttpResponse:
    """One row, saved as it was left: the row as it now stands, and in a header how it went."""
    posted = [row for row in rows if f"{row.prefix}revision" in post]
    only_for(len(posted) == 1)
    row = posted[0]
    outcome = save_rows(posted, post, round=round, **shell.acting)
    if not outcome.faulty:
        fresh = month_rows(shell.account, row.task.reporting_unit, round, today=shell.today, is_mine=True)
        lay_extras(fresh, round, today=shell.today)
        row = next(r for r in fresh if r.task.pk == row.task.pk)
    if _is_by_month(request):
        show_as_month([row])
    context = {"row": row, "progress": Progress.choices, "round": round}
    response = render(request, "console/report-row.html", context)
    response.headers["X-Saved"] = "faulty" if outcome.faulty else "saved" if outcome.saved else "same"
    response.headers["X-Saved-At"] = f"{localtime(shell.now):%H:%M}"
    return response


def _say(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.sent:
        messages.success(request, _("已送审签%(n)s项，等单位负责人审签。") % {"n": outcome.sent})
    elif outcome.saved:
        messages.success(request, _("已保存%(n)s项。") % {"n": outcome.saved})
    elif not outcome.files:
        messages.info(request, _("没有改动，无须保存。"))
    if outcome.files:
        messages.success(request, _("已附佐证材料%(n)s份。") % {"n": outcome.files})


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
