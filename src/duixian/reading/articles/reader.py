"""The sentences of an article that commit to something, and those that tell what was reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..items import read_passage
from ..model import DocumentHead, ReadTask
from ..model import Warning as ReadingWarning
from ..patterns import lazy
from ..responsible import NO_DUTIES
from ..source import Line
from .sentences import sentences


@dataclass(slots=True)
class Article:
    """Commitments and results, each numbered in reading order by itself, and what was odd on the page."""

    tasks: list[ReadTask] = field(default_factory=list)
    results: list[ReadTask] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)


_SHORTEST_REPEAT = 30
#: How far into a sentence the day of a piece of news stands.
_DATELINE = 24
_NEWS = lazy(
    r"[^,。]{0,14}?\d{1,2}月\d{1,2}日(?!前|之前|起)(?:电|讯|报道|[上下]午|晚|凌晨|至\d{1,2}日|\d{1,2}时)?[,:)]?"
    ".{0,60}?(?:召开|举行|开幕|闭幕|会议|大会|会上|发布会|报告|报道|介绍|通报|获悉|公布|印发|表决|审议)"
)


def read_article(lines: Sequence[Line], head: DocumentHead) -> Article:
    """Read an article; a sentence printed twice is read once and said."""
    made = Article()
    seen: set[str] = set()
    for sentence in sentences(lines, head.year):
        key = sentence.passage.folded
        if len(key) > _SHORTEST_REPEAT and key in seen:
            span = sentence.passage.span(0, len(key))
            made.warnings.append(ReadingWarning("repeated", f"同一句话出现两次,只计一次:{key[:20]}……", span))
            continue
        seen.add(key)
        into = made.results if sentence.is_result else made.tasks
        number, told = len(into) + 1, sentence.is_result
        task = read_passage(number, sentence.section, sentence.passage, NO_DUTIES, head, is_result=told)
        if sentence.is_result:
            task = _as_result(task, sentence.period)
        elif "月" in key[:_DATELINE] and _NEWS.match(key):
            # 2月11日,大会表决通过…: when it happened limits nothing
            task = replace(
                task, deadlines=tuple(d for d in task.deadlines if d.span.start > task.span.start + _DATELINE)
            )
        if _commits(task):
            into.append(task)
    return made


def _commits(task: ReadTask) -> bool:
    return bool(task.quantities or task.deadlines or task.outcomes or task.relations)


def _as_result(task: ReadTask, period: dict[str, str] | None) -> ReadTask:
    """A result has a time it covers and no limit."""
    quantities = tuple(replace(q, period=period, by=None) for q in task.quantities)
    outcomes = tuple(replace(o, by=None, implied=False) for o in task.outcomes)
    return replace(task, quantities=quantities, outcomes=outcomes, deadlines=(), review=())
