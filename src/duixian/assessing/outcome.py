"""An outcome and its nodes: what is due by now, what is late (docs/rules/outcome.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duixian.periods import month_of

from .compare import decimal
from .model import Assessment, Grade, Light, NodeFacts, OtherReason, OutcomeFacts, Thresholds
from .wording import OTHER_WORDS, RESULT_WORDS, day_words, percent


@dataclass(frozen=True, slots=True)
class Node:
    """A milestone, or the outcome itself as the last node."""

    facts: NodeFacts
    words: str
    is_outcome: bool

    def is_done(self, today: date) -> bool:
        """Whether it has been reached; a date in the future is a plan, not a fact."""
        return self.facts.done_on is not None and self.facts.done_on <= today

    def days_late(self, today: date) -> int:
        """Days past its limit if it is still open; 0 or less if not past."""
        return 0 if self.is_done(today) else (today - self.facts.due_on).days


def assess_outcome(facts: OutcomeFacts, *, month: date, today: date, thresholds: Thresholds) -> Assessment:
    """Grade and light of a promised state in the stocktake of `month`, as seen on `today`.

    Reached is done. Else the node latest past its limit is red, the nearest within the warning days yellow (unless the
    report says it will be met), and pace is nodes done over nodes due.
    """
    year = month.year
    if facts.reached_on is not None and facts.reached_on <= today:
        return _reached(facts, facts.reached_on, year)
    nodes = _nodes(facts, year)
    late = [node for node in nodes if node.days_late(today) > 0]
    if late:
        return _late(nodes, late, today, year)
    near = [node for node in nodes if _is_near(node, today, thresholds)]
    unsure = [node for node in near if not node.facts.will_be_met]
    if unsure:
        return _nearing(min(unsure, key=lambda node: node.facts.due_on), today, year)
    return _on_the_way(facts, nodes, near, today, thresholds, month_of(month))


def _nodes(facts: OutcomeFacts, year: int) -> list[Node]:
    milestones = [
        Node(node, f"节点“{node.name}”应于{day_words(node.due_on, year)}前完成", False) for node in facts.milestones
    ]
    own = NodeFacts(facts.name, facts.due_on, None, facts.will_be_met)
    return [*milestones, Node(own, _due_words(facts, year), True)]


def _due_words(facts: OutcomeFacts, year: int) -> str:
    return f"应于{day_words(facts.due_on, year)}前{RESULT_WORDS[facts.stage]}"


def _reached(facts: OutcomeFacts, reached_on: date, year: int) -> Assessment:
    days = (facts.due_on - reached_on).days
    timing = f"提前{days}天" if days > 0 else "按期完成" if days == 0 else f"逾期{-days}天完成"
    return Assessment(
        Grade.COMPLETED,
        Light.BLUE,
        f"{day_words(reached_on, year)}{RESULT_WORDS[facts.stage]}，{timing}",
        days_early=days if days > 0 else None,
        days_late=-days if days < 0 else None,
    )


def _late(nodes: list[Node], late: list[Node], today: date, year: int) -> Assessment:
    """Red; the outcome's own limit speaks first, else the node that has waited longest."""
    worst = max(late, key=lambda node: (node.is_outcome, node.days_late(today)))
    days = worst.days_late(today)
    more = f"，另有{len(late) - 1}个节点逾期" if len(late) > 1 else ""
    return Assessment(
        Grade.BEHIND,
        Light.RED,
        f"{worst.words}，逾期{days}天{more}",
        ratio=_ratio(nodes, today),
        days_late=days,
    )


def _nearing(node: Node, today: date, year: int) -> Assessment:
    days = (node.facts.due_on - today).days
    left = f"还剩{days}天" if days else "今天到期"
    return Assessment(Grade.BEHIND, Light.YELLOW, f"{node.words}，{left}")


def _is_near(node: Node, today: date, thresholds: Thresholds) -> bool:
    days = (node.facts.due_on - today).days
    return not node.is_done(today) and 0 <= days <= thresholds.node_warning_days


def _on_the_way(
    facts: OutcomeFacts, nodes: list[Node], near: list[Node], today: date, thresholds: Thresholds, month: date
) -> Assessment:
    """Nothing late, nothing in doubt: on pace or ahead by nodes, or not due, or without a plan."""
    due, done = _due_and_done(nodes, today)
    if due or done:
        return _by_nodes(nodes, due, done, thresholds)
    if near:
        node = min(near, key=lambda n: n.facts.due_on)
        return Assessment(Grade.ON_PACE, Light.GREEN, f"{node.words}，预计按期完成")
    if facts.milestones:
        first = min(facts.milestones, key=lambda node: node.due_on)
        reason = f"首个节点“{first.name}”{day_words(first.due_on, month.year)}到期"
        return _other(OtherReason.NOT_DUE, reason)
    return _other(OtherReason.NO_PLAN, _due_words(facts, month.year))


def _by_nodes(nodes: list[Node], due: int, done: int, thresholds: Thresholds) -> Assessment:
    """All that is due is done here; more than that is ahead."""
    is_ahead = done >= due * thresholds.ahead_ratio and done > due
    ratio = Decimal(done) / Decimal(due) if due else None
    words = f"节点应完成{due}个，完成{done}个"
    if ratio is not None:
        words += f"，为{percent(ratio)}"
    grade = Grade.AHEAD if is_ahead else Grade.ON_PACE
    return Assessment(grade, Light.GREEN, words, expected=Decimal(due), actual=Decimal(done), ratio=ratio)


def _due_and_done(nodes: list[Node], today: date) -> tuple[int, int]:
    """Milestones due before today or done, and those done; the outcome itself is not counted."""
    milestones = [node for node in nodes if not node.is_outcome]
    due = sum(node.facts.due_on < today for node in milestones)
    return due, sum(node.is_done(today) for node in milestones)


def _ratio(nodes: list[Node], today: date) -> Decimal | None:
    due, done = _due_and_done(nodes, today)
    return decimal(Decimal(done) / Decimal(due)) if due else None


def _other(reason: OtherReason, words: str) -> Assessment:
    return Assessment(Grade.OTHER, None, f"{OTHER_WORDS[reason]}，{words}", other=reason)
