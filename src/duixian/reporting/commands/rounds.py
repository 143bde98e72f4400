"""Opening a month, reminding of it, locking it."""

from datetime import date, datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import month_label, today_in
from duixian.register.models import Plan
from duixian.reporting.calendars import days_of
from duixian.reporting.commands._grading import grade_locked_round
from duixian.reporting.days import round_dates
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Reminder, Round
from duixian.reporting.queries import unit_completeness
from duixian.reporting.rules import may_run_rounds
from duixian.units.queries import calendar_exceptions
from duixian.units.rules import require


@command
def open_round(*, plan: Plan, month: date, actor: Actor, now: datetime) -> Round:
    """Open a month's stocktake; its days are the calendar's, counted from today where it opens late."""
    require(may_run_rounds(actor, plan))
    if month.day != 1 or month.year != plan.year:
        raise InvalidInput(f"只能盘点{plan.year}年的月份。", {"month": "年份不符"})
    if today_in(now) < month:
        raise InvalidInput(f"{month_label(month)}还没有到，不能开始盘点。", {"month": "未到"})
    if plan.rounds.filter(month=month).exists():
        raise InvalidInput(f"{month_label(month)}盘点已经开始。", {"month": "重复"})
    dates = round_dates(days_of(plan, month), month, calendar_exceptions(), today_in(now))
    opened = Round.objects.create(
        plan=plan,
        month=month,
        opened_at=now,
        due_on=dates.due_on,
        remind_on=dates.remind_on,
        review_due_on=dates.review_due_on,
        locks_on=dates.locks_on,
    )
    after = {"month": month, "due_on": dates.due_on, "locks_on": dates.locks_on}
    record(actor=actor, now=now, action="open_round", target=opened, after=after)
    return opened


@command
def remind_units(*, round: Round, actor: Actor, now: datetime) -> int:
    """Remind every unit that still owes, once a round; returns how many. By hand as well as by background work."""
    require(may_run_rounds(actor, round.plan))
    round = Round.objects.select_for_update().select_related("plan").get(pk=round.pk)
    if round.is_locked:
        raise WrongState(f"{round}已经锁定，不再提醒。")
    if round.reminded_at is not None:
        raise WrongState(f"{round}已经提醒过，一次盘点只提醒一次。")
    owing = {unit: row.missing for unit, row in unit_completeness(round, round.plan.tasks.in_force()).items()}
    silent = [(unit, missing) for unit, missing in owing.items() if missing]
    Reminder.objects.bulk_create([Reminder(round=round, unit=unit, owed=missing, at=now) for unit, missing in silent])
    round.reminded_at = now
    round.save(update_fields=["reminded_at"])
    after = {"units": [unit.name for unit, _ in silent]}
    record(actor=actor, now=now, action="remind_units", target=round, after=after)
    return len(silent)


@command
def lock_round(*, round: Round, actor: Actor, now: datetime) -> Round:
    """Close a month: it takes no more reports, and whoever owed one and had none approved stands as 缺报.

    Refused while signed reports wait for review: a unit that reported in time must not stand as silent.
    """
    require(may_run_rounds(actor, round.plan))
    round = Round.objects.select_for_update().select_related("plan__government").get(pk=round.pk)
    if round.is_locked:
        raise WrongState(f"{round}已经锁定。")
    waiting = round.reports.filter(state=ReportState.SUBMITTED).count()
    if waiting:
        raise WrongState(f"还有{waiting}份填报待审核，先通过或退回，再锁定{round}。")
    round.locked_at = now
    round.save(update_fields=["locked_at"])
    missing = grade_locked_round(round, now)
    record(actor=actor, now=now, action="lock_round", target=round, after={"not_reported": missing})
    return round
