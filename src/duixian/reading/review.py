"""What a person should look at, worst first.

Every sign of doubt (`signs`) has a risk: how often a field that bears it is wrong. A field's risk is that of its signs
taken together. Of a whole document at most a set share of fields is put before a person, the most doubtful first, so
that a look stays worth its time; `confidence` is what the risks leave.

A note names its field: `quantities[2].indicator` that field, `quantities` all amounts of a task and any that may be
missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from . import lexicon, signs
from .clauses import Layout
from .model import Deadline, ReadTask, ReviewNote
from .patterns import lazy
from .quantities.amounts import Amount
from .quantities.mentions import Mention
from .signs import SignAt

AMOUNT_FIELDS = ("value", "unit", "comparator", "kind", "indicator")
TASK_FIELDS = ("text", "section", "leads", "cooperating")


def notes_on(
    layout: Layout,
    amounts: Sequence[Amount],
    refused: Sequence[tuple[Mention, str]],
    seen: Sequence[Mention],
    limits: Sequence[Deadline],
    of_task: Iterable[SignAt],
) -> list[ReviewNote]:
    """A note for every doubtful field of a passage.

    `amounts` are those it was found to promise, `refused` the figures left out with their reasons, `seen` all figures
    with a unit, `of_task` the signs at the words and units of an item of a list (prose has none).
    """
    found = list(of_task)
    places = list(enumerate(amounts))
    for place, amount in places:
        found += signs.of_amount(place, amount, layout)
    found += signs.crowded(places)
    found += signs.of_figures(layout, refused, seen)
    found += signs.of_times(layout, limits)
    return _weighed(found)


def reviewed(task: ReadTask, notes: Sequence[ReviewNote]) -> ReadTask:
    """The task with its notes, those on its relations among them, the worst first."""
    lacking = [
        ReviewNote("relations", f"“{relation.text}”缺主语", 1 - relation.confidence)
        for relation in task.relations
        if relation.confidence < _SURE
    ]
    if not (notes or lacking):
        return task
    return replace(task, review=tuple(sorted([*notes, *lacking], key=lambda note: -note.risk)))


_PLACED = lazy(r"(quantities|deadlines)\[(\d+)\]")


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
    return _plain().get(field.rsplit(".", 1)[-1], 0.0)


@cache
def _plain() -> Mapping[str, float]:
    plain: dict[str, float] = lexicon.words("signs")["plain"]
    return plain


def sure_amount(place: int, risks: Mapping[str, float]) -> float:
    """How sure an amount is, by the risks of a task's doubtful fields: as sure as all its own fields together."""
    return _left(risks, f"quantities[{place}].", AMOUNT_FIELDS)


def sure_limit(place: int, risks: Mapping[str, float]) -> float:
    """How sure a limit is."""
    whole = 1 - risks.get("deadlines", _plain().get("deadlines", 0.0))
    return _left(risks, f"deadlines[{place}].", ("date",), whole)


def _left(risks: Mapping[str, float], of: str, parts: Iterable[str], right: float = 1.0) -> float:
    plain = _plain()
    for part in parts:
        risk = risks.get(of + part) if risks else None
        right *= 1 - (plain.get(part, 0.0) if risk is None else risk)
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


_ONE_FIELD = lazy(r"\.|^(?:text|section|leads|cooperating|relations)$")


def _cost(field: str, task: ReadTask) -> int:
    """How many fields a note puts before a person."""
    if _ONE_FIELD.search(field):
        return 1
    if field == "deadlines":
        return max(1, len(task.deadlines))
    return max(1, len(AMOUNT_FIELDS) * len(task.quantities))
