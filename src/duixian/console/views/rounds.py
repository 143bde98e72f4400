"""盘点日历、提醒和开锁: what the office sets and does around a round."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from duixian.audit.command import InvalidInput
from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.forms import tell
from duixian.console.shell import Shell, the_shell
from duixian.periods import day_label, month_label, months_of_year, parse_month
from duixian.register.models import Plan
from duixian.reporting.calendars import days_among
from duixian.reporting.commands import (
    clear_round_calendar,
    grant_exception,
    remind_units,
    revoke_exception,
    set_round_calendar,
)
from duixian.reporting.days import LATEST, RoundDays, round_dates
from duixian.reporting.due import first_by_itself
from duixian.reporting.models import LockException, Round
from duixian.reporting.rules import may_run_rounds
from duixian.units.models import Unit
from duixian.units.queries import calendar_exceptions


class DaysForm(forms.Form):
    """Working days after the month's end, for every month or for one."""

    month = forms.ChoiceField(label=gettext_lazy("哪个月"), required=False)
    opens = forms.IntegerField(label=gettext_lazy("开始"), min_value=0, max_value=LATEST)
    due = forms.IntegerField(label=gettext_lazy("上报截止"), min_value=1, max_value=LATEST)
    review = forms.IntegerField(label=gettext_lazy("审核截止"), min_value=1, max_value=LATEST)
    locks = forms.IntegerField(label=gettext_lazy("锁定"), min_value=1, max_value=LATEST)
    remind_before = forms.IntegerField(label=gettext_lazy("截止前几个工作日提醒"), min_value=0, max_value=LATEST)
    is_automatic = forms.BooleanField(label=gettext_lazy("由系统自动开始、提醒和锁定"), required=False)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(f"{month:%Y-%m}", month_label(month)) for month in months_of_year(year)]
        self.fields["month"].choices = [("", _("每个月")), *months]  # type: ignore[attr-defined]


@signed_in
def calendar(request: HttpRequest) -> HttpResponse:
    """The year's dates as they come out, and the form that sets the days."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(shell.is_whole)
    may_run = may_run_rounds(shell.account, plan)
    only_for(may_run or request.method != "POST")
    rows = list(plan.round_calendars.all())
    form = DaysForm(request.POST or None, year=plan.year, initial=_initial(days_among(rows, None)))
    if request.method == "POST" and form.is_valid() and _keep(form, plan, shell):
        messages.success(request, _("已保存。没有锁定的盘点按新的日子走，已记的迟报不变。"))
        return redirect("round-calendar")
    context = {"plan": plan, "form": form, "may_run": may_run, "lines": _lines(plan), "rows": rows}
    return render(request, "console/round-calendar.html", context, status=422 if form.errors else 200)


def _initial(days: RoundDays) -> dict[str, Any]:
    return {name: getattr(days, name) for name in RoundDays.__dataclass_fields__}


def _keep(form: DaysForm, plan: Plan, shell: Shell) -> bool:
    given = dict(form.cleaned_data)
    month = given.pop("month")
    try:
        set_round_calendar(
            plan=plan, month=parse_month(month) if month else None, days=RoundDays(**given), **shell.acting
        )
    except InvalidInput as error:
        tell(form, error)
        return False
    return True


def _lines(plan: Plan) -> list[dict[str, Any]]:
    """One line a month: the round's own dates once it is open, else as the calendar has them."""
    rows, exceptions = list(plan.round_calendars.all()), calendar_exceptions()
    rounds = {round.month: round for round in plan.rounds.all()}
    own = {row.month for row in rows}
    first = first_by_itself(plan)
    lines = []
    for month in months_of_year(plan.year):
        days = days_among(rows, month)
        dates, round = round_dates(days, month, exceptions), rounds.get(month)
        shown = round if round is not None and round.locks_on is not None else dates
        lines.append(
            {"month": month, "dates": shown, "opens_on": dates.opens_on, "round": round, "own": month in own}
            | {"due_on": round.due_on if round else dates.due_on, "is_automatic": days.is_automatic and month >= first}
        )
    return lines


@signed_in
@require_POST
def clear_month(request: HttpRequest) -> HttpResponse:
    """Let a month follow the plan's days again."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(may_run_rounds(shell.account, plan))
    clear_round_calendar(plan=plan, month=_month(request), **shell.acting)
    return redirect("round-calendar")


def _month(request: HttpRequest) -> date:
    try:
        return parse_month(request.POST.get("month", ""))
    except ValueError as error:
        raise InvalidInput(str(error)) from error


@signed_in
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the units that still owe, by hand."""
    shell = the_shell(request)
    round = _round_or_404(shell, pk)
    count = remind_units(round=round, **shell.acting)
    messages.success(request, _("已提醒%(n)s个单位，显示在它们的填报页上。") % {"n": count})
    return _back(round)


def _round_or_404(shell: Shell, pk: int) -> Round:
    plan = plan_or_404(shell)
    only_for(may_run_rounds(shell.account, plan))
    return get_object_or_404(plan.rounds, pk=pk)


def _back(round: Round) -> HttpResponse:
    return redirect(f"{reverse('stocktake')}?month={round.month:%Y-%m}")


@signed_in
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one unit into a locked round, with a reason, until a day."""
    shell = the_shell(request)
    round = _round_or_404(shell, pk)
    unit = get_object_or_404(Unit, pk=_number(request.POST.get("unit", "")), government=round.plan.government)
    try:
        expires_on = date.fromisoformat(request.POST.get("expires_on", ""))
    except ValueError as error:
        raise InvalidInput(_("请选开锁到哪一天。"), {"expires_on": _("请选日期")}) from error
    reason = request.POST.get("reason", "")
    granted = grant_exception(round=round, unit=unit, reason=reason, expires_on=expires_on, **shell.acting)
    said = {"unit": unit, "day": day_label(granted.expires_on)}
    messages.success(request, _("已为%(unit)s开锁，到%(day)s为止；补报记为迟报。") % said)
    return _back(round)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


@signed_in
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an exception back."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(may_run_rounds(shell.account, plan))
    exception = get_object_or_404(LockException.objects.select_related("round__plan__government"), pk=pk)
    only_for(exception.round.plan_id == plan.pk)
    revoke_exception(exception=exception, **shell.acting)
    messages.success(request, _("已收回。"))
    return _back(exception.round)
