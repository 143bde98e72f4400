"""A reading in memory: the product's own result types, with spans that really point at their words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from duixian.reading import (
    Accrual,
    Comparator,
    Deadline,
    Declared,
    DocumentHead,
    Full,
    NamedProject,
    Outcome,
    Polarity,
    Quantity,
    QuantityKind,
    Reading,
    ReadSection,
    ReadTask,
    Relation,
    Span,
    Stage,
)

Placed = TypeVar("Placed", Quantity, Outcome, Relation, Deadline)
NOWHERE = Span(0, 0)
YEAR_END = date(2026, 12, 31)


def quantity(text: str, indicator: str, value: str, unit: str, **more: Any) -> Quantity:
    """An amount; at least, counted over the year, unless `more` says otherwise."""
    known: dict[str, Any] = {
        "comparator": Comparator.AT_LEAST,
        "kind": QuantityKind.AMOUNT,
        "polarity": Polarity.MORE,
        "accrual": Accrual.FLOW,
    }
    return Quantity(
        text=text,
        span=NOWHERE,
        indicator=indicator,
        value=Decimal(value),
        unit=unit,
        base_value=Decimal(value),
        base_unit=unit,
        **(known | more),
    )


def growth(text: str, indicator: str, value: str, **more: Any) -> Quantity:
    """A growth rate in per cent."""
    known = {"kind": QuantityKind.GROWTH, "accrual": Accrual.RUNNING, "direction": "up"}
    return quantity(text, indicator, value, "%", **(known | more))


def outcome(text: str, thing: str, stage: Stage, by: date | None = None) -> Outcome:
    """A promised state of a thing, by the year's end unless said."""
    return Outcome(object=thing, stage=stage, text=text, span=NOWHERE, by=by or YEAR_END, implied=by is None)


def relation(text: str, indicator: str, against: str, comparator: Comparator = Comparator.EQUAL) -> Relation:
    """A figure set against another."""
    return Relation(text=text, span=NOWHERE, indicator=indicator, comparator=comparator, against=against)


def deadline(text: str, on: date, action: str = "") -> Deadline:
    """A stated limit."""
    return Deadline(text=text, span=NOWHERE, date=on, action=action)


def item(
    text: str,
    leads: Sequence[str],
    *,
    section: str | None = None,
    cooperating: Sequence[str] = (),
    quantities: Sequence[Quantity] = (),
    outcomes: Sequence[Outcome] = (),
    relations: Sequence[Relation] = (),
    deadlines: Sequence[Deadline] = (),
    projects: Sequence[str] = (),
    full: Full | None = None,
    number: int | str = 0,
) -> ReadTask:
    """One task, not yet placed in a text; `number` 0 is given by its place."""
    return ReadTask(
        number=number,
        section=section or (leads[0] if leads else None),
        text=text,
        span=NOWHERE,
        leads=tuple(leads),
        cooperating=tuple(cooperating),
        quantities=tuple(quantities),
        outcomes=tuple(outcomes),
        relations=tuple(relations),
        deadlines=tuple(deadlines),
        projects=tuple(NamedProject(name, NOWHERE) for name in projects),
        full=full,
    )


def reading_of(*items: ReadTask, declared: Declared | None = None, title: str = "云溪市2026年重点任务清单") -> Reading:
    """The items as a document: headings where the section changes, every span where its words stand."""
    text = f"{title}\n"
    sections: list[ReadSection] = []
    placed: list[ReadTask] = []
    for place, one in enumerate(items, 1):
        if one.section and one.section not in {s.name for s in sections}:
            heading = f"{one.section}牵头工作"
            sections.append(ReadSection(one.section, heading, Span(len(text), len(text) + len(heading))))
            text += f"{heading}\n"
        text += f"{place}."
        placed.append(_placed(replace(one, number=one.number or place), len(text)))
        text += f"{one.text}\n"
    head = DocumentHead(title=title, doc_number="云政办〔2026〕1号", year=2026, kind="task_list", sha256="0" * 64)
    return Reading(document=head, text=text, declared=declared, sections=tuple(sections), tasks=tuple(placed))


def _placed(one: ReadTask, start: int) -> ReadTask:
    def put(part: Placed) -> Placed:
        return replace(part, span=_words(one.text, part.text, start))

    return replace(
        one,
        span=Span(start, start + len(one.text)),
        quantities=tuple(map(put, one.quantities)),
        outcomes=tuple(map(put, one.outcomes)),
        relations=tuple(map(put, one.relations)),
        deadlines=tuple(map(put, one.deadlines)),
        projects=tuple(NamedProject(p.name, _words(one.text, p.name, start)) for p in one.projects),
    )


def _words(text: str, words: str, start: int) -> Span:
    where = text.index(words)
    return Span(start + where, start + where + len(words))
