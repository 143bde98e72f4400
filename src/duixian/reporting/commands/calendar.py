"""盘点日历: the days of a plan's rounds, for every month or for one."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import month_label, today_in
from duixian.register.models import Plan
from duixian.reporting.calendars import days_of
from duixian.reporting.days import RoundDays, round_dates
from duixian.reporting.models import RoundCalendar
from duixian.reporting.rules import may_run_rounds
from duixian.units.queries import calendar_exceptions
from duixian.units.rules import require


@command
def set_round_calendar(
    *, plan: Plan, days: RoundDays, actor: Actor, now: datetime, month: date | None = None
) -> RoundCalendar:
    """Set the days of every month, or of one. Rounds that are open move to their new days; what is late stays late."""
    require(may_run_rounds(actor, plan))
    if days.faults:
        raise InvalidInput("".join(days.faults.values()), days.faults)
    if month is not None and (month.day != 1 or month.year != plan.year):
        raise InvalidInput(f"只能定{plan.year}年的月份。", {"month": "年份不符"})
    before = asdict(days_of(plan, month))
    row, _ = RoundCalendar.objects.update_or_create(plan=plan, month=month, defaults=asdict(days))
    after: dict[str, Any] = asdict(days) | {"month": month, "moved": _move_open_rounds(plan)}
    record(actor=actor, now=now, action="set_round_calendar", target=row, before=before, after=after)
    return row


@command
def clear_round_calendar(*, plan: Plan, month: date, actor: Actor, now: datetime) -> None:
    """Let a month follow the plan's days again."""
    require(may_run_rounds(actor, plan))
    row = RoundCalendar.objects.filter(plan=plan, month=month).first()
    if row is None:
        raise WrongState(f"{month_label(month)}没有另定的日历。")
    pk, before = row.pk, asdict(row.days)
    row.delete()
    row.pk = pk
    after = {"moved": _move_open_rounds(plan)}
    record(actor=actor, now=now, action="clear_round_calendar", target=row, before=before, after=after)


def _move_open_rounds(plan: Plan) -> list[str]:
    """Rounds not yet locked take the calendar's days; returns the months that moved."""
    exceptions, moved = calendar_exceptions(), []
    for round in plan.rounds.filter(locked_at=None):
        dates = round_dates(days_of(plan, round.month), round.month, exceptions, today_in(round.opened_at))
        if (round.due_on, round.locks_on) != (dates.due_on, dates.locks_on):
            moved.append(month_label(round.month))
        round.remind_on, round.due_on = dates.remind_on, dates.due_on
        round.review_due_on, round.locks_on = dates.review_due_on, dates.locks_on
        round.save(update_fields=["remind_on", "due_on", "review_due_on", "locks_on"])
    return moved
