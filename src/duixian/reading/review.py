"""What a person should look at, worst first.

Every sign of doubt (`signs`) has a risk: how often a field that bears it is wrong. A field's risk is that of its signs
taken together. Of a whole document at most a set share of fields is put before a person, the most doubtful first, so
that a look stays worth its time; `confidence` is what the risks leave.

A note names its field: `quantities[2].indicator` that field, `quantities` all amounts of a task and any that may be
missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from . import lexicon, signs
from .clauses import Layout
from .model import Deadline, Quantity, ReadTask, ReviewNote
from .quantities.amounts import Amount
from .quantities.mentions import Mention
from .signs import SignAt

AMOUNT_FIELDS = ("value", "unit", "comparator", "kind", "indicator")
TASK_FIELDS = ("text", "section", "leads", "cooperating")


def with_review(
    task: ReadTask,
    layout: Layout,
    amounts: Sequence[Amount],
    refused: Sequence[tuple[Mention, str]],
    seen: Sequence[Mention],
    *,
    is_listed: bool,
) -> ReadTask:
    """The task with a note for every doubtful field and the confidence that is left.

    `amounts` are its amounts as found, `refused` figures left out with their reasons, `seen` all figures with a unit;
    `is_listed` says that the task is an item of a list, which must have a lead.
    """
    found: list[SignAt] = list(signs.of_task(task)) if is_listed else []
    pairs = list(enumerate(zip(task.quantities, amounts, strict=True)))
    for place, (quantity, amount) in pairs:
        found += signs.of_amount(place, quantity, amount, layout)
    found += signs.crowded([(place, amount) for place, (_, amount) in pairs])
    found += signs.of_figures(layout, refused, seen)
    found += signs.of_times(layout, task.deadlines)
    notes = _weighed(found)
    risks = {note.field: note.risk for note in notes}
    notes += [
        ReviewNote("relations", f"“{relation.text}”缺主语", 1 - relation.confidence)
        for relation in task.relations
        if relation.confidence < _SURE
    ]
    if not (notes or task.quantities or task.deadlines):
        return task
    return replace(
        task,
        quantities=tuple(_sure_amount(place, q, risks) for place, q in enumerate(task.quantities)),
        deadlines=tuple(_sure_limit(place, d, risks) for place, d in enumerate(task.deadlines)),
        review=tuple(sorted(notes, key=lambda note: -note.risk)),
    )


_PLACED = re.compile(r"(quantities|deadlines)\[(\d+)\]")


def joined_notes(parts: Sequence[ReadTask]) -> tuple[ReviewNote, ...]:
    """The notes of a commitment read in parts, their places counted through all of them."""
    made: list[ReviewNote] = []
    passed = {"quantities": 0, "deadlines": 0}
    for part in parts:
        for note in part.review:
            field = _PLACED.sub(lambda m: f"{m[1]}[{int(m[2]) + passed[m[1]]}]", note.field)
            made.append(replace(note, field=field))
        passed["quantities"] += len(part.quantities)
        passed["deadlines"] += sum(1 for d in part.deadlines if d.rule == "limit.words")
    return tuple(made)


#: A relation below this lacks its subject.
_SURE = 0.9


def _weighed(found: Iterable[SignAt]) -> list[ReviewNote]:
    """One note a field: the risk of all its signs together, the reason of the worst."""
    by_field: dict[str, list[SignAt]] = {}
    for sign in found:
        by_field.setdefault(sign.field, []).append(sign)
    return [_note(field, group) for field, group in by_field.items()]


def _note(field: str, group: list[SignAt]) -> ReviewNote:
    table = signs.signs()
    worst = max(group, key=lambda sign: table[sign.sign].risk)
    right = 1 - plain_risk(field)
    for name in {sign.sign for sign in group}:
        right *= 1 - table[name].risk
    words = worst.words.replace("\n", "")
    names = tuple(sorted({sign.sign for sign in group}))
    return ReviewNote(field, table[worst.sign].why.replace("{words}", words), round(1 - right, 4), names)


def plain_risk(field: str) -> float:
    """How often a field is wrong that bears no sign."""
    risks: dict[str, float] = lexicon.words("signs")["plain"]
    return risks.get(field.rsplit(".", 1)[-1], 0.0)


def _sure_amount(place: int, quantity: Quantity, risks: dict[str, float]) -> Quantity:
    """An amount is as sure as all its fields together."""
    return replace(quantity, confidence=_left(risks, *(f"quantities[{place}].{name}" for name in AMOUNT_FIELDS)))


def _sure_limit(place: int, limit: Deadline, risks: dict[str, float]) -> Deadline:
    return replace(limit, confidence=_left(risks, f"deadlines[{place}].date", "deadlines"))


def _left(risks: dict[str, float], *fields: str) -> float:
    right = 1.0
    for field in fields:
        right *= 1 - risks.get(field, plain_risk(field))
    return round(right, 3)


# --- the document's budget --------------------------------------------------------------------------------------------


def within_budget(tasks: Sequence[ReadTask], *, is_list: bool) -> tuple[ReadTask, ...]:
    """The tasks of a document with as many notes as a person's time allows, the most doubtful of the document."""
    budget: dict[str, Any] = lexicon.words("signs")["budget"]
    room = max(budget["at_least"], budget["share"] * sum(fields_of(task, is_list=is_list) for task in tasks))
    ranked = sorted(
        (
            (note.risk / _cost(note.field, task), i, k)
            for i, task in enumerate(tasks)
            for k, note in enumerate(task.review)
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    kept: set[tuple[int, int]] = set()
    for weight, i, k in ranked:
        cost = _cost(tasks[i].review[k].field, tasks[i])
        if weight < budget["least"]:
            break
        if cost <= room:
            room -= cost
            kept.add((i, k))
    return tuple(
        _with_notes(task, [note for k, note in enumerate(task.review) if (i, k) in kept])
        for i, task in enumerate(tasks)
    )


def _with_notes(task: ReadTask, notes: Sequence[ReviewNote]) -> ReadTask:
    return task if len(notes) == len(task.review) else replace(task, review=tuple(notes))


def fields_of(task: ReadTask, *, is_list: bool) -> int:
    """How many fields of a task may be wrong: its words, heading and units, each amount's five, each limit's date."""
    amounts = sum(1 for q in task.quantities if q.quarter is None)
    return len(TASK_FIELDS) * is_list + len(AMOUNT_FIELDS) * amounts + len(task.deadlines)


_ONE_FIELD = re.compile(r"\.|^(?:text|section|leads|cooperating|relations)$")


def _cost(field: str, task: ReadTask) -> int:
    """How many fields a note puts before a person."""
    if _ONE_FIELD.search(field):
        return 1
    if field == "deadlines":
        return max(1, len(task.deadlines))
    return max(1, len(AMOUNT_FIELDS) * len(task.quantities))
