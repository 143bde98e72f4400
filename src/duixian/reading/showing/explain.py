"""Why each field reads as it does: the words, what they were read as, the rule, and what the rule says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..clauses import lay_out
from ..fold import fold
from ..model import Deadline, Outcome, Quantity, Reading, ReadTask, Relation
from ..quantities.mentions import scan
from ..quantities.refusals import refusal
from ..quantities.scene import Scene
from ..times import scan as scan_times
from .words import by_in_words, field_in_words, kind_in_words, promise_in_words, rule_means, table, word


@dataclass(frozen=True, slots=True)
class Explained:
    """One field: its name, its words in the document, what they were read as, the rule's name and what it says."""

    field: str
    words: str
    value: str
    rule: str
    means: str
    confidence: float | None = None


def explain(task: ReadTask, year: int | None) -> tuple[Explained, ...]:
    """Every field of a task with its rule, in the order a person checks them; refused figures come last."""
    return (
        _leads(task),
        *(_quantity(q) for q in task.quantities),
        *(_relation(r) for r in task.relations),
        *(_deadline(d) for d in task.deadlines),
        *(_outcome(o) for o in task.outcomes),
        *_full(task),
        *_refused(task, year),
    )


def as_lines(reading: Reading) -> str:
    """The explanation of a whole reading for a terminal."""
    lines = [reading.document.title or reading.document.source or ""]
    lines += [f"! {warning.message}" for warning in reading.warnings]
    for kind, tasks in (("", reading.tasks), ("结果 ", reading.results)):
        for task in tasks:
            lines += ["", f"{kind}{task.number}. {task.text}"]
            for line in explain(task, reading.document.year):
                lines += _lines_of(line)
            lines += [f"  须核  {field_in_words(note.field)}：{note.why}" for note in task.review]
    return "\n".join(lines)


def _lines_of(line: Explained) -> list[str]:
    sure = "" if line.confidence is None else f"（把握{line.confidence:.0%}）"
    words = f"“{line.words}”→ " if line.words else ""
    return [f"  {line.field}  {words}{line.value}", f"        {line.rule}：{line.means}{sure}"]


def _leads(task: ReadTask) -> Explained:
    """Who leads: told by comparing the lead with the heading, since a unit carries no rule of its own."""
    if not task.leads:
        how = "none"
    elif task.section and task.section in task.leads:
        how = "heading" if len(task.leads) == 1 else "shared"
    else:
        how = "own"
    coop = f"；配合 {'、'.join(task.cooperating)}" if task.cooperating else ""
    value = ("、".join(task.leads) or "—") + coop
    return Explained(word("fields", "leads"), "", value, f"leads.{how}", str(table("rules")["leads"][how]))


def _quantity(q: Quantity) -> Explained:
    parts = [
        f"{q.indicator} {promise_in_words(q)}",
        kind_in_words(q),
        word("accrual", q.accrual.value),
        word("polarity", q.polarity.value),
        f"每个{q.per}" if q.per else "",
        "力争" if q.strive else "",
        word("stage", q.stage.value) if q.stage else "",
        by_in_words(q.by),
        f"{q.period['from']}至{q.period['to']}" if q.period else "",
        q.quarter or "",
    ]
    value = "，".join(part for part in parts if part)
    return Explained(word("fields", "quantities"), _flat(q.text), value, q.rule, rule_means(q.rule), q.confidence)


def _relation(r: Relation) -> Explained:
    value = f"{r.indicator} {word('comparator', r.comparator.value)} {r.against}"
    return Explained(word("fields", "relations"), _flat(r.text), value, r.rule, rule_means(r.rule), r.confidence)


def _deadline(d: Deadline) -> Explained:
    value = f"{d.date.isoformat()} {_flat(d.action)}".strip()
    return Explained(word("fields", "deadlines"), _flat(d.text), value, d.rule, rule_means(d.rule), d.confidence)


def _outcome(o: Outcome) -> Explained:
    value = "，".join(part for part in (o.object, word("stage", o.stage.value), by_in_words(o.by, o.implied)) if part)
    return Explained(word("fields", "outcomes"), _flat(o.text), value, o.rule, rule_means(o.rule), o.confidence)


def _full(task: ReadTask) -> Iterator[Explained]:
    if task.full:
        yield Explained(
            word("fields", "full"), task.full.text, f"{task.full.object} 100%", "full", "没有数字的全量目标，按100%计"
        )


def _refused(task: ReadTask, year: int | None) -> Iterator[Explained]:
    """Figures of the task's words that are no commitment, each with the reason."""
    folded = fold(task.text)
    layout = lay_out(folded, task.text)
    times = tuple(scan_times(folded))
    mentions = tuple(scan(folded))
    for clause in layout.clauses:
        own = tuple(m for m in mentions if clause.start <= m.start < clause.end)
        for mention in own:
            why = refusal(mention, Scene(layout, clause, times, own, year))
            if why and why != "time":
                yield Explained("不计", task.text[mention.start : mention.end], "不作承诺", why, rule_means(why))


def _flat(text: str) -> str:
    return "".join(text.split())
