"""One item of a list, read: who, how much, by when, what becomes of what."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from . import signs
from .clauses import Layout, lay_out
from .deadlines import Limit, deadlines_of, limit_of, limits_in
from .model import Deadline, DocumentHead, NamedProject, Outcome, ReadTask, Relation
from .outcomes.reader import State, named_projects, read_states
from .outcomes.works import named_works
from .outline import Item
from .quantities.amounts import Amount
from .quantities.links import quantity_of
from .quantities.reader import find_amounts
from .relations import read_relations
from .responsible import NO_DUTIES, Convention, Duties, settle
from .review import joined_notes, notes_on, reviewed, sure_amount, sure_limit
from .source import Passage
from .times import is_endless, scan
from .totals import read_total


def read_item(item: Item, head: DocumentHead, convention: Convention) -> ReadTask:
    """Read one numbered item of a list."""
    duties = settle(item.duties, item.heading_lead, convention)
    task = read_passage(item.number, item.section, item.passage, duties, head)
    return with_milestones(task, item.milestones, head) if item.milestones else task


def with_milestones(task: ReadTask, milestones: Sequence[tuple[int, Passage]], head: DocumentHead) -> ReadTask:
    """The cells of quarter columns: each is a limit whose action is its words; its amounts are marked as interim.

    A date named in a cell wins over its column.
    """
    deadlines, quantities = list(task.deadlines), list(task.quantities)
    for month, passage in milestones:
        if head.year is None or is_endless(passage.folded):
            continue
        last = date(head.year, month, monthrange(head.year, month)[1])
        part = read_passage(task.number, task.section, passage, NO_DUTIES, head)
        named = [d.date for d in part.deadlines]
        on = max(named) if named else last
        span = passage.span(0, len(passage.text))
        deadlines.append(Deadline(passage.text, span, on, passage.text, 0.9, "limit.milestone"))
        quarter = _QUARTERS[month]
        quantities += [replace(q, quarter=quarter, by=q.by or on) for q in part.quantities]
    return replace(task, deadlines=tuple(deadlines), quantities=tuple(quantities))


_QUARTERS = {3: "一季度", 6: "二季度", 9: "三季度", 12: "四季度"}


def read_passage(
    number: int | str,
    section: str | None,
    passage: Passage,
    duties: Duties,
    head: DocumentHead,
    *,
    is_result: bool = False,
) -> ReadTask:
    """Read the words of one commitment (or, in a review, of one result).

    What is longer than any commitment (a page that lost its line breaks) is read in parts, so that the time it takes
    grows with its length and no faster.
    """
    if len(passage.text) <= _LONGEST:
        return _read(number, section, passage, duties, head, is_result=is_result)
    parts = [_read(number, section, part, duties, head, is_result=is_result) for part in _parts(passage)]
    return replace(
        parts[0],
        text=passage.text,
        span=passage.span(0, len(passage.text)),
        quantities=tuple(q for part in parts for q in part.quantities),
        # the limit in a bracket or cell is each part's limit, but stands there once
        deadlines=tuple({d.span: d for part in reversed(parts) for d in reversed(part.deadlines)}.values())[::-1],
        relations=tuple(r for part in parts for r in part.relations),
        outcomes=tuple(o for part in parts for o in part.outcomes),
        projects=tuple(p for part in parts for p in part.projects),
        full=next((part.full for part in parts if part.full), None),
        review=joined_notes(parts),
    )


#: The longest real commitments seen have some 600 characters.
_LONGEST = 2_000


def _parts(passage: Passage) -> Iterator[Passage]:
    """Stretches of at most `_LONGEST` characters, cut behind a sentence, else behind a clause, else anywhere."""
    start, end = 0, len(passage.text)
    while start < end:
        stop = min(start + _LONGEST, end)
        if stop < end:
            cuts = (max(passage.folded.rfind(mark, start, stop) for mark in marks) for marks in ("。;", ",、"))
            stop = next((cut + 1 for cut in cuts if cut > start), stop)
        yield passage.part(start, stop)
        start = stop


def _read(
    number: int | str,
    section: str | None,
    passage: Passage,
    duties: Duties,
    head: DocumentHead,
    *,
    is_result: bool,
) -> ReadTask:
    layout = lay_out(passage.folded, passage.text)
    found = find_amounts(layout, scan(passage.folded), head.year, is_result=is_result)
    amounts = found.amounts
    own = limits_in(layout, head)
    states = read_states(layout, amounts)
    deadlines = deadlines_of(passage, own, duties.limits, head, _first_action(passage, layout, states))
    tail_limit = max((d.date for d in deadlines if d.rule == "limit.cell"), default=None)
    is_listed = head.kind == "task_list"
    of_task = signs.of_task(passage.text, section, duties) if is_listed else ()
    notes = notes_on(layout, amounts, found.refused, found.mentions, deadlines, of_task)
    risks = {note.field: note.risk for note in notes}
    task = ReadTask(
        number=number,
        section=section,
        text=passage.text,
        span=passage.span(0, len(passage.text)),
        leads=duties.leads,
        cooperating=duties.cooperating,
        sponsors=duties.sponsors,
        quantities=tuple(
            quantity_of(passage, a, states, own, tail_limit, sure_amount(place, risks))
            for place, a in enumerate(amounts)
        ),
        deadlines=tuple(replace(d, confidence=sure_limit(place, risks)) for place, d in enumerate(deadlines)),
        relations=tuple(_relations(passage, layout, amounts)),
        outcomes=tuple(_outcome(passage, s, own, tail_limit, head) for s in states),
        projects=_projects(passage, layout, states, amounts),
        full=read_total(layout),
    )
    return reviewed(task, notes)


def _projects(
    passage: Passage, layout: Layout, states: Sequence[State], amounts: Sequence[Amount]
) -> tuple[NamedProject, ...]:
    """Projects by their outcomes and their examples, then works whose name alone tells, each place once."""
    things = named_projects(layout, states, amounts)
    things += [w for w in named_works(layout) if not any(t.start < w.end and w.start < t.end for t in things)]
    things.sort(key=lambda thing: thing.start)
    return tuple(NamedProject(t.name, passage.span(t.start, t.end)) for t in things)


def _first_action(passage: Passage, layout: Layout, states: Sequence[State]) -> str:
    """What a bare limit is set to: the item's first clause."""
    at = states[0].start if states else layout.clauses[0].start
    return passage.text[at : layout.clause_at(at).end].strip()


def _relations(passage: Passage, layout: Layout, amounts: Sequence[Amount]) -> list[Relation]:
    return [
        Relation(
            passage.text[b.start : b.end],
            passage.span(b.start, b.end),
            b.indicator,
            b.comparator,
            b.against,
            b.confidence,
            "relation",
        )
        for b in read_relations(layout, amounts)
    ]


def _outcome(passage: Passage, state: State, own: Sequence[Limit], tail: date | None, head: DocumentHead) -> Outcome:
    """A state with its limit; without a stated one the year's end is meant."""
    limit = limit_of(state.end, state.clause, own)
    by = limit.on if limit else tail
    implied = by is None
    if by is None and head.year:
        by = date(head.year, 12, 31)
    return Outcome(
        object=state.thing.name,
        stage=state.stage,
        text=passage.text[state.start : state.end],
        span=passage.span(state.start, state.end),
        by=by,
        implied=implied,
        confidence=state.confidence,
        rule=state.rule,
    )
