"""What a person should look at, worst first: fields that weak rules made, figures left out for soft reasons.

A note names its field: `quantities[2].indicator` that field, `quantities[2]` the whole amount, `quantities` all amounts
of a task and any that may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .clauses import Layout
from .model import Comparator, Deadline, Quantity, QuantityKind, ReadTask, ReviewNote
from .quantities.mentions import Mention
from .times import scan

#: Below this a field is put before a person.
SURE = 0.9

#: Refusals that read the sense of words rather than their form: right most of the time, worth a glance.
SOFT_REFUSALS = {
    "capacity_name": "像是项目自身规模",
    "stated_capacity": "像是规模说明",
    "example": "像是举例项目的规模",
    "figure_of_speech": "像是虚指",
    "memory": "像是已有或往年数",
    "span_of_time": "像是时限或年限",
    "list_of_itself": "像是文件自身的条目数",
    "name_word": "像是等级名称",
}

# A whole sentence about a long noun, or a name of one sign: the name was hardly cut where it should be.
_LONGEST_NAME, _SHORTEST_NAME = 16, 1
_ODD_NAME = re.compile(r"[,，;；。]|^[的和及与在对为将把]|\d+[个项家户]")


# held, kept, controlled: without 以上 or 以下 the words leave open which way is allowed
_HELD = re.compile(r"(?:稳定在|保持在?|控制在|维持在)[^以]*$")


def with_review(
    task: ReadTask, layout: Layout, refused: Sequence[tuple[Mention, str]], seen: Sequence[Mention], *, needs_lead: bool
) -> ReadTask:
    """The task with its notes; `refused` are figures left out with their reasons, `seen` all figures with a unit."""
    notes: list[tuple[float, ReviewNote]] = []
    if needs_lead and not task.leads:
        # where the unit was not found its words may still stand in the text
        notes += [(0.0, ReviewNote(field, "没有读到牵头单位")) for field in ("leads", "cooperating", "text")]
    for i, quantity in enumerate(task.quantities):
        notes += _of_quantity(i, quantity)
    notes += _left_out(layout, refused, seen)
    for relation in task.relations:
        if relation.confidence < SURE:
            notes.append((relation.confidence, ReviewNote("relations", f"“{relation.text}”缺主语")))
    notes += _odd_limits(task.deadlines)
    return replace(task, review=tuple(note for _, note in sorted(notes, key=lambda pair: pair[0])))


def _of_quantity(i: int, quantity: Quantity) -> Iterator[tuple[float, ReviewNote]]:
    name = quantity.indicator
    odd = not _SHORTEST_NAME < len(name) <= _LONGEST_NAME or bool(_ODD_NAME.search(name))
    if quantity.confidence < SURE or odd:
        yield (
            min(quantity.confidence, SURE),
            ReviewNote(f"quantities[{i}].indicator", f"“{quantity.text}”的指标是补出或截取的:{name}"),
        )
    if quantity.comparator in (Comparator.EQUAL, Comparator.ABOUT) and _HELD.search(quantity.text):
        yield 0.88, ReviewNote(f"quantities[{i}].comparator", f"“{quantity.text}”未写明以上、以下")
    if quantity.kind is QuantityKind.INCREMENT:
        yield 0.88, ReviewNote(f"quantities[{i}].kind", f"“{quantity.text}”按增减量读")
    if quantity.rule.startswith("shared") or quantity.rule == "amount.same-noun":
        yield quantity.confidence, ReviewNote(f"quantities[{i}].kind", f"“{quantity.text}”与前文共用谓语")


# digits that belong to names, codes and dates
_NAMED_DIGITS = re.compile(r"[A-Za-z第×xX+.\-/〔\[]$")
_NAMED_AFTER = re.compile(r"[A-Za-z×+〕\]]|[年月日号级届线级]|国道|省道|县道|热线|小时|分钟|周岁|中学|小学|千伏|后|强")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def _left_out(
    layout: Layout, refused: Sequence[tuple[Mention, str]], seen: Sequence[Mention]
) -> Iterator[tuple[float, ReviewNote]]:
    """Figures that were left out for a soft reason, or that carry no unit the reader knows."""
    for mention, reason in refused:
        if reason in SOFT_REFUSALS:
            words = layout.printed[mention.start : mention.end]
            yield 0.6, ReviewNote("quantities", f"“{words}”未计入:{SOFT_REFUSALS[reason]}")
    times = scan(layout.folded)
    for match in _DIGITS.finditer(layout.folded):
        at, end = match.span()
        known = any(m.frame <= at < m.end for m in seen) or any(t.start <= at < t.end for t in times)
        if known or not layout.is_plain(at):
            continue
        if _NAMED_DIGITS.search(layout.folded[:at]) or _NAMED_AFTER.match(layout.folded, end):
            continue
        yield 0.4, ReviewNote("quantities", f"“{layout.printed[max(0, at - 6) : end + 4]}”里的数字没有读到单位")


def _odd_limits(deadlines: Sequence[Deadline]) -> list[tuple[float, ReviewNote]]:
    """Different limits in the words and in the bracket are worth a look."""
    words = {d.date for d in deadlines if d.rule == "limit.words"}
    cells = {d.date for d in deadlines if d.rule == "limit.cell"}
    if words and cells and max(words) > max(cells):
        return [(0.5, ReviewNote("deadlines", "正文时限晚于括号或时限栏"))]
    return []
