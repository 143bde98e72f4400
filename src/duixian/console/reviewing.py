"""The office's queue: submitted reports with what is worth a look in each, the worst first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Prefetch, QuerySet

from duixian.assessing import Assessment, Grade, Light
from duixian.console import wording
from duixian.console.reportlines import Sheet, sheets_of
from duixian.indicators.queries import Series, values_in_force
from duixian.reading import Accrual
from duixian.register.models import Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import tasks_with_parts
from duixian.reporting.enums import CorrectionState, ReportState
from duixian.reporting.listings import doubts_of_reports, last_reports, with_content
from duixian.reporting.models import Correction, Report, ReportVersion, Round, Verification
from duixian.reporting.previewing import Preview, if_approved, light_of
from duixian.reporting.queries import reports_to_review
from duixian.reporting.unremarkable import Rank, Remark, ReviewFacts, rank_of, remarks_on, why_unremarkable

# what the groups of the queue are called, and what to do with them
HEADS = {
    Rank.DOUBT: ("有疑点", "先看这些"),
    Rank.LIGHT: ("须过目", "灯变差、仍红、转蓝，或有新堵点"),
    Rank.LATE: ("迟报", "数与灯都没有疑点"),
    Rank.PLAIN: ("无须细看", "逐项写明为什么，可一次通过，也可逐项看"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One report to decide on."""

    sheet: Sheet
    task: Task
    before: str
    preview: Preview
    facts: ReviewFacts
    remarks: list[Remark]

    @property
    def report(self) -> Report:
        """The report itself."""
        return self.sheet.report

    @property
    def rank(self) -> Rank:
        """Which group it stands in."""
        return rank_of(self.remarks)

    @property
    def after(self) -> Assessment:
        """How the task would stand with this report approved."""
        return light_of(self.preview)

    @property
    def after_light(self) -> str:
        """Its light, "" for none."""
        return self.after.light or ""

    @property
    def words(self) -> str:
        """The remarks in one line, or why there are none."""
        return "；".join(remark.words for remark in self.remarks) or why_unremarkable(self.facts)

    @property
    def is_plain(self) -> bool:
        """Nothing about it needs a look."""
        return self.rank is Rank.PLAIN

    @property
    def expected(self) -> str:
        """What the first figure should have reached by the month."""
        own = {f.indicator_id for f in self.report.figures.all()}
        target = next((t for t in self.task.targets.all() if t.indicator_id in own), None)
        verdict = self.preview.get(target.part_key) if target else None
        if target is None or verdict is None:
            return ""
        return wording.expected_figure(verdict.expected, wording.places_of(target.current_value))


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of one rank under their heading."""

    rank: Rank
    cases: list[Case]

    @property
    def name(self) -> str:
        """The heading."""
        return HEADS[self.rank][0]

    @property
    def hint(self) -> str:
        """What it means."""
        return HEADS[self.rank][1]

    @property
    def is_alarm(self) -> bool:
        """Whether it is headed in red."""
        return self.rank is Rank.DOUBT


def cases_of(round: Round, visible: TaskQuerySet, today: date) -> list[Case]:
    """What waits for review among the visible tasks, the worst first; queries do not grow with it."""
    reports = list(_with_review(with_content(reports_to_review(round, visible).prefetch_related(None))))
    tasks = {t.pk: t for t in tasks_with_parts(Task.objects.filter(pk__in=[r.task_id for r in reports]))}
    doubts = doubts_of_reports(reports, tasks, even_confirmed=True)
    lasts = last_reports(tasks, round.month)
    sheets = sheets_of(reports, tasks, lasts, doubts)
    previews = if_approved(reports, tasks, month=round.month, today=today)
    series = values_in_force(f.indicator_id for report in reports for f in report.figures.all())
    cases = [_case(sheet, tasks[sheet.report.task_id], previews, series) for sheet in sheets]
    return sorted(cases, key=_order)


def rounds_waiting(visible: TaskQuerySet, shown: Round | None) -> list[tuple[Round, int]]:
    """Other months in which something waits for review, with how much."""
    waiting = Report.objects.filter(state=ReportState.SUBMITTED, task__in=visible)
    counts = dict(waiting.order_by().values_list("round").annotate(n=Count("pk")))
    rounds = Round.objects.filter(pk__in=counts).order_by("month")
    return [(round, counts[round.pk]) for round in rounds if round != shown]


def groups_of(cases: Sequence[Case]) -> list[Group]:
    """The queue under its headings, empty ones left out."""
    groups = [Group(rank, [case for case in cases if case.rank is rank]) for rank in Rank]
    return [group for group in groups if group.cases]


def _with_review(reports: QuerySet[Report]) -> QuerySet[Report]:
    return reports.prefetch_related(
        Prefetch("versions", ReportVersion.objects.defer("content").order_by("number")),
        Prefetch("corrections", Correction.objects.select_related("indicator", "member")),
        Prefetch("verifications", Verification.objects.select_related("indicator", "member", "outcome")),
        Prefetch("evidence"),
    )


def _order(case: Case) -> tuple[int, int, int]:
    """Rank, then the worse light, then as printed."""
    severity = wording.LIGHT_ORDER.index(case.after_light)
    return case.rank, severity, case.task.order


def _case(sheet: Sheet, task: Task, previews: Mapping[int, Preview], series: Series) -> Case:
    preview = previews[task.pk]
    facts = _facts(sheet, task, preview, series)
    return Case(sheet, task, task.light, preview, facts, remarks_on(facts))


def _facts(sheet: Sheet, task: Task, preview: Preview, series: Series) -> ReviewFacts:
    report, last = sheet.report, sheet.last
    return ReviewFacts(
        before=Light(task.light) if task.light else None,
        after=light_of(preview).light,
        doubts=tuple(sheet.doubts),
        unavailable=tuple(
            f.unavailable_reason for f in report.figures.all() if f.value is None and f.unavailable_reason
        ),
        figures=_figures(report, task, preview, series),
        times_submitted=sum(not version.is_corrected for version in report.versions.all()),
        is_correction_open=any(c.is_open for c in report.corrections.all()),
        differences=len(standing_differences(report)),
        account=report.account,
        last_account=last.account if last else "",
        blocker=report.blocker,
        last_blocker=last.blocker if last else "",
        is_late=report.is_late,
        light_words=wording.light_words(),
    )


def standing_differences(report: Report) -> list[Verification]:
    """The newest finding of each figure or outcome that differs, unless the unit agreed to correct it."""
    agreed = {c.verification_id for c in report.corrections.all() if c.state == CorrectionState.AGREED}
    newest: dict[tuple[int | None, ...], Verification] = {}
    for found in report.verifications.all():
        newest.setdefault((found.indicator_id, found.member_id, found.outcome_id), found)
    return [found for found in newest.values() if found.is_different and found.pk not in agreed]


def _figures(report: Report, task: Task, preview: Preview, series: Series) -> tuple[Decimal, ...]:
    """The longest course of one figure, newest first: of amounts that are still on their way."""
    moving = {
        t.indicator_id
        for t in task.targets.all()
        if t.accrual in (Accrual.FLOW, Accrual.STOCK)
        and t.part_key in preview
        and preview[t.part_key].grade is not Grade.COMPLETED
    }
    courses = []
    for figure in report.figures.all():
        if figure.value is not None and figure.indicator_id in moving:
            known = series.get(figure.indicator_id, {}).get(figure.member_id, {})
            month = report.round.month
            before = [v for m, v in sorted(known.items(), reverse=True) if m < month and m.year == month.year]
            courses.append((figure.value, *before))
    return max(courses, key=_standstill, default=())


def _standstill(course: tuple[Decimal, ...]) -> int:
    """For how many months it has not moved."""
    return next((n for n, value in enumerate(course) if value != course[0]), len(course))
