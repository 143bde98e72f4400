"""What a report says, line by line, last month's beside it: for the head who signs and the office that reviews."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from duixian.console import wording
from duixian.console.carried import CarriedFigure, carried_figures
from duixian.indicators.queries import values_in_force
from duixian.register.models import Task
from duixian.reporting.enums import Progress
from duixian.reporting.listings import content_at_hand
from duixian.reporting.models import Report, ReportFigure


@dataclass(frozen=True, slots=True)
class Line:
    """One figure or node: last month's, this month's, the difference, and what is doubtful."""

    label: str
    uom: str
    last: str
    now: str
    change: str = ""
    is_confirmed: bool = False
    doubt: str = ""
    # the other unit that reports it; empty for the report's own
    by: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether words stand where a figure should."""
        return self.now.startswith("（")

    @property
    def brief(self) -> str:
        """This month's without the date of a node, for a narrow column."""
        return "—" if self.is_blank else self.now.split(" ")[0]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report laid out."""

    report: Report
    last: Report | None
    lines: list[Line]

    @property
    def doubts(self) -> list[str]:
        """All doubtful lines in words."""
        doubtful = [line for line in self.lines if line.doubt]
        return [f"{line.label}：{line.doubt}" if len(self.lines) > 1 else line.doubt for line in doubtful]


def sheets_of(
    reports: Sequence[Report],
    tasks: Mapping[int, Task],
    lasts: Mapping[int, Report],
    doubts: Mapping[int, dict[str, str]],
) -> list[Sheet]:
    """Reports from `with_content`, their tasks (by id) from `tasks_with_parts`; what other units report is beside."""
    series = values_in_force(t.indicator_id for task in tasks.values() for t in task.targets.all())
    pending = _told_with_other_tasks(reports)
    sheets = []
    for report in reports:
        task = tasks[report.task_id]
        given = [f.indicator for f in report.figures.all()]
        carried = carried_figures(task, given, series, report.round.month)
        for one in carried:
            one.now = one.now or pending.get((report.round_id, report.unit_id, one.series), "")
        sheets.append(_sheet(report, task, lasts.get(task.pk), doubts[report.pk], carried))
    return sheets


def _told_with_other_tasks(reports: Sequence[Report]) -> dict[tuple[int, int, int], str]:
    """(round, unit, series) -> the figure a unit filled in with any of its tasks: it is not approved yet."""
    rows = ReportFigure.objects.filter(
        report__round__in={r.round_id for r in reports},
        report__unit__in={r.unit_id for r in reports},
        member=None,
        value__isnull=False,
    ).values_list("report__round", "report__unit", "indicator", "value")
    return {(round, unit, series): wording.exact(value) for round, unit, series, value in rows}


def _sheet(
    report: Report, task: Task, last: Report | None, doubts: dict[str, str], carried: Sequence[CarriedFigure]
) -> Sheet:
    targets = {t.indicator_id: t for t in task.targets.all()}
    before = {f.field: f.value for f in content_at_hand(last).figures} if last else {}
    lines = []
    own = str(report.unit)
    for figure, entry in zip(report.figures.all(), content_at_hand(report).figures, strict=True):
        target = targets.get(figure.indicator_id)
        label = target.part_name if target else figure.indicator.name
        uom = (target.unit_of_measure if target else "") or figure.indicator.unit_of_measure
        lines.append(_figure_line(figure, label, uom, before.get(entry.field), doubts.get(entry.field, "")))
    return Sheet(report, last, lines + [_carried_line(c, own) for c in carried] + _node_lines(report, last))


def _carried_line(carried: CarriedFigure, own: str) -> Line:
    """Not in the report: another unit's, and marked so, or one that was not due."""
    known = _("尚无本月数") + (f"，{carried.newest}" if carried.newest else "")
    return Line(
        carried.label,
        carried.uom,
        carried.last,
        carried.now or f"（{known}）",
        by="" if carried.by == own else carried.by,
    )


def _figure_line(figure: ReportFigure, label: str, uom: str, last: Decimal | None, doubt: str) -> Line:
    now = wording.exact(figure.value) if figure.value is not None else f"（{figure.unavailable_reason or '未填'}）"
    change = ""
    if figure.value is not None and last is not None:
        difference = figure.value - last
        change = ("+" if difference > 0 else "") + wording.fixed(difference, wording.places_of(figure.value, last))
    if figure.member:
        label = f"{figure.member}"
    shown = doubt.replace("数没错请勾选确认。", "")
    before = wording.exact(last).replace("-", "−")
    return Line(label, uom, before, now.replace("-", "−"), change, figure.is_confirmed, shown)


def _node_lines(report: Report, last: Report | None) -> list[Line]:
    before = {n.field: n.progress for n in content_at_hand(last).nodes} if last else {}
    lines = []
    for node, entry in zip(report.nodes.all(), content_at_hand(report).nodes, strict=True):
        if not node.progress:
            continue
        word = str(Progress(node.progress).label) + (f" {node.done_on}" if node.done_on else "")
        earlier = before.get(entry.field)
        last_word = str(Progress(earlier).label) if earlier else ""
        lines.append(Line(str(node.outcome or node.milestone), "", last_word, word))
    return lines
