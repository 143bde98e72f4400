"""The pace a unit plans for itself, and the thresholds it is held to."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.indicators.limits import is_keepable
from duixian.periods import month_label, month_of
from duixian.reading import Accrual, Comparator, Polarity
from duixian.register.commands._replacing_nodes import replace_nodes
from duixian.register.commands._words import plain, require_reason
from duixian.register.enums import FilingState
from duixian.register.models import (
    Milestone,
    MonthlyPlan,
    MonthlyPlanFigure,
    Outcome,
    Target,
    Task,
)
from duixian.register.rules import may_decide, may_file
from duixian.units.rules import require


@command
def file_monthly_plan(*, target: Target, figures: Mapping[date, Decimal], actor: Actor, now: datetime) -> MonthlyPlan:
    """File the planned figure by the end of each month (cumulative for a flow). It counts once approved.

    Raises InvalidInput for months of another year, falling cumulative figures, or a figure short of the target by
    its limit.
    """
    require(may_file(actor, target.task))
    _check_figures(target, figures)
    plan = MonthlyPlan.objects.create(target=target, filed_by=actor.audit_name, filed_at=now)
    MonthlyPlanFigure.objects.bulk_create(
        [MonthlyPlanFigure(plan=plan, month=month, value=value) for month, value in sorted(figures.items())]
    )
    record(
        actor=actor,
        now=now,
        action="file_monthly_plan",
        target=target,
        after={f"{month:%Y-%m}": value for month, value in sorted(figures.items())},
    )
    return plan


def _check_figures(target: Target, figures: Mapping[date, Decimal]) -> None:
    year = target.task.plan.year
    if not figures:
        raise InvalidInput("分月计划至少要填一个月。")
    if any(month.year != year or month.day != 1 for month in figures):
        raise InvalidInput(f"分月计划只能填{year}年的月份。")
    if not all(is_keepable(value) for value in figures.values()):
        raise InvalidInput("有的数太大，请核对计量单位。")
    if target.accrual == Accrual.FLOW:
        _check_cumulative([figures[month] for month in sorted(figures)])
    if target.accrual in (Accrual.FLOW, Accrual.STOCK):
        _check_end(target, figures)


def _check_cumulative(values: list[Decimal]) -> None:
    if values[0] < 0:
        raise InvalidInput("分月计划填累计数，不能是负数。")
    if any(b < a for a, b in itertools.pairwise(values)):
        raise InvalidInput("分月计划填累计数，后一个月不能小于前一个月。")


def _check_end(target: Target, figures: Mapping[date, Decimal]) -> None:
    """What adds up and what is a level end at the target by its limit; "about" and relations name no end.

    A ceiling on what adds up may be used up or not; a level that is to fall has to come down to it.
    """
    goal, is_less = _end_of(target)
    if goal is None or target.polarity == Polarity.NEAR or (is_less and target.accrual == Accrual.FLOW):
        return
    limit = min(month_of(target.current_due_on or date(target.task.plan.year, 12, 1)), max(figures))
    by_limit = [month for month in sorted(figures) if month <= limit]
    if not by_limit:
        raise InvalidInput(f"分月计划里没有到期限（{month_label(limit)}）为止的数。")
    last = by_limit[-1]
    if figures[last] > goal if is_less else figures[last] < goal:
        short = "没有降到" if is_less else "没有达到"
        planned = f"期限内末月（{month_label(last)}）的计划数{plain(figures[last])}"
        raise InvalidInput(f"{planned}{short}目标值{plain(goal)}。")


def _end_of(target: Target) -> tuple[Decimal | None, bool]:
    """The figure that counts as reached, and whether less is good; a promised fall counts its own size."""
    is_fall = target.direction == "down" and target.comparator != Comparator.AT_MOST
    is_less = target.polarity == Polarity.LESS and not is_fall
    upper = target.current_value_max
    return (upper if is_less and upper is not None else target.current_value), is_less


@command
def approve_monthly_plan(*, monthly_plan: MonthlyPlan, actor: Actor, now: datetime) -> MonthlyPlan:
    """Put a filed plan in force; the one before it is kept as replaced."""
    require(may_decide(actor, monthly_plan.target.task.plan))
    monthly_plan.refresh_from_db()
    if not FilingState(monthly_plan.state).may_approve:
        raise WrongState("这份分月计划已经处理过了。")
    monthly_plan.target.monthly_plans.filter(state=FilingState.APPROVED).update(state=FilingState.REPLACED)
    _decide(monthly_plan, FilingState.APPROVED, "", actor, now)
    _record_decision(monthly_plan, "approve_monthly_plan", actor, now)
    return monthly_plan


@command
def send_back_monthly_plan(*, monthly_plan: MonthlyPlan, note: str, actor: Actor, now: datetime) -> MonthlyPlan:
    """Return a filed plan with a note."""
    require(may_decide(actor, monthly_plan.target.task.plan))
    monthly_plan.refresh_from_db()
    if not FilingState(monthly_plan.state).may_approve:
        raise WrongState("这份分月计划已经处理过了。")
    require_reason(note)
    _decide(monthly_plan, FilingState.SENT_BACK, note, actor, now)
    _record_decision(monthly_plan, "send_back_monthly_plan", actor, now)
    return monthly_plan


def _decide(monthly_plan: MonthlyPlan, state: FilingState, note: str, actor: Actor, now: datetime) -> None:
    monthly_plan.state, monthly_plan.note = state, note
    monthly_plan.decided_by, monthly_plan.decided_at = actor.audit_name, now
    monthly_plan.save(update_fields=["state", "note", "decided_by", "decided_at"])


def _record_decision(monthly_plan: MonthlyPlan, action: str, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        target=monthly_plan.target,
        before={"plan": monthly_plan.pk, "state": FilingState.FILED},
        after={"plan": monthly_plan.pk, "state": monthly_plan.state, "note": monthly_plan.note},
    )


@command
def file_milestones(
    *,
    task: Task,
    nodes: Sequence[tuple[str, date]],
    actor: Actor,
    now: datetime,
    outcome: Outcome | None = None,
) -> list[Milestone]:
    """File all nodes (name, due date) on the way to an outcome, or to the task as a whole.

    Approved, they take the place of those in force; what waited for approval before is replaced at once.
    """
    require(may_file(actor, task))
    longest = Milestone._meta.get_field("name").max_length or 0
    if not nodes or any(not 0 < len(name.strip()) <= longest for name, _ in nodes):
        raise InvalidInput(f"每个节点都要写明做什么，最多{longest}字。")
    if outcome is not None and outcome.task_id != task.pk:
        raise InvalidInput(f"{task}没有这项成果。")
    waiting = task.milestones.filter(part=None, outcome=outcome, state=FilingState.FILED)
    waiting.update(state=FilingState.REPLACED)
    filed = [
        Milestone.objects.create(
            task=task, outcome=outcome, name=name, due_on=due_on, filed_by=actor.audit_name, filed_at=now
        )
        for name, due_on in nodes
    ]
    record(
        actor=actor,
        now=now,
        action="file_milestones",
        target=task,
        after={"outcome": str(outcome or ""), "nodes": [f"{due_on} {name}" for name, due_on in nodes]},
    )
    return filed


@command
def approve_milestones(*, task: Task, actor: Actor, now: datetime) -> int:
    """Put all filed nodes of a task in force in place of those before; returns how many.

    Nodes of parts are agreed between the units.
    """
    require(may_decide(actor, task.plan))
    replaced = replace_nodes(task)
    count = _decide_milestones(task, FilingState.APPROVED, "", actor, now)
    record(actor=actor, now=now, action="approve_milestones", target=task, after={"nodes": count, "replaced": replaced})
    return count


@command
def send_back_milestones(*, task: Task, note: str, actor: Actor, now: datetime) -> int:
    """Return all filed nodes of a task with a note; returns how many."""
    require(may_decide(actor, task.plan))
    require_reason(note)
    count = _decide_milestones(task, FilingState.SENT_BACK, note.strip(), actor, now)
    record(actor=actor, now=now, action="send_back_milestones", target=task, after={"nodes": count, "note": note})
    return count


def _decide_milestones(task: Task, state: FilingState, note: str, actor: Actor, now: datetime) -> int:
    filed = task.milestones.filter(part=None, state=FilingState.FILED)
    count = filed.update(state=state, note=note, decided_by=actor.audit_name, decided_at=now)
    if not count:
        raise WrongState("这项任务没有待批准的节点。")
    return count
