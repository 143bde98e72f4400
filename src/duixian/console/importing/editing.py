"""One item as a form: what was typed becomes the reader's own type again, or a message at the field that is wrong."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from duixian.console.importing.places import Cut, cuts_of, place_of
from duixian.console.numbers import whole_number
from duixian.indicators.limits import is_keepable
from duixian.reading import (
    Accrual,
    Comparator,
    Deadline,
    Outcome,
    Polarity,
    Quantity,
    QuantityKind,
    ReadTask,
    Span,
    Stage,
)
from duixian.reading.doubts import BY_HAND
from duixian.reading.numerals import MAGNITUDES, carried
from duixian.reading.showing.words import plain, word
from duixian.register.models import ImportItem

Part = TypeVar("Part", Quantity, Outcome, Deadline)
COMPARATORS = tuple((c.value, word("comparator", c.value)) for c in Comparator)
ACCRUALS = tuple((a.value, word("accrual", a.value)) for a in Accrual)
KINDS = tuple((k.value, word("kind", k.value)) for k in QuantityKind)
STAGES = tuple((s.value, word("stage", s.value)) for s in Stage)
POLARITY = {
    Comparator.AT_MOST: Polarity.LESS,
    Comparator.ABOUT: Polarity.NEAR,
}


@dataclass(slots=True)
class Line:
    """One part's fields as they stand in the form."""

    prefix: str
    label: str
    values: dict[str, str]
    is_new: bool = False


@dataclass(slots=True)
class ItemForm:
    """The form of one item. `errors` maps a field's name to what is wrong with it."""

    item: ImportItem
    values: dict[str, str]
    amounts: list[Line]
    outcomes: list[Line]
    limits: list[Line]
    cuts: list[Cut]
    errors: dict[str, str] = field(default_factory=dict)
    comparators: tuple[tuple[str, str], ...] = COMPARATORS
    accruals: tuple[tuple[str, str], ...] = ACCRUALS
    kinds: tuple[tuple[str, str], ...] = KINDS
    stages: tuple[tuple[str, str], ...] = STAGES
    # which state of the item the form was opened on
    said_revision: int = 0


def form_of(item: ImportItem, given: Mapping[str, str] | None = None) -> ItemForm:
    """The item's fields, or what was typed over them."""
    read = item.read
    said = given or {}
    made = ItemForm(
        item=item,
        values=_typed("", _whole(read), said),
        amounts=[_line("q", i, _amount(q), said) for i, q in enumerate(read.quantities)],
        outcomes=[_line("o", i, _outcome(o), said) for i, o in enumerate(read.outcomes)],
        limits=[
            _line("d", i, {"date": d.date.isoformat(), "words": d.text}, said) for i, d in enumerate(read.deadlines)
        ],
        cuts=cuts_of(read.span, item.draft.text),
        said_revision=_revision(item, said),
    )
    made.amounts.append(_new("q", _EMPTY_AMOUNT, said))
    made.outcomes.append(_new("o", {"object": "", "stage": "", "by": "", "words": ""}, said))
    made.limits.append(_new("d", {"date": "", "words": ""}, said))
    return made


def _revision(item: ImportItem, said: Mapping[str, str]) -> int:
    typed = whole_number(said.get("revision", ""))
    return item.revision if typed is None else typed


_EMPTY_AMOUNT = {
    "words": "",
    "indicator": "",
    "comparator": ">=",
    "value": "",
    "value_max": "",
    "unit": "",
    "by": "",
    "accrual": "flow",
    "kind": "amount",
}


def _whole(read: ReadTask) -> dict[str, str]:
    return {
        "number": str(read.number),
        "section": read.section or "",
        "leads": "、".join(read.leads),
        "cooperating": "、".join(read.cooperating),
        "text": read.text,
    }


def _amount(q: Quantity) -> dict[str, str]:
    return {
        "words": q.text,
        "indicator": q.indicator,
        "comparator": q.comparator.value,
        "value": plain(q.value),
        "value_max": "" if q.value_max is None else plain(q.value_max),
        "unit": q.unit,
        "by": q.by.isoformat() if q.by else "",
        "accrual": q.accrual.value,
        "kind": q.kind.value,
    }


def _outcome(o: Outcome) -> dict[str, str]:
    limit = o.by.isoformat() if o.by and not o.implied else ""
    return {"object": o.object, "stage": o.stage.value, "by": limit, "words": o.text}


def _line(letter: str, i: int, values: dict[str, str], said: Mapping[str, str]) -> Line:
    prefix = f"{letter}{i}-"
    typed = _typed(prefix, values, said)
    typed["gone"] = said.get(f"{prefix}gone", "")
    return Line(prefix, values["words"], typed)


def _new(letter: str, values: dict[str, str], said: Mapping[str, str]) -> Line:
    return Line(f"{letter}new-", "", _typed(f"{letter}new-", values, said), is_new=True)


def _typed(prefix: str, values: dict[str, str], said: Mapping[str, str]) -> dict[str, str]:
    return {name: said.get(f"{prefix}{name}", value).strip() for name, value in values.items()}


def corrected(form: ItemForm) -> ReadTask | None:
    """The item as typed; None, with `errors`, where something cannot be taken."""
    read = form.item.read
    whole = _with_words(form, read)
    quantities = [_quantity(form, line, part) for line, part in _parts(form.amounts, read.quantities)]
    outcomes = [_state(form, line, part) for line, part in _parts(form.outcomes, read.outcomes)]
    limits = [_deadline(form, line, part) for line, part in _parts(form.limits, read.deadlines)]
    made = replace(
        whole,
        quantities=tuple(q for q in quantities if q),
        outcomes=tuple(o for o in outcomes if o),
        deadlines=tuple(d for d in limits if d),
    )
    return None if form.errors else made


def _parts(lines: Sequence[Line], parts: Sequence[Part]) -> list[tuple[Line, Part | None]]:
    return [(line, parts[i] if i < len(parts) else None) for i, line in enumerate(lines) if not line.values.get("gone")]


def _with_words(form: ItemForm, read: ReadTask) -> ReadTask:
    """Number, heading, units, and the item's own words, which must stand in the document."""
    said = form.values
    span, text = read.span, read.text
    if "".join(said["text"].split()) != "".join(read.text.split()):
        found = place_of(said["text"], form.item.draft.text, read.span)
        if found is None:
            form.errors["text"] = "原文中没有这段文字。请从左边原文里照抄起止。"
        else:
            span, text = found, form.item.draft.text[found.start : found.end]
    if not said["leads"]:
        form.errors["leads"] = "请填牵头单位，几个单位用顿号隔开。"
    number = said["number"] or str(read.number)
    return replace(
        read,
        number=number[:20] if whole_number(number) is None else int(number),
        section=said["section"][:200] or None,
        leads=_names(said["leads"]),
        cooperating=_names(said["cooperating"]),
        span=span,
        text=text,
    )


def _names(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.replace("，", "、").replace(",", "、").split("、"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _quantity(form: ItemForm, line: Line, known: Quantity | None) -> Quantity | None:
    said = line.values
    if known is None and not (said["value"] or said["indicator"]):
        return None
    value = _figure(form, line, "value")
    upper = _figure(form, line, "value_max") if said["value_max"] else None
    by = _date(form, line, "by") if said["by"] else None
    if not said["indicator"]:
        form.errors[f"{line.prefix}indicator"] = "请填指标名称。"
    span = _span(form, line, known.span if known else None)
    if value is None or span is None:
        return None
    comparator = Comparator(said["comparator"]) if said["comparator"] in set(Comparator) else Comparator.EQUAL
    unit = said["unit"][:20]
    magnitude = unit[: len(unit) - len(unit.lstrip(MAGNITUDES))]
    base = known or _BLANK
    is_other_way = known is None or comparator is not known.comparator
    return replace(
        base,
        text=form.item.draft.text[span.start : span.end],
        span=span,
        indicator=said["indicator"][:100],
        value=value,
        value_max=upper,
        unit=unit,
        base_value=carried(value, magnitude),
        base_unit=unit.removeprefix(magnitude),
        comparator=comparator,
        kind=QuantityKind(said["kind"]) if said["kind"] in set(QuantityKind) else base.kind,
        accrual=Accrual(said["accrual"]) if said["accrual"] in set(Accrual) else base.accrual,
        polarity=POLARITY.get(comparator, Polarity.MORE) if is_other_way else base.polarity,
        by=by,
    )


_BLANK = Quantity(
    text="",
    span=Span(0, 0),
    indicator="",
    value=Decimal(0),
    unit="",
    base_value=Decimal(0),
    base_unit="",
    comparator=Comparator.AT_LEAST,
    kind=QuantityKind.AMOUNT,
    polarity=Polarity.MORE,
    accrual=Accrual.FLOW,
    rule=BY_HAND,
)


def _state(form: ItemForm, line: Line, known: Outcome | None) -> Outcome | None:
    said = line.values
    if known is None and not said["object"]:
        return None
    by = _date(form, line, "by") if said["by"] else None
    if said["stage"] not in set(Stage):
        form.errors[f"{line.prefix}stage"] = "请选到什么阶段。"
        return None
    if not said["object"]:
        form.errors[f"{line.prefix}object"] = "请填事项名称。"
        return None
    span = _span(form, line, known.span if known else None)
    if span is None:
        return None
    year_end = date(form.item.draft.year, 12, 31)
    return Outcome(
        object=said["object"][:200],
        stage=Stage(said["stage"]),
        text=form.item.draft.text[span.start : span.end],
        span=span,
        by=by or year_end,
        implied=by is None,
        confidence=known.confidence if known else 1.0,
        rule=known.rule if known else BY_HAND,
    )


def _deadline(form: ItemForm, line: Line, known: Deadline | None) -> Deadline | None:
    said = line.values
    if known is None and not said["date"]:
        return None
    on = _date(form, line, "date")
    span = _span(form, line, known.span if known else None)
    if on is None or span is None:
        return None
    action = known.action if known else ""
    return Deadline(
        form.item.draft.text[span.start : span.end], span, on, action, 1.0, known.rule if known else BY_HAND
    )


def _span(form: ItemForm, line: Line, known: Span | None) -> Span | None:
    """Where the part's words stand: as read, where they were typed, else the whole item."""
    words = line.values["words"]
    text, item = form.item.draft.text, form.item.read
    if known is not None and "".join(words.split()) == "".join(text[known.start : known.end].split()):
        return known
    if not words:
        return known or item.span
    found = place_of(words, text, item.span)
    if found is None:
        form.errors[f"{line.prefix}words"] = f"原文中没有“{words[:20]}”。请照原文填。"
    return found


def _figure(form: ItemForm, line: Line, name: str) -> Decimal | None:
    typed = unicodedata.normalize("NFKC", line.values[name]).replace(",", "").strip()
    try:
        value = Decimal(typed)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not is_keepable(value):
        form.errors[f"{line.prefix}{name}"] = (
            f"“{line.values[name][:20]}”不是能用的数。请填阿拉伯数字，单位写在单位栏。"
        )
        return None
    return value


def _date(form: ItemForm, line: Line, name: str) -> date | None:
    try:
        return date.fromisoformat(line.values[name])
    except ValueError:
        form.errors[f"{line.prefix}{name}"] = f"“{line.values[name][:20]}”不是日期。请写成 2026-06-30 这样。"
        return None
