"""Grading tasks for a month, and keeping every change with its reason: part of the commands that change what is known.

The calculation itself is `assessing`'s.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from duixian.assessing import (
    Assessment,
    Grade,
    OtherReason,
    Thresholds,
    assess_outcome,
    assess_target,
    not_reported,
    worst,
)
from duixian.periods import add_months, month_end, month_label, today_in
from duixian.register.models import Target, Task
from duixian.register.queries import tasks_with_promises
from duixian.reporting.enums import ReportState
from duixian.reporting.facts import (
    MILESTONES_PART,
    Knowledge,
    gather,
    milestone_facts,
    outcome_facts,
    target_facts,
)
from duixian.reporting.models import GradeChange, Report, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import tasks_owing

COMPARED = ("grade", "light")
# what the column of a ratio holds
LARGEST_RATIO = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Graded:
    """One part of a task (or the task itself), assessed."""

    task: Task
    part: str
    assessment: Assessment
    decided_by: str = ""


def grade_after_approval(report: Report, changed_series: set[int], now: datetime) -> None:
    """Grade the reported task, and whatever else reads a series that changed, for this month and later ones graded."""
    month = report.round.month
    grade_tasks(tasks_with_promises(Task.objects.filter(pk=report.task_id)), month=month, now=now, report=report)
    affected = Task.objects.filter(
        Q(targets__indicator__in=changed_series) | Q(targets__against__in=changed_series) | Q(pk=report.task_id)
    )
    stale = (
        Standing.objects.filter(task__in=affected, part=TASK_PART, month__gte=month)
        .exclude(task=report.task_id, month=month)
        .exclude(grade=Grade.NOT_REPORTED)
    )
    by_month: dict[date, list[int]] = {}
    for task_id, stale_month in stale.values_list("task_id", "month"):
        by_month.setdefault(stale_month, []).append(task_id)
    for stale_month, task_ids in sorted(by_month.items()):
        tasks = tasks_with_promises(Task.objects.filter(pk__in=task_ids))
        grade_tasks(tasks, month=stale_month, now=now, report=report)


def grade_locked_round(round: Round, now: datetime) -> int:
    """At the lock: 缺报 where a report was owed and none was ever approved. Returns how many.

    A report reopened for a correction was approved once, so it stands; so does a task completed before, which owes
    nothing.
    """
    approved = Q(state=ReportState.APPROVED) | Q(versions__decision=ReportState.APPROVED)
    reported = round.reports.filter(approved).values("task")
    silent = list(tasks_owing(round).exclude(pk__in=reported))
    verdict = not_reported(f"{month_label(round.month)}盘点", round.plan.thresholds())
    _store([Graded(t, TASK_PART, verdict) for t in silent], month=round.month, now=now, report=None)
    return len(silent)


def grade_tasks(tasks: Iterable[Task], *, month: date, now: datetime, report: Report | None = None) -> None:
    """Assess tasks as known for `month` and store standings, changes and each task's latest grade."""
    tasks = list(tasks)
    if not tasks:
        return
    known = gather(tasks, month=month, today=_seen_on(month, today_in(now)))
    thresholds = {plan.pk: plan.thresholds() for plan in {task.plan for task in tasks}}
    graded = [part for task in tasks for part in assess_parts(task, known, thresholds[task.plan_id])]
    _store(graded, month=month, now=now, report=report)


def _seen_on(month: date, today: date) -> date:
    """The day a month is judged by: a correction months later does not make limits of the time between late."""
    return min(today, month_end(add_months(month, 1)))


def assess_parts(task: Task, known: Knowledge, thresholds: Thresholds) -> list[Graded]:
    """Each part of a task, then the task itself, which shows its worst part."""
    parts: list[tuple[str, str, Assessment]] = []
    for target in task.targets.all():
        figures = target_facts(target, task, known)
        verdict = assess_target(figures, month=known.month, today=known.today, thresholds=thresholds)
        parts.append((target.part_key, target.part_name, _before_the_lock(verdict, target, known)))
    nodes = [(o.part_key, str(o), outcome_facts(o, known)) for o in task.outcomes.all() if o.covered_by_id is None]
    steps = milestone_facts(task, known)
    if steps is not None:
        nodes.append((MILESTONES_PART, steps.name, steps))
    for key, name, facts in nodes:
        parts.append((key, name, assess_outcome(facts, month=known.month, today=known.today, thresholds=thresholds)))
    index, whole = worst([(name, verdict) for _, name, verdict in parts], thresholds)
    decided_by = parts[index][0] if index is not None else ""
    return [*(Graded(task, key, verdict) for key, _, verdict in parts), Graded(task, TASK_PART, whole, decided_by)]


def _before_the_lock(verdict: Assessment, target: Target, known: Knowledge) -> Assessment:
    """A missing figure is 缺报 only once its round is locked; until then, or with a stated reason, it is 其它."""
    if verdict.grade is not Grade.NOT_REPORTED:
        return verdict
    why = known.unavailable.get((target.task_id, target.indicator_id))
    if why:
        return Assessment(Grade.OTHER, None, f"暂无数据，{why}", other=OtherReason.NOT_PUBLISHED)
    if target.task_id in known.reported:
        return Assessment(Grade.OTHER, None, "待发布，尚无完成数", other=OtherReason.NOT_PUBLISHED)
    return Assessment(Grade.OTHER, None, "尚未盘点", other=OtherReason.NOT_DUE)


def _store(graded: Sequence[Graded], *, month: date, now: datetime, report: Report | None) -> None:
    before = _standings_before(graded, month)
    standings = [_standing(g, month, now) for g in graded]
    GradeChange.objects.bulk_create(
        [
            _change(standing, before.get((standing.task_id, standing.part)), now, report)
            for standing in standings
            if _differs(standing, before.get((standing.task_id, standing.part)))
        ]
    )
    fields = [f.name for f in Standing._meta.concrete_fields if f.name not in ("id", "task", "part", "month")]
    Standing.objects.bulk_create(
        standings, update_conflicts=True, unique_fields=["task", "part", "month"], update_fields=fields
    )
    _mark_tasks(graded, month)


def _standings_before(graded: Sequence[Graded], month: date) -> dict[tuple[int, str], Standing]:
    """The latest standing of each part up to and including this month."""
    rows = Standing.objects.filter(task__in={g.task.pk for g in graded}, month__lte=month).order_by("month")
    return {(row.task_id, row.part): row for row in rows}


def _standing(graded: Graded, month: date, now: datetime) -> Standing:
    a = graded.assessment
    return Standing(
        task=graded.task,
        part=graded.part,
        month=month,
        grade=a.grade,
        light=a.light or "",
        reason=a.reason,
        decided_by=graded.decided_by,
        other=a.other or "",
        expected=_kept(a.expected, 6),
        actual=_kept(a.actual, 6),
        ratio=_kept_ratio(a.ratio),
        gap=_kept(a.gap, 6),
        days_late=a.days_late,
        days_early=a.days_early,
        pace_source=a.pace_source or "",
        data_month=a.data_month,
        assessed_at=now,
    )


def _kept(value: Decimal | None, places: int) -> Decimal | None:
    """As many decimals as the column keeps."""
    return None if value is None else round(value, places)


def _kept_ratio(ratio: Decimal | None) -> Decimal | None:
    """None for a ratio out of all measure (a trillion-fold): the reason tells it, the column does not hold it."""
    return None if ratio is None or abs(ratio) >= LARGEST_RATIO else _kept(ratio, 6)


def _differs(standing: Standing, before: Standing | None) -> bool:
    return before is None or any(getattr(standing, name) != getattr(before, name) for name in COMPARED)


def _change(standing: Standing, before: Standing | None, now: datetime, report: Report | None) -> GradeChange:
    return GradeChange(
        task_id=standing.task_id,
        part=standing.part,
        month=standing.month,
        from_grade=before.grade if before else "",
        from_light=before.light if before else "",
        to_grade=standing.grade,
        to_light=standing.light,
        reason=standing.reason,
        at=now,
        report=report,
    )


def _mark_tasks(graded: Sequence[Graded], month: date) -> None:
    """Keep the latest grade on the task itself, for lists and totals.

    What a stocktake found goes before what was known at adoption, also where its month is an earlier one: a list handed
    out in February is first reported on for January.
    """
    whole = [g for g in graded if g.part == TASK_PART]
    rounds = set(Round.objects.filter(plan__in={g.task.plan_id for g in whole}).values_list("plan", "month"))

    def rank(task: Task, of: date) -> tuple[bool, date]:
        return (task.plan_id, of) in rounds, of

    marked = []
    for g in whole:
        if g.task.graded_month is None or rank(g.task, g.task.graded_month) <= rank(g.task, month):
            g.task.grade, g.task.light = g.assessment.grade, g.assessment.light or ""
            g.task.reason, g.task.graded_month = g.assessment.reason, month
            marked.append(g.task)
    fields = ["grade", "light", "reason", "graded_month"]
    if len(marked) == 1:
        marked[0].save(update_fields=fields)
    else:
        Task.objects.bulk_update(marked, fields)
