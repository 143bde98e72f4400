"""The fields of a unit's month: figures, outcomes and nodes, and the row a task has of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from duixian.audit.command import InvalidInput
from duixian.console import wording
from duixian.console.carried import CarriedFigure
from duixian.indicators.models import Indicator
from duixian.projects.queries import Offer
from duixian.register.models import Task
from duixian.reporting.content import ReportContent, parse_figure
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.listings import content_at_hand
from duixian.reporting.models import EvidenceFile, PartReport, Report
from duixian.units.models import Unit

TEXTS = {"account": "情况", "next_step": "下一步", "blocker": "堵点"}


@dataclass(slots=True)
class FigureField:
    """One figure to fill in (`member` where each owes its own), with last month's beside it."""

    name: str
    label: str
    uom: str
    indicator: Indicator
    member: Unit | None
    value: str = ""
    is_confirmed: bool = False
    reason: str = ""
    last: str = ""
    expected: str = ""
    is_due: bool = True
    error: str = ""
    doubt: str = ""
    # the words of the unit's own report it was read from
    source: str = ""
    # counts from the year's beginning: last month's sum, on which the month's own is laid (None: not known)
    is_flow: bool = False
    base: Decimal | None = None
    # what stands in the field is the month's alone
    as_month: bool = False
    # what the project ledger makes of it
    offer: Offer | None = None

    @property
    def may_switch(self) -> bool:
        """Whether the sum can be told from the month's and the other way round."""
        return self.is_flow and self.base is not None

    @property
    def total(self) -> Decimal | None:
        """The sum from the year's beginning. Raises InvalidInput for what is no number."""
        value = parse_figure(self.value)
        return value if value is None or not self.as_month or self.base is None else value + self.base

    @property
    def beside(self) -> str:
        """The other way of counting: 当月0.4 beside a sum, 累计2.3 beside a month's."""
        try:
            total = self.total
        except InvalidInput:
            return ""
        if total is None or self.base is None or not self.is_flow:
            return ""
        word, value = (_("累计"), total) if self.as_month else (_("当月"), total - self.base)
        return f"{word}{wording.exact(value).replace('-', '−')}"

    @property
    def offered(self) -> str:
        """The ledger's figure, where the field says something else."""
        if self.offer is None:
            return ""
        words = wording.exact(self.offer.value)
        try:
            return "" if wording.exact(self.total) == words else words
        except InvalidInput:
            return words

    @property
    def mended(self) -> str:
        """The sum, where what was typed is less than last month's and looks like the month's own; "" where not."""
        if not self.doubt or self.as_month or not self.may_switch or self.is_confirmed:
            return ""
        value = parse_figure(self.value)
        return wording.exact(value + self.base) if value is not None and self.base and 0 <= value < self.base else ""

    @property
    def is_asked(self) -> bool:
        """Whether the box "数没错" is shown: there is a doubt, or it was already answered."""
        return bool(self.doubt) or self.is_confirmed


@dataclass(slots=True)
class NodeField:
    """One outcome or node: how far it has come."""

    name: str
    label: str
    due_on: date
    progress: str = ""
    done_on: str = ""
    will_be_met: bool = False
    last: str = ""
    is_step: bool = False
    is_near: bool = False
    error: str = ""
    source: str = ""


@dataclass(slots=True)
class ReportRow:
    """One task's report in the form."""

    task: Task
    report: Report | None
    last: Report | None
    figures: list[FigureField] = field(default_factory=list)
    carried: list[CarriedFigure] = field(default_factory=list)
    nodes: list[NodeField] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    message: str = ""
    other_version: ReportContent | None = None
    is_locked: bool = False
    is_mine: bool = False
    seen: str = ""
    # what was typed and could not be taken any more: label and words
    unsaved: list[tuple[str, str]] = field(default_factory=list)
    # what cooperating units say of their parts; files laid beside the report
    parts: list[PartReport] = field(default_factory=list)
    evidence: list[EvidenceFile] = field(default_factory=list)
    # field -> the words of the unit's own report that a proposal was read from
    read_from: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> ReportState | None:
        """The report's state; None where nobody has begun."""
        return self.report.current_state if self.report else None

    @property
    def may_edit(self) -> bool:
        """The state answers; a locked round takes nothing."""
        return self.is_mine and not self.is_locked and (self.state is None or self.state.may_edit)

    @property
    def revision(self) -> int:
        """Of the report as opened; 0 where there is none."""
        return self.report.revision if self.report else 0

    @property
    def prefix(self) -> str:
        """Of this task's field names."""
        return f"t{self.task.pk}-"

    @property
    def is_filled(self) -> bool:
        """Whether something was written."""
        return bool(self.texts.get("account", "").strip())

    @property
    def may_stand(self) -> bool:
        """Whether "没有变化" can be said with one click: nothing written yet, and all figures known from last month."""
        return self.may_edit and not self.is_filled and all(f.last for f in self.figures if f.is_due)

    @property
    def wants_evidence(self) -> bool:
        """Where a file would help the review: something is said to be reached, or an odd figure was stood by."""
        reached = any(n.progress == Progress.REACHED for n in self.nodes)
        return not self.evidence and (reached or any(f.is_confirmed for f in self.figures))

    @property
    def content(self) -> ReportContent:
        """What is stored now."""
        return content_at_hand(self.report) if self.report else ReportContent()

    @property
    def fields(self) -> list[FigureField | NodeField]:
        """Figures, then outcomes and nodes."""
        return [*self.figures, *self.nodes]

    @property
    def height(self) -> int:
        """Rows of the table that the words beside them span."""
        return 1 if self.is_single else 1 + len(self.figures) + len(self.carried) + len(self.nodes)

    @property
    def is_single(self) -> bool:
        """Whether the one thing to fill in stands in the task's own row."""
        return len(self.figures) + len(self.carried) + len(self.nodes) == 1

    @property
    def other_figures(self) -> list[tuple[str, str]]:
        """The other person's figures and nodes, by label, where two people collided."""
        if self.other_version is None:
            return []
        labels = {item.name: item.label for item in self.fields}
        said = [(f.field, wording.exact(f.value)) for f in self.other_version.figures]
        said += [(n.field, str(Progress(n.progress).label)) for n in self.other_version.nodes if n.progress]
        return [(labels[name], words) for name, words in said if name in labels]

    def set_errors(self, errors: Mapping[str, str], message: str) -> None:
        """Tell each field what is wrong with it; whatever has no field of its own is told with the row."""
        self.errors, self.message = dict(errors), message
        for item in self.fields:
            item.error = errors.get(item.name, "")
