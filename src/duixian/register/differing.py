"""What differs between two states of one item, field by field, in words: a correction, or a changed document. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duixian.reading import Outcome, Quantity, ReadTask, Relation
from duixian.reading.showing.words import plain, word


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its name in words, what it was, what it is. An added part has no before, a removed one no after."""

    field: str
    before: str
    after: str


Pair = tuple[Quantity | None, Quantity | None]


def differences(before: ReadTask, after: ReadTask, *, with_names: bool = True) -> list[Difference]:
    """All fields that differ. `with_names`: also what an amount is called, which a register spells its own way."""
    return [
        *_plain("编号", str(before.number), str(after.number)),
        *_plain("标题", before.section or "", after.section or ""),
        *_plain("文字", _flat(before.text), _flat(after.text)),
        *_plain("牵头单位", "、".join(before.leads), "、".join(after.leads)),
        *_plain("配合单位", "、".join(before.cooperating), "、".join(after.cooperating)),
        *_of_quantities(before.quantities, after.quantities, with_names=with_names),
        *_of_outcomes(before.outcomes, after.outcomes),
        *_plain("期限", _limits(before), _limits(after)),
        *_plain("参照", _relations(before.relations), _relations(after.relations)),
    ]


def _plain(field: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(field, before, after)


def _flat(text: str) -> str:
    return "".join(text.split())


def _limits(item: ReadTask) -> str:
    return "、".join(sorted({limit.date.isoformat() for limit in item.deadlines}))


def _relations(relations: Sequence[Relation]) -> str:
    return "；".join(_flat(relation.text) for relation in relations)


def paired(before: Sequence[Quantity], after: Sequence[Quantity]) -> list[Pair]:
    """Amounts that are the same one: by their words, then by what they count, then by their place."""
    pairs: dict[int, Quantity] = {}
    rest = list(before)
    for same in (_same_words, _same_thing, _same_kind):
        for i, quantity in enumerate(after):
            found = next((b for b in rest if i not in pairs and same(b, quantity)), None)
            if found is not None:
                pairs[i] = found
                rest.remove(found)
    return [(pairs.get(i), quantity) for i, quantity in enumerate(after)] + [(gone, None) for gone in rest]


def _same_words(a: Quantity, b: Quantity) -> bool:
    return _flat(a.text) == _flat(b.text) and a.indicator == b.indicator


def _same_thing(a: Quantity, b: Quantity) -> bool:
    return a.indicator == b.indicator or _flat(a.text) == _flat(b.text)


def _same_kind(a: Quantity, b: Quantity) -> bool:
    return a.unit == b.unit and a.kind is b.kind


def _of_quantities(before: Sequence[Quantity], after: Sequence[Quantity], *, with_names: bool) -> Iterator[Difference]:
    for old, new in paired(before, after):
        if old is None or new is None:
            one = new or old
            assert one is not None
            words = f"{_flat(one.text)}（{_promise(one)}）"
            yield Difference(f"目标“{one.indicator}”", words if new is None else "", words if old is None else "")
            continue
        name = f"目标“{new.indicator}”的"
        for label, read in _FIELDS:
            if label != "指标" or with_names:
                yield from _plain(name + label, read(old), read(new))


def _promise(q: Quantity) -> str:
    return f"{word('comparator', q.comparator.value)}{_value(q.value)}{q.unit}"


def _value(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


_FIELDS = (
    ("指标", lambda q: q.indicator),
    ("比较", lambda q: word("comparator", q.comparator.value)),
    ("数值", lambda q: _value(q.value)),
    ("上限", lambda q: _value(q.value_max)),
    ("单位", lambda q: q.unit),
    ("类别", lambda q: word("kind", q.kind.value)),
    ("怎么算", lambda q: word("accrual", q.accrual.value)),
    ("期限", lambda q: q.by.isoformat() if q.by else ""),
    ("每个", lambda q: q.per or ""),
)


def _of_outcomes(before: Sequence[Outcome], after: Sequence[Outcome]) -> Iterator[Difference]:
    old = {_outcome(o) for o in before}
    new = {_outcome(o) for o in after}
    yield from (Difference("事项", words, "") for words in map(_outcome, before) if words not in new)
    yield from (Difference("事项", "", words) for words in map(_outcome, after) if words not in old)


def _outcome(o: Outcome) -> str:
    return f"{_flat(o.object)}{word('stage', o.stage.value)}{f'（{o.by.isoformat()}）' if o.by else ''}"
