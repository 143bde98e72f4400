"""Computing a plan's standings anew from what is known: figures, plans, approved words, overrides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from duixian.assessing import Thresholds
from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.audit.trail import record
from duixian.periods import month_of
from duixian.register.models import Plan, Task
from duixian.register.queries import tasks_with_promises
from duixian.reporting.commands._grading import assess_parts, judged_by
from duixian.reporting.commands._standings import Kept, Memory, Moment, compare, recall, show, write
from duixian.reporting.facts import Knowledge, Source, read_source
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.rules import may_run_rounds
from duixian.units.rules import require


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What came of it: tasks looked at, standings written because they differed, changes of grade or light."""

    tasks: int = 0
    standings: int = 0
    changes: int = 0

    def plus(self, other: "Recomputed") -> "Recomputed":
        """Both together."""
        return Recomputed(self.tasks + other.tasks, self.standings + other.standings, self.changes + other.changes)


@command
def recompute_tasks(
    *, plan: Plan, tasks: Sequence[int], months: Sequence[date], actor: Actor, now: datetime
) -> Recomputed:
    """Grade tasks of the plan, named by their keys, anew in each month they were graded for; a fixed number of queries.

    Months are judged by the day they were judged by; what a lock found not reported stays so.
    """
    require(may_run_rounds(actor, plan))
    found = list(tasks_with_promises(Task.objects.in_force().filter(plan=plan, pk__in=tasks)))
    until = max(months)
    run = _Run(plan, plan.thresholds(), read_source(found, until=until), recall(found, until=until), now)
    for month in sorted(set(months)):
        run.grade(found, month)
    write(run.kept, run.memory, now)
    result = Recomputed(len(found), len(run.kept.standings), len(run.kept.changes))
    after = {
        "tasks": [task.number for task in found[:1] + found[-1:]],
        "count": len(found),
        "months": [min(months), until],
        "standings": result.standings,
        "changes": result.changes,
    }
    record(actor=actor, now=now, action="recompute_tasks", target=plan, after=after)
    return result


class _Run:
    """One batch under way."""

    def __init__(self, plan: Plan, thresholds: Thresholds, source: Source, memory: Memory, now: datetime) -> None:
        self.plan, self.thresholds, self.source, self.memory, self.now = plan, thresholds, source, memory, now
        self.kept = Kept()
        self.approved = {(word.task_id, word.month): word.decided_at for word in source.words}

    def grade(self, tasks: Sequence[Task], month: date) -> None:
        """Every task that was graded for the month, by the day it was judged by."""
        known: dict[date, tuple[Knowledge, Moment]] = {}
        for task in tasks:
            day = self._judged_on(task, month)
            if day is None:
                if self.memory.at(task.pk, TASK_PART, month) is not None:
                    show(task, month, self.memory, self.kept)
                continue
            if day not in known:
                known[day] = self.source.known(month, day), Moment(month, day, self.now)
            knowledge, moment = known[day]
            compare(assess_parts(task, knowledge, self.thresholds), self.memory, self.kept, moment)

    def _judged_on(self, task: Task, month: date) -> date | None:
        """As kept with the standing; else the day its report was approved or the list adopted; None: not graded."""
        row = self.memory.at(task.pk, TASK_PART, month)
        if row is not None and not row.is_silent:
            return row.judged_on or judged_by(month, localdate(row.assessed_at))
        decided_at = self.approved.get((task.pk, month))
        if decided_at is not None:
            return judged_by(month, localdate(decided_at))
        adopted_on = localdate(self.plan.adopted_at)
        is_adoption = row is None and month == month_of(adopted_on)
        return judged_by(month, adopted_on) if is_adoption else None
