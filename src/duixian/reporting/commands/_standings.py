"""What is kept of a grading: standings where something differs, each change with its reason, the task's own mark.

Part of the commands that grade. The number of queries does not grow with the tasks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from duixian.assessing import Assessment
from duixian.assessing.wording import USUAL_LIGHTS
from duixian.register.models import Task
from duixian.reporting.commands._rows import Values, insert, prepared
from duixian.reporting.commands._standing_rows import (
    ROW_FIELDS,
    ChangeRow,
    StandingRow,
    change_to,
    found_in,
    standing_row,
)
from duixian.reporting.models import GradeChange, GradeOverride, Round, Standing
from duixian.reporting.models.standing import TASK_PART

Marks = dict[str, object]
# so many tasks are told what they show sooner than the database finds it in their standings
FEW = 2


@dataclass(frozen=True, slots=True)
class Graded:
    """One part of a task (or the task itself), assessed; `promised` where something else was promised first."""

    task: Task
    part: str
    assessment: Assessment
    decided_by: str = ""
    promised: Assessment | None = None


@dataclass(slots=True)
class Memory:
    """What stands already of some tasks: task -> part -> month -> standing; overrides; when months were locked."""

    rows: dict[int, dict[str, dict[date, StandingRow]]] = field(default_factory=lambda: defaultdict(dict))
    overrides: dict[int, list[GradeOverride]] = field(default_factory=lambda: defaultdict(list))
    locks: dict[tuple[int, date], datetime | None] = field(default_factory=dict)
    # plan -> light -> what it is called there; asked for only where a person's word may be shown
    words: dict[int, dict[str, str]] = field(default_factory=dict)

    def keep(self, row: StandingRow) -> None:
        """Know a standing from now on."""
        self.rows[row.task_id].setdefault(row.part, {})[row.month] = row

    def at(self, task_id: int, part: str, month: date) -> StandingRow | None:
        """The part's standing of that very month."""
        return self.rows[task_id].get(part, {}).get(month)

    def last(self, task_id: int, part: str, month: date) -> StandingRow | None:
        """The part's latest standing up to and including a month."""
        rows = self.rows[task_id].get(part, {})
        found = max((m for m in rows if m <= month), default=None)
        return None if found is None else rows[found]

    def override(self, task: Task, month: date, now: datetime) -> GradeOverride | None:
        """The person's word that the month's standing shows; the last, where several did in turn."""
        if task.pk not in self.overrides:
            return None
        locked_at = self.locks.get((task.plan_id, month))
        shown = [o for o in self.overrides[task.pk] if o.shows(month, locked_at, now)]
        return shown[-1] if shown else None


def recall(tasks: Iterable[Task], *, until: date) -> Memory:
    """Read what stands of these tasks up to a month, in three queries."""
    tasks = list(tasks)
    memory, pks = Memory(), [t.pk for t in tasks]
    known = Standing.objects.filter(task__in=pks, month__lte=until).order_by()
    for values in known.values_list(*ROW_FIELDS):
        memory.keep(StandingRow(*values))
    for override in GradeOverride.objects.filter(task__in=pks).order_by("pk"):
        memory.overrides[override.task_id].append(override)
    if memory.overrides:
        memory.words = {plan.pk: plan.light_words() for plan in {t.plan for t in tasks}}
    rounds = Round.objects.filter(plan__in={t.plan_id for t in tasks})
    memory.locks = {(plan, month): at for plan, month, at in rounds.values_list("plan", "month", "locked_at")}
    return memory


@dataclass(frozen=True, slots=True)
class Moment:
    """Which month is graded, by which day, when, and because of which report."""

    month: date
    judged_on: date
    now: datetime
    report_id: int | None = None


@dataclass(slots=True)
class Kept:
    """What is to be written: standings, changes, parts no longer there, the months tasks are to show."""

    standings: list[StandingRow] = field(default_factory=list)
    changes: list[ChangeRow] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    shown: dict[int, date] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)


def compare(parts: Sequence[Graded], memory: Memory, kept: Kept, moment: Moment, *, is_whole: bool = True) -> None:
    """Set aside for writing what differs of one task from what stands; where nothing differs, nothing is touched.

    `is_whole`: `parts` are all of the task's, so that a part no longer there goes.
    """
    task, month = parts[0].task, moment.month
    override = memory.override(task, month, moment.now)
    words = memory.words.get(task.plan_id, USUAL_LIGHTS)
    rows = [standing_row(g, moment, override, words) for g in parts]
    gone = _gone(rows, memory, month) if is_whole else []
    if gone or any(_differs(row, memory.at(row.task_id, row.part, month)) for row in rows):
        _replace(rows, gone, memory, kept, moment)
    show(task, month, memory, kept)


def _differs(row: StandingRow, known: StandingRow | None) -> bool:
    return known is None or found_in(known) != found_in(row)


def _gone(rows: list[StandingRow], memory: Memory, month: date) -> list[StandingRow]:
    """The month's standings of parts no longer there: an outcome measured by an amount since, a part given back."""
    there = {row.part for row in rows}
    known = memory.rows[rows[0].task_id]
    return [months[month] for part, months in known.items() if part not in there and month in months]


def _replace(rows: list[StandingRow], gone: list[StandingRow], memory: Memory, kept: Kept, moment: Moment) -> None:
    kept.gone += [row.id for row in gone if row.id is not None]
    for row in gone:
        del memory.rows[row.task_id][row.part][moment.month]
    for row in rows:
        before = memory.last(row.task_id, row.part, moment.month)
        if before is None or (before.grade, before.light) != (row.grade, row.light):
            kept.changes.append(change_to(row, before, moment.now, moment.report_id))
        memory.keep(row)
    kept.standings += rows


def show(task: Task, month: date, memory: Memory, kept: Kept) -> None:
    """Note the month the task is to show, unless it shows a later one.

    What a stocktake found goes before what was known at adoption, also where its month is an earlier one: a list handed
    out in February is first reported on for January.
    """
    shown = kept.shown.get(task.pk, task.graded_month)
    if shown is None or _rank(task, shown, memory) <= _rank(task, month, memory):
        kept.shown[task.pk], kept.tasks[task.pk] = month, task


def _rank(task: Task, month: date, memory: Memory) -> tuple[bool, date]:
    return (task.plan_id, month) in memory.locks, month


@dataclass(slots=True)
class Writing:
    """What is to be written, in plain values: it may be made ready in one process and written in another."""

    standings: Values
    changes: Values
    gone: list[int]
    # month -> tasks that show it, copied from their standings by the database
    shown: dict[date, list[int]]
    # few, or with a person's word
    marked: dict[int, Marks]


def ready(kept: Kept, memory: Memory, now: datetime) -> Writing:
    """Make ready for writing what was set aside; the tasks at hand show it from now on."""
    rows = {pk: memory.rows[pk][TASK_PART][month] for pk, month in kept.shown.items()}
    held = {pk for pk, row in rows.items() if holds(row, memory.overrides.get(pk, ()), now)}
    shown, marked = show_marks({kept.tasks[pk]: mark_of(row, is_held=pk in held) for pk, row in rows.items()})
    standings, changes = prepared(Standing, kept.standings), prepared(GradeChange, kept.changes)
    return Writing(standings, changes, kept.gone, shown, marked)


def carry_out(writing: Writing) -> None:
    """Write it, in the transaction of the command that grades."""
    if writing.gone:
        Standing.objects.filter(pk__in=writing.gone).delete()
    insert(Standing, writing.standings, unique=("task", "part", "month"))
    insert(GradeChange, writing.changes)
    keep_marks(writing.shown, writing.marked)


def write(kept: Kept, memory: Memory, now: datetime) -> None:
    """Write what was set aside."""
    carry_out(ready(kept, memory, now))


def holds(row: Standing | StandingRow, overrides: Iterable[GradeOverride], now: datetime) -> bool:
    """Whether the person's word a standing shows is in force; ended, it is history and no longer the task's mark."""
    return row.is_overridden and any(o.covers(row.month) and o.is_in_force(now) for o in overrides)


def mark_of(row: Standing | StandingRow, *, is_held: bool) -> Marks:
    """What a task shows of its standing: the person's word while it holds, else what was computed."""
    is_computed = row.is_overridden and not is_held
    return {
        "grade": row.computed_grade if is_computed else row.grade,
        "light": row.computed_light if is_computed else row.light,
        "reason": row.computed_reason if is_computed else row.reason,
        "graded_month": row.month,
        "is_overridden": is_held,
        "promised_grade": row.promised_grade,
        "promised_light": row.promised_light,
    }


def mark_task(task: Task, mark: Marks) -> None:
    """Keep a grade on one task, for lists and totals."""
    keep_marks(*show_marks({task: mark}))


def show_marks(marks: dict[Task, Marks]) -> tuple[dict[date, list[int]], dict[int, Marks]]:
    """Set the latest grade on tasks at hand, where it differs; returns what is to be kept of it.

    Plain ones by the month of the standing they show; one by one where there are few, or a person's word is shown.
    """
    shown: dict[date, list[int]] = defaultdict(list)
    marked: dict[int, Marks] = {}
    is_few = len(marks) <= FEW
    for task, mark in marks.items():
        if all(getattr(task, name) == value for name, value in mark.items()):
            continue
        was_marked = task.is_overridden or bool(mark["is_overridden"])
        for name, value in mark.items():
            setattr(task, name, value)
        if was_marked or is_few:
            marked[task.pk] = mark
        elif task.graded_month is not None:
            shown[task.graded_month].append(task.pk)
    return dict(shown), marked


def keep_marks(shown: dict[date, list[int]], marked: dict[int, Marks]) -> None:
    """Keep the latest grades on the tasks themselves, for lists and totals."""
    for pk, mark in marked.items():
        Task.objects.filter(pk=pk).update(**mark)
    for month, pks in shown.items():
        _copy_marks(month, pks)


def _copy_marks(month: date, pks: list[int]) -> None:
    row = Standing.objects.filter(task=OuterRef("pk"), part=TASK_PART, month=month)
    copied = ("grade", "light", "reason", "promised_grade", "promised_light")
    Task.objects.filter(pk__in=pks).update(
        graded_month=month, **{name: Subquery(row.values(name)[:1]) for name in copied}
    )
