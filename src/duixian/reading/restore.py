"""The JSON object of a reading back into its parts: what was kept in a register can be looked at and mended again.

Figures come back exactly: they are read from their shortest spelling, never through binary arithmetic.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from .model import (
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
    ReviewNote,
    Span,
    Stage,
)
from .model import Warning as ReadingWarning

Json = dict[str, Any]


def reading_from_dict(kept: Json, text: str) -> Reading:
    """The reading of which `kept` is `Reading.to_dict()`; `text` is what its spans count in."""
    declared = kept.get("declared")
    return Reading(
        document=_head(kept["document"]),
        text=text,
        declared=Declared(declared["tasks"], declared["lead_units"]) if declared else None,
        sections=tuple(
            ReadSection(s["name"], s["heading"], Span(*s["span"]), s["declared"]) for s in kept.get("sections", ())
        ),
        tasks=tuple(map(task_from_dict, kept["tasks"])),
        results=tuple(map(task_from_dict, kept.get("results", ()))),
        warnings=tuple(
            ReadingWarning(w["code"], w["message"], Span(*w["span"]) if w["span"] else None) for w in kept["warnings"]
        ),
    )


def task_from_dict(kept: Json) -> ReadTask:
    """One commitment, of which `kept` is the JSON object."""
    full = kept.get("full")
    return ReadTask(
        number=kept["number"],
        section=kept["section"],
        text=kept["text"],
        span=Span(*kept["span"]),
        leads=tuple(kept["leads"]),
        cooperating=tuple(kept["cooperating"]),
        sponsors=tuple(kept["sponsors"]),
        quantities=tuple(map(_quantity, kept["quantities"])),
        deadlines=tuple(map(_deadline, kept["deadlines"])),
        relations=tuple(map(_relation, kept["relations"])),
        outcomes=tuple(map(_outcome, kept["outcomes"])),
        projects=tuple(NamedProject(p["name"], Span(*p["span"])) for p in kept["projects"]),
        full=Full(full["text"], full["object"]) if full else None,
        review=tuple(ReviewNote(r["field"], r["why"]) for r in kept["review"]),
    )


def _head(kept: Json) -> DocumentHead:
    horizon = kept.get("horizon")
    names = ("title", "doc_number", "index_number", "issuer", "year", "kind", "government", "disclosure", "secrecy")
    return DocumentHead(
        **{name: kept[name] for name in names},
        source=kept["source"],
        sha256=kept["sha256"],
        written_on=_date(kept["written_on"]),
        published_on=_date(kept["published_on"]),
        horizon=(horizon["from"], horizon["to"]) if horizon else None,
    )


def _quantity(kept: Json) -> Quantity:
    return Quantity(
        text=kept["text"],
        span=Span(*kept["span"]),
        indicator=kept["indicator"],
        value=_figure(kept["value"]),
        value_max=None if kept["value_max"] is None else _figure(kept["value_max"]),
        unit=kept["unit"],
        base_value=_figure(kept["base_value"]),
        base_unit=kept["base_unit"],
        comparator=Comparator(kept["comparator"]),
        kind=QuantityKind(kept["kind"]),
        polarity=Polarity(kept["polarity"]),
        accrual=Accrual(kept["accrual"]),
        direction=kept["direction"],
        strive=kept["strive"],
        per=kept["per"],
        by=_date(kept["by"]),
        stage=Stage(kept["stage"]) if kept["stage"] else None,
        period=kept["period"],
        quarter=kept.get("from"),
        confidence=kept["confidence"],
        rule=kept["rule"],
    )


def _deadline(kept: Json) -> Deadline:
    limit = date.fromisoformat(kept["date"])
    return Deadline(kept["text"], Span(*kept["span"]), limit, kept["action"], kept["confidence"], kept["rule"])


def _relation(kept: Json) -> Relation:
    return Relation(
        kept["text"],
        Span(*kept["span"]),
        kept["indicator"],
        Comparator(kept["comparator"]),
        kept["against"],
        kept["confidence"],
        kept["rule"],
    )


def _outcome(kept: Json) -> Outcome:
    return Outcome(
        object=kept["object"],
        stage=Stage(kept["stage"]),
        text=kept["text"],
        span=Span(*kept["span"]),
        by=_date(kept["by"]),
        implied=kept["implied"],
        confidence=kept["confidence"],
        rule=kept["rule"],
    )


def _figure(kept: int | float | str) -> Decimal:
    return Decimal(str(kept))


def _date(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
