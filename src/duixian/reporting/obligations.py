"""应报: which task owes a report in which month. The rules stand in docs/rules/obligations.md, its table is a test.

Obligations are not kept as rows: they follow from the tasks, their series and their nodes, so that a task handed over
or a series that turns quarterly changes what is owed at once, and nobody makes the list.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from duixian.assessing import Grade
from duixian.indicators.enums import Frequency
from duixian.periods import month_end
from duixian.register.enums import FilingState
from duixian.register.models import Milestone, Outcome, Target, Task
from duixian.register.models.task import TaskQuerySet
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.models import Report, ReportNode, Round, Standing
from duixian.reporting.models.standing import TASK_PART

# months after which a quarter's bulletin tells of every task
WORD_EVERY_MONTHS = 3
# as extended, else as promised
IN_FORCE = Coalesce("amended_due_on", "due_on")


def tasks_open(round: Round, among: TaskQuerySet | None = None) -> TaskQuerySet:
    """Tasks (of the plan, or among those visible) a unit may report on in this round: all but those that stood
    completed when the month began."""
    tasks = Task.objects.in_force() if among is None else among
    return tasks.filter(plan=round.plan_id).exclude(pk__in=_stood(round, Grade.COMPLETED))


def _stood(round: Round, grade: Grade) -> QuerySet[Standing, Any]:
    """Tasks that stood so when the month began: by their last standing before it. Asked once, not for every task."""
    before = Standing.objects.filter(part=TASK_PART, month__lt=round.month)
    later = before.filter(task=OuterRef("task"), month__gt=OuterRef("month"))
    return before.filter(~Exists(later), grade=grade).order_by().values("task")


def tasks_owing(round: Round, among: TaskQuerySet | None = None) -> TaskQuerySet:
    """Of those, whose unit owes a report in this round: a figure is due, a node is near, or a word is."""
    horizon = month_end(round.month) + timedelta(days=round.plan.thresholds().node_warning_days)
    tasks = tasks_open(round, among)
    if round.month.month % WORD_EVERY_MONTHS == 0:
        return tasks
    # each reason asked for by itself: asked task by task in one sentence, PostgreSQL takes fifty times as long
    return tasks.filter(
        Q(pk__in=_figures_due(round, "indicator"))
        | Q(pk__in=_figures_due(round, "against"))
        | Q(pk__in=_outcomes_near(round, horizon).values("task"))
        | Q(pk__in=_milestones_near(round, horizon).values("task"))
        | Q(pk__in=_limits_near(round, horizon))
        | Q(pk__in=_stood(round, Grade.NOT_REPORTED))
        | ~Q(pk__in=_approved_before(round).values("task"))
    )


def frequencies_due(month: date) -> list[Frequency]:
    """Of which series a figure for this month exists: monthly ones always, quarterly in March, June ..."""
    return [f for f in Frequency if month.month % f.months == 0]


def _figures_due(round: Round, series: str) -> QuerySet[Target, Any]:
    """Tasks with a target on a series (`indicator` or `against`) that their own unit fills in, whose figure is known
    by the round's due day."""
    lag = max((round.due_on - month_end(round.month)).days, 0)
    due: dict[str, Any] = {
        f"{series}__frequency__in": frequencies_due(round.month),
        f"{series}__publication_lag_days__lte": lag,
        f"{series}__responsible_unit": F("task__reporting_unit"),
    }
    return Target.objects.filter(task__plan=round.plan_id, **due).order_by().values("task")


def _outcomes_near(round: Round, horizon: date) -> QuerySet[Outcome]:
    reached = _reached_before(round).filter(outcome=OuterRef("pk"))
    near = Outcome.objects.annotate(limit=IN_FORCE).filter(
        limit__lte=horizon, covered_by=None, task__plan=round.plan_id
    )
    return near.filter(~Exists(reached))


def _milestones_near(round: Round, horizon: date) -> QuerySet[Milestone]:
    reached = _reached_before(round).filter(milestone=OuterRef("pk"))
    near = Milestone.objects.filter(
        due_on__lte=horizon, part=None, state=FilingState.APPROVED, task__plan=round.plan_id
    )
    return near.filter(~Exists(reached))


def _limits_near(round: Round, horizon: date) -> QuerySet[Task, Any]:
    stated = Task.objects.filter(plan=round.plan_id).exclude(limit_text="")
    return stated.annotate(limit=IN_FORCE).filter(limit__lte=horizon).values("pk")


def _reached_before(round: Round) -> QuerySet[ReportNode]:
    return ReportNode.objects.filter(
        report__state=ReportState.APPROVED, report__round__month__lt=round.month, progress=Progress.REACHED
    )


def _approved_before(round: Round) -> QuerySet[Report]:
    return Report.objects.filter(state=ReportState.APPROVED, round__month__lt=round.month, round__plan=round.plan_id)
