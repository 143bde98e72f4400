"""核对: mending one read item. Every act says which state of the item it was meant for."""

from dataclasses import replace
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.reading import ReadTask, Span
from duixian.register.commands._reviewing import as_json, keep, keep_corrections, open_item
from duixian.register.differing import Difference, differences
from duixian.register.enums import ItemChange, ItemState
from duixian.register.models import ImportItem
from duixian.register.questions import settled


@command
def correct_item(*, item: ImportItem, revision: int, corrected: ReadTask, actor: Actor, now: datetime) -> ImportItem:
    """Put people's fields in place of the reader's; each field that changed is kept as a correction.

    Raises Conflict where the item is another than `revision`, InvalidInput where a span leaves the document.
    """
    fresh = open_item(item, revision, actor)
    _check_open(fresh)
    _check_spans(corrected, len(fresh.draft.text))
    found = differences(fresh.read, corrected)
    before = fresh.read
    fresh.state = ItemState.READY
    if before.leads != corrected.leads:
        # who leads was said by hand: the heading is not asked about any more
        fresh.settled = {**fresh.settled, "lead": "by-hand"}
    keep(fresh, corrected, now)
    keep_corrections(found, draft=fresh.draft, number=str(before.number), actor=actor, now=now, item=fresh)
    _record("correct_item", fresh, actor, now, found)
    return fresh


@command
def settle_item(*, item: ImportItem, revision: int, key: str, answer: str, actor: Actor, now: datetime) -> ImportItem:
    """Answer one question about an item; what the answer changes in its fields is kept as a correction."""
    fresh = open_item(item, revision, actor)
    _check_open(fresh)
    before = fresh.read
    after = settled(before, key, answer)
    found = differences(before, after)
    fresh.settled = {**fresh.settled, key: answer}
    keep(fresh, after, now)
    kept = found or [Difference("须定", key, answer)]
    keep_corrections(kept, draft=fresh.draft, number=str(before.number), actor=actor, now=now, item=fresh)
    _record("settle_item", fresh, actor, now, kept)
    return fresh


@command
def split_item(
    *, item: ImportItem, revision: int, at: int, actor: Actor, now: datetime
) -> tuple[ImportItem, ImportItem]:
    """Make two items of one, cut before the code point `at` of the document; what was read goes with its words."""
    fresh = open_item(item, revision, actor)
    _check_open(fresh)
    if fresh.change not in (ItemChange.NEW,):
        raise WrongState(f"{fresh}是台账里已有的任务，不能拆分。")
    whole, text = fresh.read, fresh.draft.text
    if not (whole.span.start < at < whole.span.end and text[whole.span.start : at].strip()):
        raise InvalidInput("请选在本项文字中间拆开。", {"at": "不在文字中"})
    first, second = _part(whole, Span(whole.span.start, at), text), _part(whole, Span(at, whole.span.end), text)
    following = fresh.draft.items.filter(order__gt=fresh.order).order_by("order").first()
    place = (fresh.order + (following.order if following else fresh.order + 1024)) // 2
    if place == fresh.order:
        raise WrongState("这一项已经拆得太细，不能再拆。")
    other = ImportItem.objects.create(draft=fresh.draft, order=place, fields={}, state=fresh.state)
    keep(fresh, first, now)
    keep(other, replace(second, number=f"{whole.number}-2"), now)
    found = [Difference("拆分", whole.text, f"{first.text} ‖ {second.text}")]
    keep_corrections(found, draft=fresh.draft, number=str(whole.number), actor=actor, now=now, item=fresh)
    _record("split_item", fresh, actor, now, found)
    return fresh, other


def _part(whole: ReadTask, span: Span, text: str) -> ReadTask:
    """What of an item stands within a span; its limits in a bracket or cell behind belong to both."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    stop = start + len(words.strip())

    def within(place: Span) -> bool:
        return start <= place.start < stop

    outside = [d for d in whole.deadlines if not whole.span.start <= d.span.start < whole.span.end]
    return replace(
        whole,
        text=text[start:stop],
        span=Span(start, stop),
        quantities=tuple(q for q in whole.quantities if within(q.span)),
        deadlines=(*(d for d in whole.deadlines if within(d.span)), *outside),
        relations=tuple(r for r in whole.relations if within(r.span)),
        outcomes=tuple(o for o in whole.outcomes if within(o.span)),
        projects=tuple(p for p in whole.projects if within(p.span)),
        full=whole.full if whole.full and whole.full.text in text[start:stop] else None,
        review=(),
    )


@command
def join_items(*, item: ImportItem, revision: int, actor: Actor, now: datetime) -> ImportItem:
    """Make one item of this one and the one that follows it in the document."""
    fresh = open_item(item, revision, actor)
    _check_open(fresh)
    following = fresh.draft.items.exclude(state=ItemState.LEFT_OUT).filter(order__gt=fresh.order).first()
    if following is None or not following.current_state.may_correct:
        raise WrongState(f"{fresh}后面没有可以合并的一项。")
    if fresh.change != ItemChange.NEW or following.change != ItemChange.NEW:
        raise WrongState("台账里已有的任务不能合并。")
    first, second = fresh.read, following.read
    joined = _joined(first, second, fresh.draft.text)
    found = [Difference("合并", f"{first.text} ‖ {second.text}", joined.text)]
    keep(fresh, joined, now)
    keep_corrections(found, draft=fresh.draft, number=str(first.number), actor=actor, now=now, item=fresh)
    following.delete()
    _record("join_items", fresh, actor, now, found)
    return fresh


def _joined(first: ReadTask, second: ReadTask, text: str) -> ReadTask:
    start, end = first.span.start, max(first.span.end, second.span.end)
    return replace(
        first,
        text=text[start:end],
        span=Span(start, end),
        leads=tuple(dict.fromkeys((*first.leads, *second.leads))),
        cooperating=tuple(n for n in dict.fromkeys((*first.cooperating, *second.cooperating)) if n not in first.leads),
        sponsors=tuple(dict.fromkeys((*first.sponsors, *second.sponsors))),
        quantities=(*first.quantities, *second.quantities),
        deadlines=tuple(dict.fromkeys((*first.deadlines, *second.deadlines))),
        relations=(*first.relations, *second.relations),
        outcomes=(*first.outcomes, *second.outcomes),
        projects=(*first.projects, *second.projects),
        full=first.full or second.full,
        # notes name their field by its number, which moves in the second
        review=first.review,
    )


@command
def leave_out_item(*, item: ImportItem, revision: int, actor: Actor, now: datetime) -> ImportItem:
    """非承诺: the item is no commitment and stays out of the register; it can be taken back."""
    fresh = open_item(item, revision, actor)
    _check_open(fresh)
    return _set_state(fresh, ItemState.LEFT_OUT, "leave_out_item", actor, now)


@command
def take_back_item(*, item: ImportItem, revision: int, actor: Actor, now: datetime) -> ImportItem:
    """The item is a commitment after all."""
    fresh = open_item(item, revision, actor)
    if fresh.current_state is not ItemState.LEFT_OUT:
        raise WrongState(f"{fresh}没有列为非承诺。")
    return _set_state(fresh, ItemState.READY, "take_back_item", actor, now)


def _set_state(item: ImportItem, state: ItemState, action: str, actor: Actor, now: datetime) -> ImportItem:
    found = [Difference("是否承诺", str(item.current_state.label), str(state.label))]
    item.state = state
    keep(item, None, now)
    keep_corrections(found, draft=item.draft, number=str(item.fields["number"]), actor=actor, now=now, item=item)
    _record(action, item, actor, now, found)
    return item


def _record(action: str, item: ImportItem, actor: Actor, now: datetime, found: list[Difference]) -> None:
    record(actor=actor, now=now, action=action, target=item, after={"changes": as_json(found)})


def _check_open(item: ImportItem) -> None:
    if not item.current_state.may_correct:
        raise WrongState(f"{item}{item.get_state_display()}，不能再改。")


def _check_spans(item: ReadTask, length: int) -> None:
    spans = [item.span, *(q.span for q in item.quantities), *(d.span for d in item.deadlines)]
    spans += [*(o.span for o in item.outcomes), *(r.span for r in item.relations)]
    if any(not 0 <= span.start < span.end <= length for span in spans):
        raise InvalidInput("文字位置超出原文，请重新选定。", {"text": "位置不对"})
