"""What is kept of a grading: standings where something differs, each change with its reason, the task's own mark.

Part of the commands that grade. The number of queries does not grow with the tasks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from django.db.models import OuterRef, Subquery

from duixian.assessing import Assessment
from duixian.assessing.wording import verdict_words
from duixian.register.models import Task
from duixian.reporting.commands._rows import write_rows
from duixian.reporting.models import GradeChange, GradeOverride, Report, Round, Standing
from duixian.reporting.models.standing import TASK_PART

# what the column of a ratio holds
LARGEST_RATIO = Decimal(10) ** 12
KEY = ("id", "task", "part", "month")
FIELDS = [f.name for f in Standing._meta.concrete_fields if f.name not in KEY]
# when and by which day it was found says nothing of what was found
found_in = attrgetter(*(name for name in FIELDS if name not in ("assessed_at", "judged_on")))

Marks = dict[str, object]


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

    rows: dict[int, dict[str, dict[date, Standing]]] = field(default_factory=lambda: defaultdict(dict))
    overrides: dict[int, list[GradeOverride]] = field(default_factory=lambda: defaultdict(list))
    locks: dict[tuple[int, date], datetime | None] = field(default_factory=dict)

    def keep(self, row: Standing) -> None:
        """Know a standing from now on."""
        self.rows[row.task_id].setdefault(row.part, {})[row.month] = row

    def at(self, task_id: int, part: str, month: date) -> Standing | None:
        """The part's standing of that very month."""
        return self.rows[task_id].get(part, {}).get(month)

    def last(self, task_id: int, part: str, month: date) -> Standing | None:
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
    for row in Standing.objects.filter(task__in=pks, month__lte=until):
        memory.keep(row)
    for override in GradeOverride.objects.filter(task__in=pks).order_by("pk"):
        memory.overrides[override.task_id].append(override)
    rounds = Round.objects.filter(plan__in={t.plan_id for t in tasks})
    memory.locks = {(plan, month): at for plan, month, at in rounds.values_list("plan", "month", "locked_at")}
    return memory


@dataclass(frozen=True, slots=True)
class Moment:
    """Which month is graded, by which day, when, and because of which report."""

    month: date
    judged_on: date
    now: datetime
    report: Report | None = None


@dataclass(slots=True)
class Kept:
    """What is to be written: standings, changes, parts no longer there, the months tasks are to show."""

    standings: list[Standing] = field(default_factory=list)
    changes: list[GradeChange] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    shown: dict[int, date] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)


def compare(parts: Sequence[Graded], memory: Memory, kept: Kept, moment: Moment, *, is_whole: bool = True) -> None:
    """Set aside for writing what differs of one task from what stands; where nothing differs, nothing is touched.

    `is_whole`: `parts` are all of the task's, so that a part no longer there goes.
    """
    task, month = parts[0].task, moment.month
    override = memory.override(task, month, moment.now)
    rows = [_standing(g, moment, override if g.part == TASK_PART else None) for g in parts]
    gone = _gone(rows, memory, month) if is_whole else []
    if gone or any(_differs(row, memory.at(row.task_id, row.part, month)) for row in rows):
        _replace(rows, gone, memory, kept, moment)
    show(task, month, memory, kept)


def _differs(row: Standing, known: Standing | None) -> bool:
    return known is None or found_in(known) != found_in(row)


def _gone(rows: list[Standing], memory: Memory, month: date) -> list[Standing]:
    """The month's standings of parts no longer there: an outcome measured by an amount since, a part given back."""
    there = {row.part for row in rows}
    known = memory.rows[rows[0].task_id]
    return [months[month] for part, months in known.items() if part not in there and month in months]


def _replace(rows: list[Standing], gone: list[Standing], memory: Memory, kept: Kept, moment: Moment) -> None:
    kept.gone += [row.pk for row in gone]
    for row in gone:
        del memory.rows[row.task_id][row.part][moment.month]
    for row in rows:
        before = memory.last(row.task_id, row.part, moment.month)
        if before is None or (before.grade, before.light) != (row.grade, row.light):
            kept.changes.append(change_to(row, before, moment.now, moment.report))
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


def write(kept: Kept, memory: Memory, now: datetime) -> None:
    """Write what was set aside."""
    if kept.gone:
        Standing.objects.filter(pk__in=kept.gone).delete()
    write_rows(kept.standings, unique=("task", "part", "month"))
    write_rows(kept.changes)
    rows = {pk: memory.rows[pk][TASK_PART][month] for pk, month in kept.shown.items()}
    held = {pk for pk, row in rows.items() if holds(row, memory.overrides.get(pk, ()), now)}
    mark_tasks({kept.tasks[pk]: mark_of(row, is_held=pk in held) for pk, row in rows.items()})


def holds(row: Standing, overrides: Iterable[GradeOverride], now: datetime) -> bool:
    """Whether the person's word a standing shows is in force; ended, it is history and no longer the task's mark."""
    return row.is_overridden and any(o.covers(row.month) and o.is_in_force(now) for o in overrides)


def mark_of(row: Standing, *, is_held: bool) -> Marks:
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


def mark_tasks(marks: dict[Task, Marks]) -> None:
    """Keep the latest grade on the tasks themselves, for lists and totals, where it differs.

    Plain ones are copied from their standings by the database, month by month; the few with a person's word one by one.
    """
    by_month: dict[date, list[int]] = defaultdict(list)
    for task, mark in marks.items():
        if all(getattr(task, name) == value for name, value in mark.items()):
            continue
        was_marked = task.is_overridden or bool(mark["is_overridden"])
        for name, value in mark.items():
            setattr(task, name, value)
        if was_marked:
            task.save(update_fields=list(mark))
        elif task.graded_month is not None:
            by_month[task.graded_month].append(task.pk)
    for month, pks in by_month.items():
        _copy_marks(month, pks)


def _copy_marks(month: date, pks: list[int]) -> None:
    row = Standing.objects.filter(task=OuterRef("pk"), part=TASK_PART, month=month)
    copied = ("grade", "light", "reason", "promised_grade", "promised_light")
    Task.objects.filter(pk__in=pks).update(
        graded_month=month, **{name: Subquery(row.values(name)[:1]) for name in copied}
    )


def _standing(graded: Graded, moment: Moment, override: GradeOverride | None) -> Standing:
    a, promised = graded.assessment, graded.promised
    row = Standing(
        task=graded.task,
        part=graded.part,
        month=moment.month,
        grade=a.grade.value,
        light=a.light.value if a.light else "",
        reason=a.reason,
        decided_by=graded.decided_by,
        other=a.other.value if a.other else "",
        expected=_kept(a.expected),
        actual=_kept(a.actual),
        ratio=_kept_ratio(a.ratio),
        gap=_kept(a.gap),
        days_late=a.days_late,
        days_early=a.days_early,
        pace_source=a.pace_source.value if a.pace_source else "",
        data_month=a.data_month,
        promised_grade=promised.grade.value if promised else "",
        promised_light=promised.light.value if promised and promised.light else "",
        promised_reason=promised.reason if promised else "",
        judged_on=moment.judged_on,
        assessed_at=moment.now,
    )
    if override is not None:
        overlay(row, override)
    return row


def overlay(row: Standing, override: GradeOverride) -> None:
    """Put a person's word in place of what was computed, which stays beside it."""
    if not row.is_overridden:
        row.computed_grade, row.computed_light, row.computed_reason = row.grade, row.light, row.reason
    row.grade, row.light = override.grade, override.light
    computed = verdict_words(row.computed_grade, row.computed_light)
    row.reason = f"人工认定（{override.end_words}）：{override.reason}；测算为{computed}，{row.computed_reason}"


def uncover(row: Standing) -> None:
    """Show again what was computed."""
    row.grade, row.light, row.reason = row.computed_grade, row.computed_light, row.computed_reason
    row.computed_grade = row.computed_light = row.computed_reason = ""


def change_to(
    row: Standing, before: Standing | None, now: datetime, report: Report | None = None, *, reason: str = ""
) -> GradeChange:
    """The change from what stood before, unsaved; `reason` where it is not the standing's own."""
    return GradeChange(
        task_id=row.task_id,
        part=row.part,
        month=row.month,
        from_grade=before.grade if before else "",
        from_light=before.light if before else "",
        to_grade=row.grade,
        to_light=row.light,
        reason=reason or row.reason,
        at=now,
        report=report,
    )


def _kept(value: Decimal | None) -> Decimal | None:
    """As many decimals as the column keeps."""
    return None if value is None else round(value, 6)


def _kept_ratio(ratio: Decimal | None) -> Decimal | None:
    """None for a ratio out of all measure (a trillion-fold): the reason tells it, the column does not hold it."""
    return None if ratio is None or abs(ratio) >= LARGEST_RATIO else _kept(ratio)
