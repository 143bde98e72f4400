"""What computing tasks anew comes to, found by reading alone: it holds nobody up, also in a process of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duixian.assessing import Thresholds
from duixian.audit.holding import entries_so_far
from duixian.periods import month_of, today_in
from duixian.register.models import Plan, Task
from duixian.register.queries import tasks_with_promises
from duixian.reporting.commands._grading import Promises, assess_parts, judged_by, promises_of
from duixian.reporting.commands._standings import Kept, Memory, Moment, Writing, compare, ready, recall, show
from duixian.reporting.facts import Knowledge, Source, read_source
from duixian.reporting.models.standing import TASK_PART


@dataclass(slots=True)
class Computed:
    """Of some tasks, by their keys and numbers: what is to be written, in plain values.

    It holds as long as the trail is no longer than `entries`: every act that changes something leaves an entry.
    """

    entries: int
    tasks: list[int]
    numbers: list[str]
    writing: Writing


def compute(*, plan: Plan, tasks: Sequence[int], months: Sequence[date], now: datetime) -> Computed:
    """Grade tasks of the plan anew in each month they were graded for, writing nothing; a fixed number of queries.

    Months are judged by the day they were judged by; what a lock found not reported stays so. The plan itself is read
    again: its thresholds may be others by now.
    """
    entries = entries_so_far()
    plan = Plan.objects.get(pk=plan.pk)
    found = list(tasks_with_promises(Task.objects.in_force().filter(plan=plan, pk__in=tasks)))
    until = max(months)
    run = _Run(plan, plan.thresholds(), read_source(found, until=until), recall(found, until=until), now)
    wanted = sorted(set(months))
    for task in found:
        run.grade(promises_of(task), wanted)
    writing = ready(run.kept, run.memory, now)
    return Computed(entries, list(tasks), [task.number for task in found], writing)


class _Run:
    """One batch under way."""

    def __init__(self, plan: Plan, thresholds: Thresholds, source: Source, memory: Memory, now: datetime) -> None:
        self.plan, self.thresholds, self.source, self.memory, self.now = plan, thresholds, source, memory, now
        self.kept = Kept()
        self.approved = {(word.task_id, word.month): word.decided_at for word in source.words}
        self.known: dict[tuple[date, date], tuple[Knowledge, Moment]] = {}
        self.days: dict[datetime, date] = {}

    def grade(self, promises: Promises, months: Sequence[date]) -> None:
        """A task for each month it was graded for, by the day it was judged by."""
        task = promises.task
        for month in months:
            day = self._judged_on(task, month)
            if day is not None:
                knowledge, moment = self._seen_on(month, day)
                compare(assess_parts(promises, knowledge, self.thresholds), self.memory, self.kept, moment)
            elif self.memory.at(task.pk, TASK_PART, month) is not None:
                show(task, month, self.memory, self.kept)

    def _seen_on(self, month: date, day: date) -> tuple[Knowledge, Moment]:
        if (month, day) not in self.known:
            self.known[month, day] = self.source.known(month, day), Moment(month, day, self.now)
        return self.known[month, day]

    def _judged_on(self, task: Task, month: date) -> date | None:
        """As kept with the standing; else the day its report was approved or the list adopted; None: not graded."""
        row = self.memory.at(task.pk, TASK_PART, month)
        if row is not None and not row.is_silent:
            return row.judged_on or judged_by(month, self._day(row.assessed_at))
        decided_at = self.approved.get((task.pk, month))
        if decided_at is not None:
            return judged_by(month, self._day(decided_at))
        adopted_on = self._day(self.plan.adopted_at)
        is_adoption = row is None and month == month_of(adopted_on)
        return judged_by(month, adopted_on) if is_adoption else None

    def _day(self, instant: datetime) -> date:
        if instant not in self.days:
            self.days[instant] = today_in(instant)
        return self.days[instant]
