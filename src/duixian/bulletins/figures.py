"""How the tasks of a plan stood at a quarter's end: approved figures only, gathered in a fixed number of queries."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count
from django.utils.timezone import localdate

from duixian.assessing import Grade, Light
from duixian.periods import Quarter
from duixian.register.models import Plan, Section, Target, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.aging import standing_on
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report, Round, Standing
from duixian.reporting.models.standing import TASK_PART

GRADE_ORDER = (Grade.COMPLETED, Grade.AHEAD, Grade.ON_PACE, Grade.BEHIND, Grade.NOT_REPORTED, Grade.OTHER)
LIGHT_ORDER = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE, Light.GREY, None)


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """One task at the quarter's end: its standing, the part that decided it, where it stood before, its last report."""

    task: Task
    standing: Standing
    parts: dict[str, Standing]
    before: Standing | None
    report: Report | None

    @property
    def grade(self) -> Grade:
        return Grade(self.standing.grade)

    @property
    def light(self) -> Light | None:
        return Light(self.standing.light) if self.standing.light else None

    @property
    def marks(self) -> str:
        """Beside the light: ※ a person said so, △ graded against an amended target."""
        return ("※" if self.standing.is_overridden else "") + ("△" if self.standing.is_amended else "")

    @property
    def deciding_target(self) -> Target | None:
        """The target whose standing the task shows; None where an outcome or nodes decided.

        Of a task that was not reported the first one: what it promised is told all the same.
        """
        targets = list(self.task.targets.all())
        if self.grade is Grade.NOT_REPORTED:
            return targets[0] if targets else None
        return next((t for t in targets if t.part_key == self.standing.decided_by), None)

    @property
    def deciding_part(self) -> Standing:
        """The standing of the part that decided; the task's own where it has no parts or was not reported."""
        return self.parts.get(self.standing.decided_by, self.standing)


@dataclass(frozen=True, slots=True)
class ReportingFigures:
    """The quality of reporting over the quarter."""

    submitted: int
    late: int
    sent_back: int
    approved: int


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """Everything a quarter's bulletin is composed from."""

    plan: Plan
    quarter: Quarter
    rounds: list[Round]
    tasks: list[TaskFigures]
    reporting: ReportingFigures
    # what the plan calls its lights, and which of them commend
    light_words: Mapping[str, str]
    rewards: frozenset[str]

    @property
    def grades(self) -> Counter[Grade]:
        return Counter(t.grade for t in self.tasks)

    @property
    def lights(self) -> Counter[Light | None]:
        return Counter(t.light for t in self.tasks)

    @property
    def open_rounds(self) -> list[Round]:
        """Stocktakes of the quarter that still take reports: who is missing in them is not known yet."""
        return [r for r in self.rounds if not r.is_locked]

    def told_on(self, today: date) -> "QuarterFigures":
        """The same with its days counted up to `today`, or to the day the quarter's last stocktake was locked."""
        locked = [localdate(r.locked_at) for r in self.rounds if r.locked_at and r.month == self.quarter.last_month]
        day = min([today, *locked])
        tasks = [
            replace(
                t,
                standing=standing_on(t.standing, day),
                parts={key: standing_on(part, day) for key, part in t.parts.items()},
            )
            for t in self.tasks
        ]
        return replace(self, tasks=tasks)

    def by_section(self) -> list[tuple[Section, list[TaskFigures]]]:
        """Printed headings in order, each with its tasks."""
        groups: dict[int, tuple[Section, list[TaskFigures]]] = {}
        for figures in self.tasks:
            groups.setdefault(figures.task.section_id, (figures.task.section, []))[1].append(figures)
        return sorted(groups.values(), key=lambda group: group[0].order)


def quarter_figures(plan: Plan, quarter: Quarter) -> QuarterFigures:
    """Gather how every task of the plan stood at the quarter's end; one never graded by then stands as 其它."""
    tasks = list(tasks_with_parts(plan.tasks.in_force()))
    rounds = list(plan.rounds.filter(month__range=(quarter.first_month, quarter.last_month)))
    now = _latest(plan, quarter.last_month)
    before = _latest(plan, quarter.previous.last_month)
    reports = _last_reports(plan, quarter.last_month)
    figures = [
        TaskFigures(
            task,
            now.get(task.pk, {}).get(TASK_PART) or _not_graded(task, quarter),
            now.get(task.pk, {}),
            before.get(task.pk, {}).get(TASK_PART),
            reports.get(task.pk),
        )
        for task in tasks
    ]
    words, rewards = plan.light_words(), frozenset(plan.rewarding_lights())
    return QuarterFigures(plan, quarter, rounds, figures, _reporting(rounds), words, rewards)


def _not_graded(task: Task, quarter: Quarter) -> Standing:
    """A stand-in, never saved: the list was adopted later, and nothing of this task was approved for the quarter."""
    return Standing(task=task, month=quarter.last_month, grade=Grade.OTHER, reason="尚未盘点")


def _latest(plan: Plan, until: date) -> dict[int, dict[str, Standing]]:
    """Task id -> part -> standing of the latest month up to `until` in which the task was graded.

    A stocktake's standing goes before that of the month of adoption, which may be the later month.
    """
    latest: dict[int, dict[str, Standing]] = {}
    months = set(plan.rounds.values_list("month", flat=True))
    rows = Standing.objects.filter(task__plan=plan, month__lte=until)
    for row in sorted(rows, key=lambda row: (row.month in months, row.month)):
        kept = latest.get(row.task_id)
        if kept is None or next(iter(kept.values())).month != row.month:
            kept = latest[row.task_id] = {}
        kept[row.part] = row
    return latest


def _last_reports(plan: Plan, until: date) -> dict[int, Report]:
    rows = Report.objects.filter(task__plan=plan, round__month__lte=until, state=ReportState.APPROVED)
    return {row.task_id: row for row in rows.select_related("round").order_by("round__month")}


def _reporting(rounds: list[Round]) -> ReportingFigures:
    reports = Report.objects.filter(round__in=rounds)
    sent_back = reports.filter(versions__decision=ReportState.SENT_BACK).aggregate(n=Count("pk", distinct=True))["n"]
    return ReportingFigures(
        submitted=reports.exclude(first_submitted_at=None).count(),
        late=reports.filter(is_late=True).count(),
        sent_back=sent_back,
        approved=reports.filter(state=ReportState.APPROVED).count(),
    )
