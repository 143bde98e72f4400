"""A reading's phrases, one commitment each: figures, promised states of objects, relations, totals, else the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from duixian.reading import Outcome, Quantity, Reading, ReadTask, Relation, Span

from .horizons import ANCHOR, is_of_several_years
from .model import Commitment
from .stages import closing_stage, higher

#: The longest phrase a link shows.
LONGEST = 60
#: A clause of fewer letters says nothing by itself.
SHORTEST = 6
# 其中 right before a figure: it is part of the figure before it
PART = re.compile(r"其中[：:,，]?[^，,。；;]{0,4}$")
# a promise to try
STRIVING = re.compile(r"力争|争取|力促")
CLAUSE_END = re.compile(r"[，,。；;：:！!？?\n]")


def commitments_of(reading: Reading) -> tuple[Commitment, ...]:
    """Every phrase of a plan, in the order of its text. A state that only repeats a figure's object is left out."""
    found = [phrase for task in reading.tasks for phrase in _of_task(task, reading)]
    return tuple(sorted([*found, *_unread(reading)], key=_position))


def _position(phrase: Commitment) -> tuple[int, int]:
    return (phrase.span.start, phrase.span.end) if phrase.span else (0, 0)


def _of_task(task: ReadTask, reading: Reading) -> list[Commitment]:
    found = [
        *(_figure(quantity, task, reading) for quantity in task.quantities),
        *(_relation(relation, task, reading) for relation in task.relations),
        *_states(task, reading),
    ]
    return [*found, *_left_over(task, reading, found)]


def _figure(q: Quantity, task: ReadTask, reading: Reading) -> Commitment:
    span = phrase_end(q.span)
    return Commitment(
        **_of(task, reading),
        text=reading.text[span.start : span.end],
        span=span,
        indicator=q.indicator,
        value=q.value,
        value_max=q.value_max,
        unit=q.unit,
        base_value=q.base_value,
        base_unit=q.base_unit,
        comparator=q.comparator,
        kind=q.kind,
        accrual=q.accrual,
        stage=q.stage,
        due=q.by,
        per=q.per,
        strive=q.strive,
        within=is_part(reading.text, q.span.start),
        several_years=is_of_several_years(reading.text, q.span.start, q.span.end, reading.document.year),
        projects=_projects(task, q.span, reading.text),
    )


def _of(task: ReadTask, reading: Reading) -> dict[str, Any]:
    """Whose phrase it is."""
    return {
        "task": task.number,
        "whole": task.text,
        "section": task.section,
        "government": reading.document.government,
    }


def is_part(text: str, start: int) -> bool:
    """Whether the figure that begins at `start` is part of the figure before it: 其中."""
    return bool(PART.search(text[max(0, start - 8) : start]))


def phrase_end(span: Span) -> Span:
    """The end of a phrase says what is counted; the beginning of a long one is left out."""
    return Span(max(span.start, span.end - LONGEST), span.end)


def phrase_start(span: Span) -> Span:
    """Of words without a figure the beginning says what they are about."""
    return Span(span.start, min(span.end, span.start + LONGEST))


def _relation(relation: Relation, task: ReadTask, reading: Reading) -> Commitment:
    return Commitment(
        **_of(task, reading),
        text=relation.text[:LONGEST],
        span=phrase_start(relation.span),
        indicator=relation.indicator,
        comparator=relation.comparator,
        against=relation.against,
    )


def _states(task: ReadTask, reading: Reading) -> Iterator[Commitment]:
    """One phrase an object, in its furthest state; 建成 and 投用 of one object are one phrase."""
    furthest: dict[tuple[str, int], Outcome] = {}
    for outcome in task.outcomes:
        key = (outcome.object, outcome.span.start)
        known = furthest.get(key)
        if known is None or higher(outcome.stage, known.stage):
            furthest[key] = outcome
    for outcome in furthest.values():
        if not _is_said_by_a_figure(outcome, task):
            yield _state(outcome, task, reading)


def _is_said_by_a_figure(outcome: Outcome, task: ReadTask) -> bool:
    """Whether the object is what a figure inside the same clause counts: 推进44个项目 is one phrase, not two."""
    return any(
        _overlap(outcome.span, q.span) and (outcome.object in q.indicator or q.indicator in outcome.object)
        for q in task.quantities
    )


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _state(outcome: Outcome, task: ReadTask, reading: Reading) -> Commitment:
    span = _where(outcome, task, reading)
    return Commitment(
        **_of(task, reading),
        text=reading.text[span.start : span.end],
        span=span,
        indicator=outcome.object,
        stage=outcome.stage,
        due=None if outcome.implied else outcome.by,
        strive=bool(STRIVING.search(reading.text, max(0, outcome.span.start - 3), outcome.span.end)),
        projects=tuple(p.name for p in task.projects if p.name in outcome.object or outcome.object in p.name),
    )


def _where(outcome: Outcome, task: ReadTask, reading: Reading) -> Span:
    """The clause; of a clause about several objects, this object's own part, so that each is shown by itself."""
    shared = sum(other.span == outcome.span and other.object != outcome.object for other in task.outcomes)
    start, end = outcome.span.start, outcome.span.end
    at = reading.text.find(outcome.object, start, end)
    if at >= 0 and (shared or end - start > LONGEST):
        stop = at + len(outcome.object)
        followed = reading.text[stop : stop + 1] in "、"
        return Span(at, min(stop if followed else end, at + LONGEST))
    return phrase_start(Span(start, end))


def _left_over(task: ReadTask, reading: Reading, found: list[Commitment]) -> Iterator[Commitment]:
    """The clauses of a task in which neither a figure nor a state was read, as they stand."""
    start = task.span.start
    for end in [m.start() for m in CLAUSE_END.finditer(reading.text, start, task.span.end)] + [task.span.end]:
        clause, start = Span(start, end), end + 1
        if _says_something(reading.text[clause.start : clause.end]) and not any(
            p.span and _overlap(clause, p.span) for p in found
        ):
            yield _words(clause, task, reading)


def _says_something(clause: str) -> bool:
    """Whether more is left of a clause than a year: 到2030年 says nothing by itself."""
    return len(ANCHOR.sub("", clause.strip())) >= SHORTEST


def _unread(reading: Reading) -> Iterator[Commitment]:
    """Clauses of an article between its tasks, which promise by their subject: 石门电站力争完成核准.

    They belong to the task before them. Accounts of what was done last year are no promises.
    """
    if reading.document.kind != "article" or not reading.tasks:
        return
    taken = sorted((t.span.start, t.span.end) for t in (*reading.tasks, *reading.results))
    tasks = sorted(reading.tasks, key=lambda task: task.span.start)
    for before, after in pairwise(tasks):
        for line in re.finditer(r"[^\n。；;]+[。；;]", reading.text[before.span.end : after.span.start]):
            start = before.span.end + line.start()
            if any(a < start + len(line[0]) and start < b for a, b in taken):
                continue
            for clause in re.finditer(r"[^，,。；;：:！!？?\n]+", line[0]):
                if not _says_something(clause[0]):
                    continue
                yield _words(Span(start + clause.start(), start + clause.end()), before, reading)


def _words(clause: Span, task: ReadTask, reading: Reading) -> Commitment:
    """A clause as it stands; what its last words say of a state is taken from them."""
    text = reading.text[clause.start : clause.end]
    about, stage = closing_stage(text.strip())
    return Commitment(
        **_of(task, reading),
        text=text[:LONGEST],
        span=phrase_start(clause),
        indicator=STRIVING.sub("", about),
        stage=stage,
        strive=bool(STRIVING.search(about)),
    )


def _projects(task: ReadTask, span: Span, text: str) -> tuple[str, ...]:
    """The projects named in a figure's own clause, before it: 祥源石墨烯材料等44个项目."""
    return tuple(
        p.name
        for p in task.projects
        if p.span.end <= span.start and not CLAUSE_END.search(text, p.span.end, span.start)
    )
