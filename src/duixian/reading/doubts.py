"""What was read, held once more against the printed words: by other means than those that read it.

A slip of the reader, of a scanner or of the person who mended a field shows here as a doubt with its place: a figure
that is in the words and in no field, a value that is not in its words, a limit left out, a unit nobody printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .clauses import lay_out
from .fold import fold
from .model import Comparator, Quantity, ReadTask, Span
from .patterns import lazy
from .quantities.mentions import Mention, scan
from .quantities.refusals import refusal
from .quantities.scene import Scene
from .times import limits
from .times import scan as scan_times

#: The rule of an amount a person added, which need not stand in the words.
BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place a person should look at. `field` names what it is about; `why` is one line."""

    code: str
    span: Span
    field: str
    why: str


def doubts_of(task: ReadTask, text: str, year: int | None, heading: str = "") -> tuple[Doubt, ...]:
    """What in a commitment does not fit its words. `text` is the document's, `heading` the printed heading above it."""
    words = text[task.span.start : task.span.end]
    found = [
        *_left_out(task, words, year),
        *_figures(task, text),
        *_limits(task, words, year),
        *_edges(task, words),
        *_leads(task, text, heading),
    ]
    return tuple(sorted(found, key=lambda doubt: doubt.span.start))


def _left_out(task: ReadTask, words: str, year: int | None) -> Iterator[Doubt]:
    """Figures that no rule refuses and no field holds."""
    folded = fold(words)
    layout, times, mentions = lay_out(folded, words), tuple(scan_times(folded)), tuple(scan(folded))
    for clause in layout.clauses:
        own = tuple(m for m in mentions if clause.start <= m.start < clause.end)
        for mention in own:
            place = Span(task.span.start + mention.start, task.span.start + mention.end)
            if refusal(mention, Scene(layout, clause, times, own, year)) or _is_held(place, task):
                continue
            printed = words[mention.frame : mention.end]
            yield Doubt("left_out", place, "quantities", f"“{printed}”没有读成目标")


def _is_held(place: Span, task: ReadTask) -> bool:
    spans = [q.span for q in task.quantities] + [p.span for p in task.projects]
    return any(span.start < place.end and place.start < span.end for span in spans)


def _figures(task: ReadTask, text: str) -> Iterator[Doubt]:
    """Amounts whose value, unit or comparison their own words do not bear out."""
    for i, quantity in enumerate(task.quantities):
        if quantity.rule == BY_HAND:
            continue
        printed = text[quantity.span.start : quantity.span.end]
        mentions = tuple(scan(fold(printed)))
        same = [m for m in mentions if m.value == quantity.value]
        if not same:
            if mentions:
                shown = "、".join(printed[m.start : m.tail] for m in mentions)
                why = f"读作{quantity.value.normalize():f}，原文是“{shown}”"
                yield Doubt("value", quantity.span, f"quantities[{i}].value", why)
            continue
        yield from _unlike(i, quantity, same, printed)


def _unlike(i: int, quantity: Quantity, same: list[Mention], printed: str) -> Iterator[Doubt]:
    if all(m.magnitude + m.unit != quantity.unit for m in same) and quantity.unit not in fold(printed):
        why = f"单位读作“{quantity.unit}”，原文是“{printed}”"
        yield Doubt("unit", quantity.span, f"quantities[{i}].unit", why)
    opposite = {Comparator.AT_LEAST: Comparator.AT_MOST, Comparator.AT_MOST: Comparator.AT_LEAST}
    said = {m.comparator for m in same if m.after or m.before}
    weaker = quantity.comparator is Comparator.EQUAL and said & {Comparator.AT_LEAST, Comparator.AT_MOST}
    if opposite.get(quantity.comparator) in said or weaker:
        yield Doubt("comparator", quantity.span, f"quantities[{i}].comparator", f"“{printed}”与读出的比较方式不一致")


def _limits(task: ReadTask, words: str, year: int | None) -> Iterator[Doubt]:
    """Times that limit something and are in no field; limits that end on another day than their words say."""
    layout = lay_out(fold(words), words)
    for time in limits(layout.folded, year):
        place = Span(task.span.start + time.start, task.span.start + time.end)
        held = [d for d in task.deadlines if d.span.start < place.end and place.start < d.span.end]
        if held and year is not None and all(d.date != time.ends_on(year) for d in held):
            why = f"“{time.text}”读作{held[0].date.isoformat()}"
            yield Doubt("date", place, "deadlines", why)
        if not held and layout.is_plain(time.start) and time.text.endswith(("前", "底", "末", "内", "半年", "季度")):
            yield Doubt("limit", place, "deadlines", f"“{time.text}”没有读成期限")


_NUMBERED_LINE = lazy(r"\n\s*(?:\d{1,3}[.、．]|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*\S")
_ENDS = "。；;！!？?.)）」”】"
_SHORTEST = 6


def _edges(task: ReadTask, words: str) -> Iterator[Doubt]:
    """Two items run together, one cut off, or something too short to be one."""
    joined = _NUMBERED_LINE.search(words)
    if joined:
        place = Span(task.span.start + joined.start() + 1, task.span.start + joined.end())
        yield Doubt("joined", place, "text", f"“{words[joined.start() : joined.end() + 6].strip()}”像是另一项的开头")
    stripped = words.rstrip()
    if len(stripped) < _SHORTEST:
        yield Doubt("short", task.span, "text", "文字太短，像是标题或残句")
    elif stripped[-1] in "，,、：:的和及与":
        end = task.span.start + len(stripped)
        yield Doubt("cut_off", Span(end - 1, end), "text", "末尾没有说完，像是被截断")


def _leads(task: ReadTask, text: str, heading: str) -> Iterator[Doubt]:
    """A unit that is printed neither in the heading nor anywhere in the document."""
    for field, names in (("leads", task.leads), ("cooperating", task.cooperating)):
        for name in names:
            if name not in heading and not _is_printed(name, text):
                yield Doubt("unit_name", task.span, field, f"“{name}”在原文中没有出现")


# restored to each name of a series, from the outside in
_ENDINGS = ("人民政府", "政府", "管委会", "办事处", "街道", "区", "县", "市", "镇", "乡")


def _is_printed(name: str, text: str) -> bool:
    """Whether a name stands in the text, its shared ending restored or not (东山、西湖区政府)."""
    bare = name
    for ending in _ENDINGS:
        bare = bare.removesuffix(ending) if len(bare) > len(ending) + 1 else bare
    return name in text or bare in text
