"""What a report says, line by line, last month's beside it: for the head who signs and the office that reviews."""

from dataclasses import dataclass
from decimal import Decimal

from duixian.console import wording
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

    @property
    def brief(self) -> str:
        """This month's without the date of a node, for a narrow column."""
        return self.now.split(" ")[0]


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


def sheet_of(report: Report, task: Task, last: Report | None, doubts: dict[str, str]) -> Sheet:
    """A report from `with_content`, its task from `tasks_with_parts`."""
    targets = {t.indicator_id: t for t in task.targets.all()}
    before = {f.field: f.value for f in content_at_hand(last).figures} if last else {}
    lines = []
    for figure, entry in zip(report.figures.all(), content_at_hand(report).figures, strict=True):
        target = targets.get(figure.indicator_id)
        label = target.text if target else figure.indicator.name
        uom = (target.unit_of_measure if target else "") or figure.indicator.unit_of_measure
        lines.append(_figure_line(figure, label, uom, before.get(entry.field), doubts.get(entry.field, "")))
    return Sheet(report, last, lines + _node_lines(report, last))


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
