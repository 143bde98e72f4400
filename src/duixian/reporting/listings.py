"""Reading for lists: many tasks or reports at once, in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery

from duixian.indicators.queries import values_in_force
from duixian.register.models import Plan, Task
from duixian.register.models.task import TaskQuerySet
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent
from duixian.reporting.enums import CorrectionState, ReportState
from duixian.reporting.models import Correction, Report, ReportFigure, ReportNode, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import doubts_among, flows_of, tasks_owing
from duixian.units.models import Unit

# part -> its standings, oldest month first
Courses = dict[str, list[Standing]]


def with_standing_at(tasks: TaskQuerySet, month: date | None) -> TaskQuerySet:
    """Adds `light_then`, `grade_then` and `reason_then`: as the tasks stood at that month, or stand now for None.

    A task not graded that month stands as it last stood; one never graded by then has None.
    """
    if month is None:
        return tasks.annotate(light_then=F("light"), grade_then=F("grade"), reason_then=F("reason"))
    last = Standing.objects.filter(task=OuterRef("pk"), part=TASK_PART, month__lte=month).order_by("-month")
    return tasks.annotate(
        light_then=Subquery(last.values("light")[:1]),
        grade_then=Subquery(last.values("grade")[:1]),
        reason_then=Subquery(last.values("reason")[:1]),
    )


def courses_of(tasks: Sequence[Task], month: date | None = None, *, only_last: bool = False) -> dict[int, Courses]:
    """Task id -> part -> its standings up to and including `month` (all of them for None), oldest first.

    `only_last`: each part's last one alone, for whoever shows no course.
    """
    known = Standing.objects.all() if month is None else Standing.objects.filter(month__lte=month)
    rows = known.filter(task__in=[t.pk for t in tasks]).order_by("month")
    if only_last:
        later = known.filter(task=OuterRef("task"), part=OuterRef("part"), month__gt=OuterRef("month"))
        rows = rows.filter(~Exists(later))
    courses: dict[int, Courses] = {t.pk: defaultdict(list) for t in tasks}
    for row in rows:
        courses[row.task_id][row.part].append(row)
    return courses


def nodes_of(tasks: Sequence[Task], month: date | None = None) -> dict[tuple[str, int], ReportNode]:
    """("outcome" or "milestone", its id) -> the latest approved word on it."""
    rows = ReportNode.objects.filter(
        report__task__in=[t.pk for t in tasks], report__state=ReportState.APPROVED
    ).exclude(progress="")
    if month is not None:
        rows = rows.filter(report__round__month__lte=month)
    nodes = {}
    for row in rows.order_by("report__round__month", "pk"):
        nodes[("outcome", row.outcome_id) if row.outcome_id else ("milestone", row.milestone_id or 0)] = row
    return nodes


def lights_at(tasks: TaskQuerySet, month: date) -> dict[int, str]:
    """Task id -> its light at that month, "" for none."""
    rows = Standing.objects.filter(task__in=tasks.order_by().values("pk"), part=TASK_PART, month__lte=month)
    rows = rows.order_by("month")
    return dict(rows.values_list("task_id", "light"))


def last_reports(tasks: Iterable[int], before: date | None = None) -> dict[int, Report]:
    """Task id -> its latest approved report, of a month before `before` where that is given."""
    rows: QuerySet[Report] = Report.objects.filter(task__in=list(tasks), state=ReportState.APPROVED)
    rows = rows.select_related("round")
    if before is not None:
        rows = rows.filter(round__month__lt=before)
    rows = with_content(rows).order_by("round__month")
    return {report.task_id: report for report in rows}


def reports_of_round(round: Round, tasks: Iterable[int]) -> dict[int, Report]:
    """Task id -> its report of this round."""
    rows = round.reports.filter(task__in=list(tasks)).select_related("unit", "round__plan__government")
    return {report.task_id: report for report in with_content(rows)}


def corrections_waiting(plan: Plan, units: Iterable[Unit]) -> QuerySet[Correction]:
    """What the office proposed and these units have still to agree to, in printed order."""
    found = Correction.objects.filter(report__round__plan=plan, report__unit__in=list(units))
    found = found.filter(state=CorrectionState.PROPOSED).order_by("report__task__order", "proposed_at", "pk")
    return found.select_related("report__task__plan", "report__round", "report__unit", "indicator", "member")


def with_content(reports: QuerySet[Report]) -> QuerySet[Report]:
    """The reports with figures and nodes at hand."""
    return reports.prefetch_related(
        Prefetch("figures", ReportFigure.objects.select_related("indicator", "member")),
        Prefetch("nodes", ReportNode.objects.select_related("outcome", "milestone").order_by("outcome", "milestone")),
    )


def content_at_hand(report: Report) -> ReportContent:
    """As `queries.content_of`, from what `with_content` fetched."""
    return ReportContent(
        figures=tuple(
            FigureEntry(f.indicator_id, f.value, f.member_id, f.is_confirmed, f.unavailable_reason)
            for f in report.figures.all()
        ),
        nodes=tuple(
            NodeEntry(n.progress, n.outcome_id, n.milestone_id, n.done_on, n.will_be_met) for n in report.nodes.all()
        ),
        account=report.account,
        next_step=report.next_step,
        blocker=report.blocker,
    )


def tasks_by_report(tasks: TaskQuerySet, round: Round, state: str) -> TaskQuerySet:
    """The tasks whose report of the round is in that state.

    "NONE": owed and not begun; "MISSING": owed and not signed; "OWED": all that are owed.
    """
    owing = tasks_owing(round, tasks)
    reports = round.reports.all()
    if state == "NONE":
        return owing.exclude(pk__in=reports.values("task"))
    if state == "MISSING":
        signed = reports.filter(state__in=[ReportState.SUBMITTED, ReportState.APPROVED])
        return owing.exclude(pk__in=signed.values("task"))
    if state == "OWED":
        return owing
    return owing.filter(pk__in=reports.filter(state=state).values("task"))


def doubts_of_reports(
    reports: Sequence[Report], tasks: Mapping[int, Task], *, even_confirmed: bool = False
) -> dict[int, dict[str, str]]:
    """Report id -> field -> question, as `queries.doubts_of`: reports from `with_content`, tasks with their parts."""
    figures = [f for report in reports for f in report.figures.all() if f.value is not None]
    series = values_in_force(f.indicator_id for f in figures)
    doubts = {}
    for report in reports:
        flows = flows_of(tasks[report.task_id])
        doubts[report.pk] = doubts_among(
            report.figures.all(), series, flows, report.round.month, even_confirmed=even_confirmed
        )
    return doubts
