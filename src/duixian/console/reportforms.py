"""A unit's month as a form: one row a task, with what each owes, last month beside, and what was typed.

Field names are `t<task>-<field>`, so that a whole unit is one form; a task's own part reads into a ReportContent.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.http import QueryDict

from duixian.assessing import Thresholds
from duixian.audit.command import InvalidInput
from duixian.console import wording
from duixian.console.carried import CarriedFigure, carried_figures, expected_words
from duixian.indicators.models import Indicator
from duixian.indicators.queries import Series
from duixian.periods import add_months
from duixian.register.models import Milestone, Outcome, Target, Task
from duixian.reporting.asking import asked_once
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent, figure_field, parse_figure
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.facts import Knowledge, members_of
from duixian.reporting.listings import content_at_hand
from duixian.reporting.models import Report, Round
from duixian.reporting.queries import figure_is_due
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
    def content(self) -> ReportContent:
        """What is stored now."""
        return content_at_hand(self.report) if self.report else ReportContent()

    @property
    def _fields(self) -> list[FigureField | NodeField]:
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
        labels = {item.name: item.label for item in self._fields}
        said = [(f.field, wording.exact(f.value)) for f in self.other_version.figures]
        said += [(n.field, str(Progress(n.progress).label)) for n in self.other_version.nodes if n.progress]
        return [(labels[name], words) for name, words in said if name in labels]

    def set_errors(self, errors: Mapping[str, str], message: str) -> None:
        """Tell each field what is wrong with it; whatever has no field of its own is told with the row."""
        self.errors, self.message = dict(errors), message
        for item in self._fields:
            item.error = errors.get(item.name, "")


def rows_of(
    tasks: Sequence[Task],
    round: Round,
    reports: Mapping[int, Report],
    lasts: Mapping[int, Report],
    doubts: Mapping[int, dict[str, str]],
    known: Knowledge,
    *,
    is_mine: bool,
) -> list[ReportRow]:
    """The form's rows as stored, for tasks from `tasks_with_parts`; `known` is what is known of them by the month."""
    thresholds = round.plan.thresholds()
    wanted = asked_once(tasks)
    members = _members(tasks)
    rows = []
    for task in tasks:
        row = ReportRow(task, reports.get(task.pk), lasts.get(task.pk), is_locked=round.is_locked, is_mine=is_mine)
        row.figures = _figures(task, wanted[task.pk], members, known, thresholds)
        row.carried = carried_figures(task, wanted[task.pk], known.series, round.month)
        row.nodes = _nodes(task, known.today)
        _show_last(row)
        _show_series(row, known.series, round.month)
        _show_content(row, row.content)
        if row.report:
            for item in row.figures:
                item.doubt = doubts.get(row.report.pk, {}).get(item.name, "")
        row.seen = digest(read(row))
        rows.append(row)
    _show_shared(rows)
    return rows


def _show_shared(rows: Sequence[ReportRow]) -> None:
    """A figure of several tasks of the unit stands in each of them, and is filled in with the first."""
    asked = {item.indicator.pk: (row.task, item) for row in rows for item in row.figures if item.member is None}
    for row in rows:
        for carried in row.carried:
            if carried.series in asked and asked[carried.series][0].pk != row.task.pk:
                task, item = asked[carried.series]
                carried.now, carried.with_task = item.value or carried.now, str(task)


def _members(tasks: Sequence[Task]) -> dict[int, list[Unit]]:
    """Group -> its members, asked once for each group, for targets that each member owes."""
    targets = {t.members_id: t for task in tasks for t in task.targets.all() if t.members_id}
    return {pk: members_of(target) for pk, target in targets.items() if pk is not None}


def _figures(
    task: Task,
    series: Sequence[Indicator],
    members: Mapping[int, list[Unit]],
    known: Knowledge,
    thresholds: Thresholds,
) -> list[FigureField]:
    targets: dict[int, Target] = {t.indicator_id: t for t in task.targets.all()}
    fields = []
    for indicator in series:
        target = targets.get(indicator.pk)
        label = target.part_name if target else indicator.name
        uom = (target.unit_of_measure if target else "") or indicator.unit_of_measure
        is_due = figure_is_due(indicator, known.month, known.today)
        expected = expected_words(target, task, known, thresholds) if target else ""
        owing: Sequence[Unit | None] = members[target.members_id] if target and target.members_id else [None]
        for member in owing:
            name = figure_field(indicator.pk, member.pk if member else None)
            owed = member.name if member else label
            fields.append(FigureField(name, owed, uom, indicator, member, expected=expected, is_due=is_due))
    return fields


def _nodes(task: Task, today: date) -> list[NodeField]:
    fields = [_step_field(m, today) for m in task.milestones.all()]
    for outcome in task.outcomes.all():
        if outcome.covered_by_id is None:
            fields.append(_outcome_field(outcome, today))
            fields.extend(_step_field(m, today) for m in outcome.milestones.all())
    return fields


def _outcome_field(outcome: Outcome, today: date) -> NodeField:
    name = f"node-outcome-{outcome.pk}"
    return NodeField(name, str(outcome), outcome.current_due_on, is_near=_is_near(outcome.current_due_on, today))


def _step_field(milestone: Milestone, today: date) -> NodeField:
    name = f"node-milestone-{milestone.pk}"
    return NodeField(name, milestone.name, milestone.due_on, is_step=True, is_near=_is_near(milestone.due_on, today))


def _is_near(due_on: date, today: date) -> bool:
    """Whether one may be asked if the limit will be met."""
    return 0 <= (due_on - today).days <= 31


def _show_last(row: ReportRow) -> None:
    if row.last is None:
        return
    content = content_at_hand(row.last)
    values = {f.field: f for f in content.figures}
    words = {n.field: n for n in content.nodes}
    for item in row.figures:
        item.last = wording.exact(values[item.name].value) if item.name in values else ""
    for node in row.nodes:
        said = words.get(node.name)
        if said is None or not said.progress:
            continue
        node.last = str(Progress(said.progress).label)
        if row.report is None:
            # what was reached stays reached: nobody fills it in twice
            node.progress, node.done_on = said.progress, _iso(said.done_on)


def _show_series(row: ReportRow, series: Series, month: date) -> None:
    """Last month's figure from its series, where it came by another way than last month's report."""
    for item in row.figures:
        values = series.get(item.indicator.pk, {}).get(item.member.pk if item.member else None, {})
        item.last = item.last or wording.exact(values.get(add_months(month, -1)))


def _show_content(row: ReportRow, content: ReportContent) -> None:
    values = {f.field: f for f in content.figures}
    words = {n.field: n for n in content.nodes}
    for item in row.figures:
        if item.name in values:
            entry = values[item.name]
            item.value, item.is_confirmed = wording.exact(entry.value), entry.is_confirmed
            item.reason = entry.unavailable_reason
    for node in row.nodes:
        if node.name in words:
            said = words[node.name]
            node.progress, node.done_on, node.will_be_met = said.progress, _iso(said.done_on), said.will_be_met
    row.texts = {name: getattr(content, name) for name in TEXTS}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def take(row: ReportRow, post: QueryDict) -> None:
    """Put what was typed into the row's fields, whatever it is: nothing typed is ever lost."""
    prefix = row.prefix
    for item in row.figures:
        before, item.value = item.value, post.get(f"{prefix}{item.name}", "").strip()
        # who changes a figure has not stood by the new one yet
        item.is_confirmed = f"{prefix}{item.name}-confirmed" in post and item.value == before
        item.reason = post.get(f"{prefix}{item.name}-reason", "").strip()
    for node in row.nodes:
        node.progress = post.get(f"{prefix}{node.name}", "")
        node.done_on = post.get(f"{prefix}{node.name}-on", "").strip()
        node.will_be_met = f"{prefix}{node.name}-met" in post
    row.texts = {name: post.get(f"{prefix}{name}", "").strip() for name in TEXTS}


def read(row: ReportRow) -> ReportContent:
    """The row's fields as a content. Raises InvalidInput naming every field that cannot be read."""
    errors: dict[str, str] = {}
    figures, nodes = [], []
    for item in row.figures:
        value = _figure(item, errors)
        if value is not None or item.reason or item.is_confirmed:
            member = item.member.pk if item.member else None
            figures.append(FigureEntry(item.indicator.pk, value, member, item.is_confirmed, item.reason[:200]))
    for node in row.nodes:
        entry = _node(node, errors)
        if entry.progress or entry.done_on or entry.will_be_met:
            nodes.append(entry)
    if errors:
        raise InvalidInput(f"{row.task}有{len(errors)}处要改。", errors)
    return ReportContent(tuple(figures), tuple(nodes), **row.texts)


def _figure(item: FigureField, errors: dict[str, str]) -> Decimal | None:
    try:
        return parse_figure(item.value)
    except InvalidInput as error:
        errors[item.name] = error.message
        return None


def _node(node: NodeField, errors: dict[str, str]) -> NodeEntry:
    done_on = None
    if node.done_on:
        try:
            done_on = date.fromisoformat(node.done_on)
        except ValueError:
            errors[node.name] = "日期请写成2026-06-18这样。"
    pk = int(node.name.rsplit("-", 1)[1])
    return NodeEntry(
        node.progress,
        outcome_id=None if node.is_step else pk,
        milestone_id=pk if node.is_step else None,
        done_on=done_on,
        will_be_met=node.will_be_met,
    )


def typed_digest(row: ReportRow) -> str:
    """As `digest`, of what stands in the fields; empty where it cannot be read, which no stored content is."""
    try:
        return digest(read(row))
    except InvalidInput:
        return ""


def typed_words(row: ReportRow) -> list[tuple[str, str]]:
    """Every field with something in it, as typed: label and words."""
    words = [(item.label, item.value or item.reason) for item in row.figures]
    labels = dict(Progress.choices)
    words += [(n.label, " ".join(filter(None, (str(labels.get(n.progress, "")), n.done_on)))) for n in row.nodes]
    words += [(label, row.texts.get(name, "")) for name, label in TEXTS.items()]
    return [(label, said) for label, said in words if said]


def digest(content: ReportContent) -> str:
    """Equal for contents that say the same, whatever the order of their entries: tells what a person left untouched."""
    return hashlib.sha256(repr(_plain(content)).encode()).hexdigest()[:16]


def _plain(content: ReportContent) -> tuple[object, ...]:
    figures = sorted((f.field, wording.exact(f.value), f.is_confirmed, f.unavailable_reason) for f in content.figures)
    nodes = sorted((n.field, n.progress, str(n.done_on), n.will_be_met) for n in content.nodes)
    return figures, nodes, content.account, content.next_step, content.blocker
