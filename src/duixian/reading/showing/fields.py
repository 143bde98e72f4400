"""The lines of a task on the page: each a field with its words' place, its number, and the cells beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Outcome, Quantity, ReadTask, Span
from .words import by_in_words, value_in_words, word

#: Below this a field's words are marked as doubtful.
_SURE = 0.7
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a task. `id` ties it to its words on the left; `mark` is how they are marked; `cells` are name,
    comparison, figure, unit, limit and how it is reckoned."""

    id: str
    sign: str
    mark: str
    span: Span
    cells: tuple[str, str, str, str, str, str]
    rule: str
    doubtful: bool = False


def lines_of(key: str, task: ReadTask) -> list[Line]:
    """The lines of a task in the order of its words. An outcome that only repeats an amount is left to the amount, a
    project that is an outcome's object to the outcome."""
    made = [*_amounts(task), *_relations(task), *_outcomes(task)]
    made.sort(key=lambda line: (line.span.start, line.span.end))
    numbered = [_keyed(line, f"{key}-{i}", _sign(i)) for i, line in enumerate(made, 1)]
    limits = [_keyed(line, f"{key}-d{i}", "期") for i, line in enumerate(_limits(task), 1)]
    projects = [
        Line(f"{key}-p{i}", "项", "unit", p.span, (p.name, "", "", "", "", "项目"), "项目名称")
        for i, p in enumerate(task.projects, 1)
        if not any(o.object == p.name for o in task.outcomes)
    ]
    return [*numbered, *limits, *projects]


def _keyed(line: Line, id_: str, sign: str) -> Line:
    return Line(id_, sign, line.mark, line.span, line.cells, line.rule, line.doubtful)


def _sign(number: int) -> str:
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({number})"


def _amounts(task: ReadTask) -> Iterator[Line]:
    for q in task.quantities:
        cells = (
            q.indicator,
            word("comparator", q.comparator.value),
            _moved(q) + value_in_words(q),
            q.unit,
            by_in_words(q.by),
            _how(q),
        )
        yield Line("", "", "amount", q.span, cells, q.rule, q.confidence < _SURE)


def _moved(q: Quantity) -> str:
    """增 or 降 before the figure of a change."""
    return {"up": "增", "down": "降"}.get(q.direction or "", "")


def _how(q: Quantity) -> str:
    parts = [word("accrual", q.accrual.value)]
    parts += [f"每个{q.per}"] if q.per else []
    parts += [word("stage", q.stage.value)] if q.stage else []
    parts += ["力争"] if q.strive else []
    parts += [f"{q.period['from']}至{q.period['to']}"] if q.period else []
    return " · ".join(parts)


def _relations(task: ReadTask) -> Iterator[Line]:
    for r in task.relations:
        cells = (r.indicator, word("comparator", r.comparator.value), "", "", "", f"对照{r.against}")
        yield Line("", "", "relation", r.span, cells, r.rule, r.confidence < _SURE)


def _outcomes(task: ReadTask) -> Iterator[Line]:
    for o in task.outcomes:
        if not _repeats_amount(o, task):
            cells = (o.object, word("stage", o.stage.value), "", "", by_in_words(None if o.implied else o.by), "按节点")
            yield Line("", "", "outcome", o.span, cells, o.rule, o.confidence < _SURE)


def _repeats_amount(outcome: Outcome, task: ReadTask) -> bool:
    return any(q.indicator == outcome.object and q.stage is outcome.stage for q in task.quantities)


def _limits(task: ReadTask) -> Iterator[Line]:
    for d in task.deadlines:
        yield Line("", "", "limit", d.span, (d.action, "", "", "", d.date.isoformat(), "时限"), d.rule)
