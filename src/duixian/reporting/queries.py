"""Reading the stocktake: who owes what, what is doubtful, how things stand."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, When

from duixian.assessing import Grade, Light
from duixian.indicators.models import Indicator
from duixian.indicators.queries import Series, available_until, values_in_force
from duixian.periods import month_label, today_in
from duixian.reading import Accrual
from duixian.register.models import Plan, Section, Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import load_targets
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent, figure_field
from duixian.reporting.enums import ReportState
from duixian.reporting.facts import members_of, series_of_tasks
from duixian.reporting.models import GradeChange, GradeOverride, Report, ReportFigure, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.obligations import tasks_owing as tasks_owing
from duixian.units.models import Unit

# a figure so many times last month's, or so small a share of it, is asked about
OUTLIER_TIMES = Decimal(10)


def current_round(plan: Plan) -> Round | None:
    """The latest month's stocktake, open or locked."""
    return plan.rounds.order_by("-month").first()


def content_of(report: Report) -> ReportContent:
    """What the report says now, as a value."""
    figures = report.figures.order_by("indicator_id", "member_id")
    nodes = report.nodes.order_by("outcome_id", "milestone_id")
    return ReportContent(
        figures=tuple(
            FigureEntry(f.indicator_id, f.value, f.member_id, f.is_confirmed, f.unavailable_reason) for f in figures
        ),
        nodes=tuple(NodeEntry(n.progress, n.outcome_id, n.milestone_id, n.done_on, n.will_be_met) for n in nodes),
        account=report.account,
        next_step=report.next_step,
        blocker=report.blocker,
    )


def figure_is_due(indicator: Indicator, month: date, today: date) -> bool:
    """Whether the series' figure for the month can be known today."""
    until = available_until(indicator, today)
    step = indicator.get_frequency_months()
    return month.month % step == 0 and (until is None or until >= month)


def missing_of(report: Report, *, today: date, elsewhere: Collection[int] = ()) -> dict[str, str]:
    """What the unit still owes before the report can go up: field -> message.

    `elsewhere`: series asked for with another task of the unit (`asking.asked_elsewhere`).
    """
    task = report.task
    load_targets(task)
    content = content_of(report)
    faults = {}
    answered = {f.field for f in content.figures if f.value is not None or f.unavailable_reason.strip()}
    groups = {t.indicator_id: t for t in task.targets.all() if t.members_id}
    for indicator in series_of_tasks([task])[task.pk]:
        if indicator.pk in elsewhere or not figure_is_due(indicator, report.round.month, today):
            continue
        group = groups.get(indicator.pk)
        members: list[int | None] = [m.pk for m in members_of(group)] if group else [None]
        for field in (figure_field(indicator.pk, member) for member in members):
            if field not in answered:
                faults[field] = "请填完成数；暂时没有的，写明原因。空白不当作零。"
    told = {n.outcome_id for n in content.nodes if n.progress}
    for outcome_id in task.outcomes.filter(covered_by=None).values_list("pk", flat=True):
        if outcome_id not in told:
            faults[f"node-outcome-{outcome_id}"] = "请选目前的进展。"
    if not content.account.strip():
        faults["account"] = "请用一两句话写明进展情况。"
    return faults


def doubts_of(report: Report) -> dict[str, str]:
    """Figures out of the ordinary that nobody has stood by yet: field -> question."""
    figures = list(report.figures.exclude(value=None).exclude(is_confirmed=True).order_by("indicator_id", "member_id"))
    if not figures:
        return {}
    series = values_in_force(f.indicator_id for f in figures)
    load_targets(report.task)
    return doubts_among(figures, series, flows_of(report.task), report.round.month)


def flows_of(task: Task) -> dict[int, Decimal | None]:
    """Series of the task that add up over the year -> the year's target; None where each member owes its own."""
    flows = (t for t in task.targets.all() if t.accrual == Accrual.FLOW)
    return {t.indicator_id: None if t.members_id else t.current_value for t in flows}


def doubts_among(
    figures: Iterable[ReportFigure],
    series: Series,
    flows: Mapping[int, Decimal | None],
    month: date,
    *,
    even_confirmed: bool = False,
) -> dict[str, str]:
    """The same for figures at hand: `series` holds earlier values, `flows` the series that add up, with their targets.

    Held against the month before; the year's first figure against last year's same month, else the target.

    `even_confirmed`: the office sees the question also where the unit stood by its figure.
    """
    doubts = {}
    for figure in figures:
        if figure.value is None or (figure.is_confirmed and not even_confirmed):
            continue
        values = series.get(figure.indicator_id, {}).get(figure.member_id, {})
        earlier = {m: v for m, v in values.items() if m < month and m.year == month.year}
        question = ""
        if earlier:
            last = max(earlier)
            question = _doubt(figure.value, earlier[last], month_label(last), figure.indicator_id in flows)
        elif figure.indicator_id in flows:
            before = values.get(month.replace(year=month.year - 1))
            question = _first_doubt(figure.value, before, flows[figure.indicator_id], month_label(month))
        if question:
            doubts[figure_field(figure.indicator_id, figure.member_id)] = question
    return doubts


def _first_doubt(value: Decimal, last_year: Decimal | None, target: Decimal | None, label: str) -> str:
    """Of the year's first figure, which has no month before it: a unit of measure slips in here."""
    if last_year is not None and last_year > 0:
        return _doubt(value, last_year, f"上年{label}", is_flow=False)
    if target is not None and target > 0 and value >= target * OUTLIER_TIMES:
        times = plain(round(value / target, 1))
        return f"是全年目标{plain(target)}的{times}倍，像是单位填错。数没错请勾选确认。"
    return ""


def _doubt(value: Decimal, last: Decimal, label: str, is_flow: bool) -> str:
    if last > 0 and value >= last * OUTLIER_TIMES:
        return f"是{label}{plain(last)}的{plain(round(value / last, 1))}倍，像是单位填错。数没错请勾选确认。"
    if is_flow and value < last:
        return f"累计数比{label}的{plain(last)}少，像是填了当月数。数没错请勾选确认。"
    if last > 0 and 0 <= value <= last / OUTLIER_TIMES:
        return f"比{label}的{plain(last)}少了九成以上。数没错请勾选确认。"
    return ""


def plain(value: Decimal) -> str:
    """A figure without idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a round has come, in reports."""

    owed: int
    by_state: dict[str, int]
    late: int

    @property
    def submitted(self) -> int:
        """Reports the heads have signed, whether or not reviewed."""
        return sum(self.by_state.get(s, 0) for s in (ReportState.SUBMITTED, ReportState.APPROVED))

    @property
    def missing(self) -> int:
        """Owed, and not signed by the unit's head."""
        return self.owed - self.submitted

    @property
    def unapproved(self) -> int:
        """Owed, and not approved: what a lock turns into 缺报."""
        return self.owed - self.by_state.get(ReportState.APPROVED, 0)

    @property
    def untouched(self) -> int:
        """Owed, and nobody has begun."""
        return self.owed - sum(self.by_state.values())


def completeness(round: Round, tasks: TaskQuerySet) -> Completeness:
    """Of the given (visible) tasks, how many reports are owed, and where they stand."""
    return _together(completeness_by_unit(round, tasks).values())


def unit_completeness(round: Round, tasks: TaskQuerySet) -> dict[Unit, Completeness]:
    """The same by reporting unit, units that owe most first."""
    return units_in_order(completeness_by_unit(round, tasks))


def whole_and_units(round: Round, tasks: TaskQuerySet) -> tuple[Completeness, dict[Unit, Completeness]]:
    """Both, counted once."""
    found = completeness_by_unit(round, tasks)
    return _together(found.values()), units_in_order(found)


def completeness_by_unit(round: Round, tasks: TaskQuerySet) -> dict[int, Completeness]:
    """Unit id -> how far it has come; a unit that reported on a task since handed on owes nothing for it."""
    unit_of = dict(tasks_owing(round, tasks).order_by().values_list("pk", "reporting_unit"))
    owed = Counter(unit_of.values())
    states: dict[int, Counter[str]] = defaultdict(Counter)
    late: Counter[int] = Counter()
    for task, unit, state, is_late in round.reports.order_by().values_list("task", "unit", "state", "is_late"):
        if task in unit_of:
            states[unit][state] += 1
            late[unit] += is_late
    return {pk: Completeness(owed[pk], dict(states[pk]), late[pk]) for pk in {*owed, *states}}


def _together(parts: Iterable[Completeness]) -> Completeness:
    parts = list(parts)
    states: Counter[str] = Counter()
    for part in parts:
        states.update(part.by_state)
    return Completeness(sum(p.owed for p in parts), dict(states), sum(p.late for p in parts))


def units_in_order(found: Mapping[int, Completeness]) -> dict[Unit, Completeness]:
    """Units that owe something, those that owe most first."""
    owing = {pk: part for pk, part in found.items() if part.owed}
    units = Unit.objects.in_bulk(list(owing))
    result = {units[pk]: part for pk, part in owing.items()}
    return dict(sorted(result.items(), key=lambda item: (item[1].submitted - item[1].owed, item[0].order)))


def grade_counts(tasks: TaskQuerySet) -> dict[tuple[str, str], int]:
    """(grade, light) -> number of tasks, as they stand."""
    rows = tasks.order_by().values_list("grade", "light").annotate(n=Count("pk"))
    return {(grade, light): n for grade, light, n in rows}


def light_counts(tasks: TaskQuerySet) -> dict[str, int]:
    """Light ("" for none) -> number of tasks, as they stand; every light is there, also with 0."""
    counts = dict.fromkeys([*(light.value for light in Light), ""], 0)
    for (_, light), n in grade_counts(tasks).items():
        counts[light] += n
    return counts


def light_counts_by_month(plan: Plan, tasks: TaskQuerySet) -> dict[date, dict[str, int]]:
    """Month -> light -> number of tasks, for each round; a task not graded that month stands as it last stood."""
    months = list(plan.rounds.order_by("month").values_list("month", flat=True))
    standings = Standing.objects.filter(part=TASK_PART, task__in=tasks.order_by().values("pk")).order_by()
    known = {month: dict.fromkeys([*(light.value for light in Light), ""], 0) for month in months}
    for light, month, n in standings.values_list("light", "month").annotate(n=Count("pk")):
        known.setdefault(month, dict.fromkeys([*(light.value for light in Light), ""], 0))[light] += n
    whole = tasks.count()
    if any(sum(counts.values()) != whole for counts in known.values()):
        # not every task was graded in every month
        for month, light in _carried_on(standings, sorted(known)):
            known[month][light] += 1
    return {month: known[month] for month in months}


def _carried_on(standings: QuerySet[Standing], months: Sequence[date]) -> Iterator[tuple[date, str]]:
    """Months in which a task shows an earlier month's light; only tasks that have such months are read one by one."""
    whole = Case(*(When(first=month, then=len(months) - place) for place, month in enumerate(months)), default=0)
    every = Standing.objects.filter(part=TASK_PART).order_by()
    gaps = every.values("task").annotate(n=Count("pk"), first=Min("month")).filter(n__lt=whole)
    lights: dict[int, dict[date, str]] = defaultdict(dict)
    rows = standings.filter(task__in=gaps.values("task")) if months else standings.none()
    for task, month, light in rows.values_list("task", "month", "light"):
        lights[task][month] = light
    for course in lights.values():
        last = None
        for month in months:
            if month not in course and last is not None:
                yield month, last
            last = course.get(month, last)


@dataclass(frozen=True, slots=True)
class SectionCounts:
    """One row of the table by lead unit."""

    section: Section
    total: int
    grades: dict[str, int]
    lights: dict[str, int]


def counts_by_section(plan: Plan, tasks: TaskQuerySet) -> list[SectionCounts]:
    """The table by lead unit: printed headings in order, each with its tasks by grade and light; adds up to all."""
    rows = tasks.order_by().values_list("section", "grade", "light").annotate(n=Count("pk"))
    grades: dict[int, dict[str, int]] = {}
    lights: dict[int, dict[str, int]] = {}
    for section_id, grade, light, n in rows:
        grades.setdefault(section_id, {})[grade] = grades.get(section_id, {}).get(grade, 0) + n
        lights.setdefault(section_id, {})[light] = lights.get(section_id, {}).get(light, 0) + n
    sections = plan.sections.filter(pk__in=grades).select_related("unit").order_by("order")
    return [SectionCounts(s, sum(grades[s.pk].values()), grades[s.pk], lights[s.pk]) for s in sections]


def tasks_not_reported(tasks: TaskQuerySet) -> TaskQuerySet:
    """缺报, in printed order."""
    return tasks.filter(grade=Grade.NOT_REPORTED).select_related("section", "reporting_unit").order_by("order")


def tasks_behind_pace(tasks: TaskQuerySet) -> TaskQuerySet:
    """欠进度, red before yellow, each in printed order."""
    behind = tasks.filter(grade=Grade.BEHIND).select_related("section", "reporting_unit")
    return behind.order_by("light", "order")


def standings_of(tasks: Sequence[Task]) -> dict[int, dict[str, Standing]]:
    """Task id -> part -> its latest standing of the month the task was last graded for."""
    months = {t.pk: t.graded_month for t in tasks}
    result: dict[int, dict[str, Standing]] = {t.pk: {} for t in tasks}
    rows = Standing.objects.filter(task__in=list(months), month__in={m for m in months.values() if m})
    for row in rows:
        if row.month == months[row.task_id]:
            result[row.task_id][row.part] = row
    return result


def overrides_due(now: datetime) -> QuerySet[GradeOverride]:
    """Overrides whose time has come: the day has passed, or a later month's stocktake has begun."""
    later = Round.objects.filter(plan=OuterRef("task__plan"), month__gt=OuterRef("until_month"), opened_at__lte=now)
    return GradeOverride.objects.filter(ended_at=None).filter(Q(expires_on__lt=today_in(now)) | Exists(later))


def overrides_in_force(tasks: Iterable[Task], now: datetime) -> dict[int, GradeOverride]:
    """Task id -> the person's word that holds now, in one query."""
    rows = GradeOverride.objects.filter(task__in=[t.pk for t in tasks], ended_at=None)
    return {row.task_id: row for row in rows if row.is_in_force(now)}


def changes_of(task: Task) -> QuerySet[GradeChange]:
    """The task's own changes of light, newest first."""
    return task.grade_changes.filter(part=TASK_PART).select_related("report")


def reports_to_review(round: Round, tasks: TaskQuerySet) -> QuerySet[Report]:
    """Signed and waiting for the office, the worst standing first."""
    return (
        round.reports.filter(state=ReportState.SUBMITTED, task__in=tasks)
        .select_related("task__section", "unit", "round__plan__government", "task__plan__government")
        .prefetch_related("figures__indicator", "figures__member", "nodes__outcome", "nodes__milestone")
        .order_by("task__order")
    )


def last_report(task: Task, before: date) -> Report | None:
    """The latest approved report of an earlier month, for comparison."""
    return (
        task.reports.filter(round__month__lt=before, state=ReportState.APPROVED)
        .select_related("round")
        .order_by("-round__month")
        .first()
    )
