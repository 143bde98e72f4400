"""Opening and locking a month."""

from datetime import date, datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import add_working_days, month_end, month_label, today_in
from duixian.register.models import Plan
from duixian.reporting.commands._grading import grade_locked_round
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Round
from duixian.reporting.rules import may_run_rounds
from duixian.units.queries import calendar_exceptions
from duixian.units.rules import require

# units report within so many working days after the month's end
DUE_WORKING_DAYS = 5


@command
def open_round(*, plan: Plan, month: date, actor: Actor, now: datetime) -> Round:
    """Open a month's stocktake; it is due five working days after the month's end."""
    require(may_run_rounds(actor, plan))
    if month.day != 1 or month.year != plan.year:
        raise InvalidInput(f"只能盘点{plan.year}年的月份。", {"month": "年份不符"})
    if today_in(now) < month:
        raise InvalidInput(f"{month_label(month)}还没有到，不能开始盘点。", {"month": "未到"})
    if plan.rounds.filter(month=month).exists():
        raise InvalidInput(f"{month_label(month)}盘点已经开始。", {"month": "重复"})
    due_on = add_working_days(month_end(month), DUE_WORKING_DAYS, calendar_exceptions())
    opened = Round.objects.create(plan=plan, month=month, opened_at=now, due_on=due_on)
    record(actor=actor, now=now, action="open_round", target=opened, after={"month": month, "due_on": due_on})
    return opened


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
