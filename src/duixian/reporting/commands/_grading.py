"""Grading tasks for a month: part of the commands that change what is known. The calculation is `assessing`'s."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from duixian.assessing import (
    Assessment,
    Grade,
    OtherReason,
    OutcomeFacts,
    Thresholds,
    assess_outcome,
    assess_target,
    not_reported,
    worst,
)
from duixian.periods import add_months, month_end, month_label, today_in
from duixian.register.models import Outcome, Part, Target, Task
from duixian.register.queries import load_promises, tasks_with_promises
from duixian.reporting.commands._standings import Graded, Kept, Moment, compare, recall, write
from duixian.reporting.enums import ReportState
from duixian.reporting.facts import (
    MILESTONES_PART,
    Knowledge,
    gather,
    milestone_facts,
    outcome_facts,
    part_facts,
)
from duixian.reporting.models import Report, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import tasks_owing

# tasks held in memory at once
BATCH = 500


def grade_after_approval(report: Report, changed_series: set[int], now: datetime) -> None:
    """Grade the reported task, and whatever else reads a series that changed, for this month and later ones graded.

    The report comes from `lock_report`: its task is as it stands now.
    """
    month = report.round.month
    load_promises(report.task)
    grade_tasks([report.task], month=month, now=now, report=report)
    reads = Q(targets__indicator__in=changed_series) | Q(targets__against__in=changed_series) | Q(pk=report.task_id)
    stale = Standing.objects.filter(task__in=Task.objects.filter(reads), month__gte=month)
    grade_again(stale.exclude(task=report.task_id, month=month), now=now, report=report)


def grade_again(standings: QuerySet[Standing], *, now: datetime, report: Report | None = None) -> int:
    """Grade anew the tasks and months of these standings; what a lock found not reported stays so. Returns how many."""
    silent = Q(grade=Grade.NOT_REPORTED) | Q(computed_grade=Grade.NOT_REPORTED)
    by_month: dict[date, list[int]] = defaultdict(list)
    rows = standings.filter(part=TASK_PART).exclude(silent).values_list("task_id", "month")
    for task_id, month in rows.distinct():
        by_month[month].append(task_id)
    for month, task_ids in sorted(by_month.items()):
        grade_tasks(tasks_with_promises(Task.objects.filter(pk__in=task_ids)), month=month, now=now, report=report)
    return sum(map(len, by_month.values()))


def grade_locked_round(round: Round, now: datetime) -> int:
    """At the lock: 缺报 where a report was owed and none was ever approved. Returns how many.

    A report reopened for a correction was approved once, so it stands; so does a task completed before, which owes
    nothing.
    """
    approved = Q(state=ReportState.APPROVED) | Q(versions__decision=ReportState.APPROVED)
    reported = round.reports.filter(approved).values("task")
    silent = list(tasks_owing(round).exclude(pk__in=reported))
    verdict = not_reported(f"{month_label(round.month)}盘点", round.plan.thresholds())
    moment = Moment(round.month, judged_by(round.month, today_in(now)), now)
    memory, kept = recall(silent, until=round.month), Kept()
    for task in silent:
        compare([Graded(task, TASK_PART, verdict)], memory, kept, moment, is_whole=False)
    write(kept, memory, now)
    return len(silent)


def grade_tasks(tasks: Iterable[Task], *, month: date, now: datetime, report: Report | None = None) -> None:
    """Assess tasks as known for `month` and store standings, changes and each task's latest grade."""
    moment = Moment(month, judged_by(month, today_in(now)), now, report.pk if report else None)
    tasks = list(tasks)
    for batch in (tasks[start : start + BATCH] for start in range(0, len(tasks), BATCH)):
        thresholds = {plan.pk: plan.thresholds() for plan in {task.plan for task in batch}}
        known = gather(batch, month=month, today=moment.judged_on)
        memory, kept = recall(batch, until=month), Kept()
        for task in batch:
            compare(assess_parts(promises_of(task), known, thresholds[task.plan_id]), memory, kept, moment)
        write(kept, memory, now)


def judged_by(month: date, today: date) -> date:
    """The day a month is judged by: a correction months later does not make limits of the time between late."""
    return min(today, month_end(add_months(month, 1)))


@dataclass(frozen=True, slots=True)
class Promises:
    """A task's parts with their keys and names, listed once for all the months it is graded for."""

    task: Task
    targets: tuple[tuple[str, str, Target], ...]
    outcomes: tuple[tuple[str, str, Outcome], ...]
    has_milestones: bool
    parts: tuple[tuple[str, str, Part], ...]


def promises_of(task: Task) -> Promises:
    """The parts of a task from `tasks_with_promises`; an outcome that an amount measures is none of its own."""
    outcomes = [o for o in task.outcomes.all() if o.covered_by_id is None]
    return Promises(
        task=task,
        targets=tuple((t.part_key, t.part_name, t) for t in task.targets.all()),
        outcomes=tuple((o.part_key, str(o), o) for o in outcomes),
        has_milestones=bool(task.milestones.all()),
        parts=tuple((p.part_key, str(p), p) for p in getattr(task, "graded_parts", ())),
    )


def assess_parts(promises: Promises, known: Knowledge, thresholds: Thresholds) -> list[Graded]:
    """Each part of a task, then the task itself, which shows its worst part.

    Where a part was adjusted or extended, it and the task are also assessed as first promised.
    """
    task = promises.task
    parts = [*_targets(promises, known, thresholds), *_nodes(promises, known, thresholds)]
    index, whole = worst([(name, verdict) for _, name, verdict, _ in parts], thresholds)
    promised = None
    if any(first is not None for *_, first in parts):
        _, promised = worst([(name, first or verdict) for _, name, verdict, first in parts], thresholds)
    decided_by = parts[index][0] if index is not None else ""
    graded = [Graded(task, key, verdict, promised=first) for key, _, verdict, first in parts]
    return [*graded, Graded(task, TASK_PART, whole, decided_by, promised)]


# key, name, as in force, as first promised where that is something else
Assessed = tuple[str, str, Assessment, Assessment | None]


def _targets(promises: Promises, known: Knowledge, thresholds: Thresholds) -> Iterator[Assessed]:
    def verdict(target: Target, *, as_promised: bool = False) -> Assessment:
        facts = known.facts(target, promises.task, as_promised=as_promised)
        found = assess_target(facts, month=known.month, today=known.today, thresholds=thresholds)
        return _before_the_lock(found, target, known)

    for key, name, target in promises.targets:
        first = verdict(target, as_promised=True) if target.is_amended else None
        yield key, name, verdict(target), first


def _nodes(promises: Promises, known: Knowledge, thresholds: Thresholds) -> Iterator[Assessed]:
    """Outcomes no amount measures, nodes of the task as a whole, parts of cooperating units."""

    def verdict(facts: OutcomeFacts) -> Assessment:
        return assess_outcome(facts, month=known.month, today=known.today, thresholds=thresholds)

    for key, name, outcome in promises.outcomes:
        is_amended = outcome.amended_due_on is not None
        first = verdict(outcome_facts(outcome, known, as_promised=True)) if is_amended else None
        yield key, name, verdict(outcome_facts(outcome, known)), first
    task = promises.task
    steps = milestone_facts(task, known) if promises.has_milestones else None
    if steps is not None:
        promised = milestone_facts(task, known, as_promised=True) if task.amended_due_on is not None else None
        yield MILESTONES_PART, steps.name, verdict(steps), verdict(promised) if promised else None
    for key, name, part in promises.parts:
        yield key, name, verdict(part_facts(part, known)), None


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
