"""What stands beside the chosen report: the months before, what was said and decided, what others say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duixian.console import wording
from duixian.console.bars import Bars, bars
from duixian.console.reviewing import Case
from duixian.periods import month_label
from duixian.reading import Accrual
from duixian.register.enums import DUTIES_IN_FORCE
from duixian.register.models import Part, Target, Task
from duixian.reporting.enums import CorrectionState, Progress, ReportState
from duixian.reporting.listings import Courses, courses_of
from duixian.reporting.models import Correction, PartReport, ReportVersion, Verification

# so many months before this one are shown
SHOWN_MONTHS = 5
SHOWN_NOTES = 8


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month of one figure, as text."""

    label: str
    actual: str
    expected: str
    added: str
    light: str
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """One target's last months, this month's as reported at the end."""

    name: str
    uom: str
    is_flow: bool
    cells: list[MonthCell]
    bars: Bars | None


@dataclass(frozen=True, slots=True)
class Note:
    """An earlier word on the task: who, when, of which month."""

    at: datetime
    month: str
    text: str


@dataclass(frozen=True, slots=True)
class PartWord:
    """What a cooperating unit says of its part; None where it has said nothing this month."""

    part: Part
    report: PartReport | None

    @property
    def progress(self) -> str:
        """In a word."""
        return str(Progress(self.report.progress).label) if self.report and self.report.progress else ""


def months_beside(case: Case) -> list[Course]:
    """The figures of the task with their last months; targets that each member owes are told line by line instead."""
    courses = courses_of([case.task], case.report.round.month)[case.task.pk]
    return [_course(target, courses, case) for target in case.task.targets.all() if target.members_id is None]


def _course(target: Target, courses: Courses, case: Case) -> Course:
    month = case.report.round.month
    earlier = [
        s
        for s in courses.get(target.part_key, [])
        if s.month < month and s.month.year == month.year and (s.actual is not None or s.light)
    ]
    earlier = earlier[-SHOWN_MONTHS:]
    now = case.preview[target.part_key]
    steps: list[tuple[date, Decimal | None, Decimal | None, str]] = [
        (s.month, s.actual, s.expected, s.light) for s in earlier
    ]
    steps.append((month, now.actual, now.expected, now.light or ""))
    places = wording.places_of(target.current_value, *(actual for _, actual, _, _ in steps))
    added = _added([(m, actual) for m, actual, _, _ in steps])
    cells = [
        MonthCell(
            label=month_label(m),
            actual=wording.fixed(actual, places),
            expected=wording.expected_figure(expected, places),
            added=wording.fixed(added[index], places),
            light=light,
            is_now=m == month,
        )
        for index, (m, actual, expected, light) in enumerate(steps)
    ]
    is_flow = target.accrual == Accrual.FLOW
    drawn = [(cell.label, value, cell.added) for cell, value in zip(cells, added, strict=True) if value is not None]
    uom = target.unit_of_measure or target.indicator.unit_of_measure
    return Course(
        target.part_name, uom, is_flow, cells, bars(drawn, is_loud=bool(case.facts.doubts)) if is_flow else None
    )


def _added(steps: Sequence[tuple[date, Decimal | None]]) -> list[Decimal | None]:
    """What each month alone brought; None where the month before is not known."""
    known = dict(steps)
    result = []
    for month, actual in steps:
        before = Decimal(0) if month.month == 1 else known.get(month.replace(month=month.month - 1))
        result.append(None if actual is None or before is None else actual - before)
    return result


def notes_on(task: Task) -> list[Note]:
    """Decisions with a word, corrections and findings of all months, the newest first."""
    notes = [*_decisions(task), *_findings(task), *_corrections(task)]
    return sorted(notes, key=lambda note: note.at, reverse=True)[:SHOWN_NOTES]


def _decisions(task: Task) -> list[Note]:
    rows = ReportVersion.objects.filter(report__task=task, decided_at__isnull=False).exclude(decision_note="")
    rows = rows.defer("content").select_related("report__round")
    return [
        Note(
            row.decided_at,
            month_label(row.report.round.month),
            f"{row.decided_by}{'退回' if row.decision == ReportState.SENT_BACK else '通过'}：{row.decision_note}",
        )
        for row in rows
        if row.decided_at
    ]


def _findings(task: Task) -> list[Note]:
    rows = Verification.objects.filter(report__task=task).select_related(
        "report__round", "indicator", "member", "outcome"
    )
    return [Note(row.recorded_at, month_label(row.report.round.month), finding_words(row)) for row in rows]


def finding_words(found: Verification) -> str:
    """电话核查：城镇新增就业核得3.3，报3.42。只认社保登记的。"""
    if found.indicator_id:
        told = wording.exact(found.reported_value) or "未报"
        pair = f"核得{wording.exact(found.verified_value)}，报{told}"
    else:
        told = str(Progress(found.reported_progress).label) if found.reported_progress else "未报"
        pair = f"核为{Progress(found.verified_progress).label}，报{told}"
    verdict = "" if found.is_different else "，相符"
    return f"{found.get_way_display()}，{found.what}{pair}{verdict}。{found.words}".replace("-", "−")


def _corrections(task: Task) -> list[Note]:
    rows = Correction.objects.filter(report__task=task).exclude(state=CorrectionState.PROPOSED)
    rows = rows.select_related("report__round", "indicator", "member")
    return [
        Note(row.answered_at or row.proposed_at, month_label(row.report.round.month), correction_words(row))
        for row in rows
    ]


def correction_words(correction: Correction) -> str:
    """更正：城镇新增就业3.42改为3.3，李梅同意（电话，王建国登记）。"""
    pair = f"{wording.exact(correction.reported_value)}改为{wording.exact(correction.value)}"
    by = f"（电话，{correction.noted_by}登记）" if correction.noted_by else ""
    verbs = {CorrectionState.AGREED: "同意", CorrectionState.REFUSED: "不同意", CorrectionState.WITHDRAWN: "撤回"}
    verb = verbs.get(CorrectionState(correction.state), "")
    answer = f"：{correction.answer}" if correction.answer else ""
    return f"更正{correction.what}{pair}，{correction.answered_by}{verb}{by}{answer}".replace("-", "−")


def parts_beside(case: Case) -> list[PartWord]:
    """What the cooperating units say this month."""
    parts = case.task.parts.filter(state__in=DUTIES_IN_FORCE).select_related("unit").order_by("pk")
    said = {r.part_id: r for r in PartReport.objects.filter(round=case.report.round, part__task=case.task)}
    return [PartWord(part, said.get(part.pk)) for part in parts]
