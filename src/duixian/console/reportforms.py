"""A unit's month as a form: one row a task, with what each owes, last month beside, and what was typed.

Field names are `t<task>-<field>`, so that a whole unit is one form; a task's own part reads into a ReportContent.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from duixian.assessing import Thresholds
from duixian.audit.command import InvalidInput
from duixian.console import wording
from duixian.console.carried import carried_figures, expected_words
from duixian.console.reportfields import TEXTS, FigureField, NodeField, ReportRow
from duixian.indicators.models import Indicator
from duixian.indicators.queries import Series
from duixian.periods import add_months
from duixian.reading import Accrual
from duixian.register.models import Milestone, Outcome, Target, Task
from duixian.reporting.asking import asked_once
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent, figure_field
from duixian.reporting.enums import Progress
from duixian.reporting.facts import Knowledge, members_of
from duixian.reporting.listings import content_at_hand
from duixian.reporting.models import Report, Round
from duixian.reporting.queries import figure_is_due
from duixian.units.models import Unit


def rows_of(
    tasks: Sequence[Task],
    round: Round,
    reports: Mapping[int, Report],
    lasts: Mapping[int, Report],
    doubts: Mapping[int, dict[str, str]],
    known: Knowledge,
    *,
    is_mine: bool,
    is_locked: bool,
) -> list[ReportRow]:
    """The form's rows as stored, for tasks from `tasks_with_parts`; `known` is what is known of them by the month."""
    thresholds = round.plan.thresholds()
    wanted = asked_once(tasks)
    members = _members(tasks)
    rows = []
    for task in tasks:
        row = ReportRow(task, reports.get(task.pk), lasts.get(task.pk), is_locked=is_locked, is_mine=is_mine)
        row.figures = _figures(task, wanted[task.pk], members, known, thresholds)
        row.carried = carried_figures(task, wanted[task.pk], known.series, round.month)
        row.nodes = _nodes(task, known.today)
        _show_last(row)
        _show_series(row, known.series, round.month)
        show_content(row, row.content)
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
        is_flow = target is not None and target.accrual == Accrual.FLOW
        for member in owing:
            name = figure_field(indicator.pk, member.pk if member else None)
            owed = member.name if member else label
            more: dict[str, Any] = {"expected": expected, "is_due": is_due, "is_flow": is_flow}
            fields.append(FigureField(name, owed, uom, indicator, member, **more))
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
        before = values.get(add_months(month, -1))
        item.last = item.last or wording.exact(before)
        item.base = Decimal(0) if month.month == 1 else before


def show_content(row: ReportRow, content: ReportContent) -> None:
    """Put a content into the row's fields."""
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
        item.as_month = item.may_switch and post.get(f"{prefix}{item.name}-as") == "month"
        # who changes a figure has not stood by the new one yet
        item.is_confirmed = f"{prefix}{item.name}-confirmed" in post and _sum_words(item) == before
        item.reason = post.get(f"{prefix}{item.name}-reason", "").strip()
    for node in row.nodes:
        node.progress = post.get(f"{prefix}{node.name}", "")
        node.done_on = post.get(f"{prefix}{node.name}-on", "").strip()
        node.will_be_met = f"{prefix}{node.name}-met" in post
    row.texts = {name: post.get(f"{prefix}{name}", "").strip() for name in TEXTS}


def _sum_words(item: FigureField) -> str:
    """The sum as stored words; what was typed where it is none."""
    try:
        return wording.exact(item.total)
    except InvalidInput:
        return item.value


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
        return item.total
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
