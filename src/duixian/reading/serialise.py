"""A reading as the JSON object of the contract: enumerations as their words, dates ISO, figures as plain numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from .model import Deadline, Outcome, Quantity, Reading, ReadTask, Relation, Span


def reading_to_dict(reading: Reading) -> dict[str, Any]:
    """The object `duixian read --json` prints."""
    head = reading.document
    document: dict[str, Any] = {
        "title": head.title,
        "doc_number": head.doc_number,
        "index_number": head.index_number,
        "issuer": head.issuer,
        "written_on": _date(head.written_on),
        "published_on": _date(head.published_on),
        "year": head.year,
        "kind": head.kind,
        "government": head.government,
        "disclosure": head.disclosure,
        "secrecy": head.secrecy,
        "source": head.source,
        "sha256": head.sha256,
    }
    if head.horizon:
        document["horizon"] = {"from": head.horizon[0], "to": head.horizon[1]}
    declared = reading.declared
    return {
        "document": document,
        "declared": declared and {"tasks": declared.tasks, "lead_units": declared.lead_units},
        "sections": [
            {"name": s.name, "heading": s.heading, "span": _span(s.span), "declared": s.declared}
            for s in reading.sections
        ],
        "tasks": [task_to_dict(task) for task in reading.tasks],
        "results": [task_to_dict(task) for task in reading.results],
        "warnings": [
            {"code": w.code, "message": w.message, "span": None if w.span is None else _span(w.span)}
            for w in reading.warnings
        ],
    }


def task_to_dict(task: ReadTask) -> dict[str, Any]:
    """One commitment or result."""
    return {
        "number": task.number,
        "section": task.section,
        "text": task.text,
        "span": _span(task.span),
        "leads": list(task.leads),
        "cooperating": list(task.cooperating),
        "sponsors": list(task.sponsors),
        "quantities": [_quantity(q) for q in task.quantities],
        "deadlines": [_deadline(d) for d in task.deadlines],
        "relations": [_relation(r) for r in task.relations],
        "outcomes": [_outcome(o) for o in task.outcomes],
        "projects": [{"name": p.name, "span": _span(p.span)} for p in task.projects],
        "full": None if task.full is None else {"text": task.full.text, "object": task.full.object},
        "review": [{"field": r.field, "why": r.why} for r in task.review],
    }


def _quantity(q: Quantity) -> dict[str, Any]:
    made: dict[str, Any] = {
        "text": q.text,
        "span": _span(q.span),
        "indicator": q.indicator,
        "value": plain_number(q.value),
        "value_max": None if q.value_max is None else plain_number(q.value_max),
        "unit": q.unit,
        "base_value": plain_number(q.base_value),
        "base_unit": q.base_unit,
        "comparator": q.comparator.value,
        "kind": q.kind.value,
        "direction": q.direction,
        "strive": q.strive,
        "per": q.per,
        "by": _date(q.by),
        "stage": None if q.stage is None else q.stage.value,
        "polarity": q.polarity.value,
        "accrual": q.accrual.value,
        "period": q.period,
        "confidence": q.confidence,
        "rule": q.rule,
    }
    if q.quarter:
        made["from"] = q.quarter
    return made


def _deadline(d: Deadline) -> dict[str, Any]:
    made = {"text": d.text, "span": _span(d.span), "date": d.date.isoformat(), "action": d.action}
    return {**made, "confidence": d.confidence, "rule": d.rule}


def _relation(r: Relation) -> dict[str, Any]:
    made = {"text": r.text, "span": _span(r.span), "indicator": r.indicator, "comparator": r.comparator.value}
    return {**made, "against": r.against, "confidence": r.confidence, "rule": r.rule}


def _outcome(o: Outcome) -> dict[str, Any]:
    made = {"object": o.object, "stage": o.stage.value, "text": o.text, "span": _span(o.span), "by": _date(o.by)}
    return {**made, "implied": o.implied, "confidence": o.confidence, "rule": o.rule}


def plain_number(value: Decimal) -> int | float:
    """A figure as JSON has it: 400, 4.3. Every figure of the field has far fewer digits than a float keeps."""
    return int(value) if value == value.to_integral_value() else float(value)


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _date(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
