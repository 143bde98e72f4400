"""报送情况: unit by month, what was owed, in time, late, missing. Never who logged in, and no ranking by it.

What is late stays late in its month, also once it is approved; a unit that says nothing stands before all others.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from duixian.assessing import Grade
from duixian.periods import month_label
from duixian.register.models import Plan
from duixian.register.models.task import TaskQuerySet
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.obligations import tasks_owing
from duixian.sheets import SheetSpec
from duixian.sheets.writing import Out
from duixian.units.models import Unit

SIGNED = (ReportState.SUBMITTED, ReportState.APPROVED)


@dataclass(slots=True)
class Tally:
    """One unit's reports of a month (or of all months): `missing` is owed and not signed, as things stand."""

    owed: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0

    def add(self, count: int, *, is_signed: bool, is_late: bool) -> None:
        """Count obligations. What is late and came back counts as late and as missing until it is signed again."""
        self.owed += count
        self.late += count if is_late else 0
        self.missing += 0 if is_signed else count
        self.on_time += count if is_signed and not is_late else 0

    @property
    def is_silent(self) -> bool:
        """Owed, and not one report."""
        return self.owed > 0 and self.missing == self.owed

    @property
    def words(self) -> str:
        """按时, 迟报2, 缺2 ...; empty where nothing is owed."""
        if not self.owed:
            return ""
        parts = [f"缺{self.missing}"] if self.missing else []
        parts += [f"迟{self.late}"] if self.late else []
        return "全缺" if self.is_silent and self.owed > 1 else " ".join(parts) or "按时"


@dataclass(slots=True)
class Row:
    """One unit through the months."""

    unit: Unit
    months: dict[date, Tally] = field(default_factory=lambda: defaultdict(Tally))

    @property
    def whole(self) -> Tally:
        """All months together."""
        tallies = list(self.months.values())
        return Tally(*(sum(getattr(t, name) for t in tallies) for name in ("owed", "on_time", "late", "missing")))

    @property
    def missing(self) -> int:
        """What it still owes, or never gave, in all months."""
        return self.whole.missing

    @property
    def silent_months(self) -> int:
        """In how many months it said nothing at all."""
        return sum(t.is_silent for t in self.months.values())


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units by month: the silent first, then those that owe most, then those that were late, in the city's order."""

    rounds: list[Round]
    rows: list[Row]

    @property
    def total(self) -> Row:
        """All units together."""
        whole = Row(Unit(name="合计"))
        for round in self.rounds:
            tallies = [row.months[round.month] for row in self.rows]
            whole.months[round.month] = Tally(
                *(sum(getattr(t, name) for t in tallies) for name in ("owed", "on_time", "late", "missing"))
            )
        return whole


def timeliness(plan: Plan, tasks: TaskQuerySet) -> Matrix:
    """The matrix of the given (visible) tasks. The number of queries depends on the months, not on tasks or units."""
    prefetch_related_objects([plan], "threshold_rows")
    rounds = list(plan.rounds.order_by("month"))
    units_of = dict(tasks.order_by().values_list("pk", "reporting_unit"))
    reports = _reports(plan, units_of)
    silent = _found_silent(units_of)
    rows: dict[int, Row] = {}
    units = Unit.objects.in_bulk(
        {*units_of.values(), *(told.unit for of_round in reports.values() for told in of_round.values())}
    )
    for round in rounds:
        owing = set(tasks_owing(round, tasks).order_by().values_list("pk", flat=True))
        said = reports.get(round.pk, {})
        counts = Counter(said.get(pk) or Told(units_of[pk]) for pk in owing | silent[round.month])
        for told, count in counts.items():
            row = rows.setdefault(told.unit, Row(units[told.unit]))
            row.months[round.month].add(count, is_signed=told.is_signed, is_late=told.is_late)
    order = sorted(rows.values(), key=lambda r: (-r.silent_months, -r.missing, -r.whole.late, r.unit.order, r.unit.pk))
    return Matrix(rounds, order)


class Told(NamedTuple):
    """What matters here of a report: whose, and whether it came, and when."""

    unit: int
    is_signed: bool = False
    is_late: bool = False


def _reports(plan: Plan, tasks: Container[int]) -> dict[int, dict[int, Told]]:
    """Round id -> task id -> its report."""
    found: dict[int, dict[int, Told]] = defaultdict(dict)
    rows = Report.objects.filter(round__plan=plan).order_by()
    for round, task, unit, state, is_late in rows.values_list("round", "task", "unit", "state", "is_late"):
        if task in tasks:
            found[round][task] = Told(unit, state in SIGNED, is_late)
    return found


def _found_silent(tasks: Container[int]) -> dict[date, set[int]]:
    """Month -> tasks its lock found not reported: these were owed then, whatever has been changed since."""
    found: dict[date, set[int]] = defaultdict(set)
    rows = Standing.objects.filter(part=TASK_PART, grade=Grade.NOT_REPORTED).order_by()
    for task, month in rows.values_list("task", "month"):
        if task in tasks:
            found[month].add(task)
    return found


def as_sheet(matrix: Matrix, *, title: str, notes: list[str]) -> SheetSpec:
    """The matrix as a table to take away: for each month owed, in time, late and missing."""
    header = ["填报单位"]
    for round in matrix.rounds:
        header += [f"{month_label(round.month)}{word}" for word in ("应报", "按时", "迟报", "未报")]
    header += ["合计应报", "按时", "迟报", "未报"]
    rows = [_cells(row, matrix) for row in (*matrix.rows, matrix.total)]
    return SheetSpec("报送情况", header, rows, title=title, notes=notes, widths=[22] + [9] * (len(header) - 1))


def _cells(row: Row, matrix: Matrix) -> list[Out]:
    cells: list[Out] = [row.unit.name]
    for round in matrix.rounds:
        cells += _four(row.months[round.month])
    return [*cells, *_four(row.whole)]


def _four(tally: Tally) -> Iterator[Out]:
    yield from (tally.owed, tally.on_time, tally.late, tally.missing)
