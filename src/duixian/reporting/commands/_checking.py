"""What a draft may hold: figures and nodes of its own task, each once, each a figure that can be."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from duixian.audit.command import InvalidInput
from duixian.indicators.limits import is_keepable
from duixian.indicators.models import Indicator
from duixian.reading import QuantityKind
from duixian.register.models import Milestone, Target, Task
from duixian.reporting.commands._words import text_fault
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent
from duixian.reporting.enums import Progress
from duixian.reporting.facts import members_of
from duixian.reporting.models import ReportFigure

LONGEST_REASON = ReportFigure._meta.get_field("unavailable_reason").max_length or 0


def check_content(content: ReportContent, task: Task, today: date) -> None:
    """Raise InvalidInput, with a message for each field, unless the task's own unit may say all this of it."""
    targets = list(task.targets.select_related("indicator", "against", "members"))
    _check_once([f.field for f in content.figures] + [n.field for n in content.nodes], task)
    _check_figures_belong(content.figures, targets, task)
    _check_nodes_belong(content.nodes, task)
    by_series = {t.indicator_id: t for t in targets}
    faults = {
        **{f.field: _figure_fault(f, by_series.get(f.indicator_id)) for f in content.figures},
        **{n.field: _node_fault(n, today) for n in content.nodes},
        **{name: text_fault(getattr(content, name)) for name in ("account", "next_step", "blocker")},
    }
    errors = {field: message for field, message in faults.items() if message}
    if errors:
        raise InvalidInput(f"{task}有{len(errors)}处要改。", errors)


def _check_once(fields: list[str], task: Task) -> None:
    if len(fields) != len(set(fields)):
        raise InvalidInput(f"{task}有一项填了两次。")


def _check_figures_belong(figures: Iterable[FigureEntry], targets: Iterable[Target], task: Task) -> None:
    """One figure is reported once, by the unit that answers for it; what each member owes, member by member."""
    series: dict[int, Indicator] = {}
    owed: set[tuple[int, int | None]] = set()
    for target in targets:
        members = [m.pk for m in members_of(target)] if target.members_id else [None]
        owed |= {(target.indicator_id, member) for member in members}
        series[target.indicator_id] = target.indicator
        if target.against is not None:
            owed.add((target.against.pk, None))
            series[target.against.pk] = target.against
    for figure in figures:
        if (figure.indicator_id, figure.member_id) not in owed:
            raise InvalidInput(f"{task}没有这项指标。")
        asked = series[figure.indicator_id]
        if asked.responsible_unit_id not in (None, task.reporting_unit_id):
            raise InvalidInput(f"“{asked.name}”由{asked.responsible_unit}填报，这里不必再填。")


def _check_nodes_belong(nodes: Iterable[NodeEntry], task: Task) -> None:
    nodes = list(nodes)
    # asked anew: a task out of a list brings along only the nodes that list shows
    outcomes = _known(task.outcomes.all(), [n.outcome_id for n in nodes])
    steps = _known(Milestone.objects.filter(task=task), [n.milestone_id for n in nodes])
    for node in nodes:
        is_outcome = node.milestone_id is None and node.outcome_id in outcomes
        is_step = node.outcome_id is None and node.milestone_id in steps
        if not (is_outcome or is_step):
            raise InvalidInput(f"{task}没有这个节点。")


def _known(rows: QuerySet[Any], named: Iterable[int | None]) -> set[int]:
    """Which of the named rows there are; where none is named nothing is asked."""
    wanted = {pk for pk in named if pk is not None}
    return set(rows.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def _figure_fault(figure: FigureEntry, target: Target | None) -> str:
    fault = text_fault(figure.unavailable_reason, LONGEST_REASON)
    if fault:
        return f"原因{fault}"
    if figure.value is None:
        return ""
    if not is_keepable(figure.value):
        return "数太大，请核对计量单位。"
    may_be_negative = target is None or target.kind in (QuantityKind.GROWTH, QuantityKind.INCREMENT)
    if figure.value < Decimal(0) and not may_be_negative:
        return "这项数不会是负数，请核对。"
    return ""


def _node_fault(node: NodeEntry, today: date) -> str:
    if node.progress and node.progress not in Progress.values:
        return "请从所列进展中选一项。"
    if node.progress != Progress.REACHED and node.done_on is not None:
        return "填了完成日期，进展就应选“已达到”。"
    if node.done_on is not None and node.done_on > today:
        return f"完成日期不能晚于今天（{today}）。"
    return ""
