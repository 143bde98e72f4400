"""Figures that say too little: no unit, no base, parts that are more than the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from .. import lexicon
from ..clauses import lay_out
from ..fold import fold
from ..lexicon.matching import Words
from ..model import Quantity, QuantityKind, Reading, ReadTask, Span
from ..patterns import lazy
from .model import Finding, any_of, finding

# --- no unit ----------------------------------------------------------------------------------------------------------

# a figure, perhaps qualified, that closes its phrase
_BARE = lazy(r"(?<![\dA-Za-z.,×+\-—~/:])(\d+(?:\.\d+)?[万亿]?)(?=(?:以上|左右|以内|以下|及以上)?(?:[,。;、!\n]|$))")


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(any_of("figures", "predicates"))


@cache
def _is_named() -> re.Pattern[str]:
    return re.compile(any_of("figures", "names") + "$")


def figures_without_unit(reading: Reading) -> Iterator[Finding]:
    """新增充电桩2000: the figure closes its phrase and nothing says what is counted in."""
    for task in reading.tasks:
        printed = reading.text[task.span.start : task.span.end]
        layout = lay_out(fold(printed), printed)
        for match in _BARE.finditer(layout.folded):
            clause = layout.clause_at(match.start())
            before = layout.folded[clause.start : match.start()]
            if not layout.is_plain(match.start()) or not before.strip() or _is_named().search(before):
                continue
            if _has_unit(task, match, task.span.start) or not _is_amount(before, match, reading.document.year):
                continue
            text = printed[clause.start : match.end()].lstrip()
            end = task.span.start + match.end()
            span = Span(end - len(text), end)
            yield finding("unit_missing", task, text, span, figure=match[1])


def _has_unit(task: ReadTask, match: re.Match[str], offset: int) -> bool:
    """Whether the reader found a unit for it: a range's lower end, a date, a series that shares one (6、8、9个)."""
    at = offset + match.start()
    return any(q.base_unit and q.span.start <= at < q.span.end for q in task.quantities) or any(
        d.span.start <= at < d.span.end for d in task.deadlines
    )


#: A bare figure this near to the planning year is a year.
_NEAR_YEARS = 15


def _is_amount(before: str, match: re.Match[str], year: int | None) -> bool:
    """A predicate before it, or 以上 and the like behind it; a bare year is none."""
    if match.string.startswith(("以上", "左右", "以内", "以下", "及以上"), match.end()):
        return True
    if year and match[1].isdigit() and abs(int(match[1]) - year) <= _NEAR_YEARS:
        return False
    return bool(_predicate().search(before))


# --- no base ----------------------------------------------------------------------------------------------------------


@cache
def _change() -> re.Pattern[str]:
    # 增加值 is a noun, 新增 a count of new things
    return re.compile(r"(?<!新)" + any_of("figures", "change") + "(?!值)")


@cache
def _base() -> re.Pattern[str]:
    return re.compile(any_of("figures", "base"))


def figures_without_base(reading: Reading) -> Iterator[Finding]:
    """提高5个百分点, 再增加2000万元: from where? 增长6% needs no base, statistics take it year on year."""
    for task in reading.tasks:
        for quantity in task.quantities:
            if quantity.kind not in (QuantityKind.GROWTH, QuantityKind.INCREMENT):
                continue
            change = _change().search(fold(quantity.text))
            if change is None or re.search(any_of("figures", "yearly"), fold(quantity.indicator)):
                continue
            if not _base().search(_sentence(reading, task, quantity.span)):
                yield finding("base_missing", task, quantity.text, quantity.span, verb=change.group())


def _sentence(reading: Reading, task: ReadTask, span: Span) -> str:
    """The words of the sentence up to the figure's end."""
    before = fold(reading.text[task.span.start : span.end])
    return re.split("[。;]", before)[-1]


# --- parts and whole --------------------------------------------------------------------------------------------------


def parts_beyond_the_whole(reading: Reading) -> Iterator[Finding]:
    """X450家,其中A300家、B200家: what stands after 其中 is more than what stands before it."""
    for task in reading.tasks:
        folded = fold(reading.text[task.span.start : task.span.end])
        for match in re.finditer("其中", folded):
            at = task.span.start + match.start()
            end = task.span.start + _sentence_end(folded, match.end())
            whole = _whole(task, reading, at)
            if whole is None:
                continue
            after = [q for q in task.quantities if at < q.span.end <= end and q != whole]
            parts = [q for q in _listed(after, reading) if _same_measure(q, whole)]
            total = sum((q.base_value for q in parts), Decimal(0))
            if parts and total > (_most(whole)):
                span = Span(whole.span.start, max(q.span.end for q in parts))
                text = reading.text[span.start : span.end]
                yield finding(
                    "parts_exceed", task, text, span, sum=_said(total, whole), whole=_said(_most(whole), whole)
                )


def _sentence_end(folded: str, at: int) -> int:
    """Where the sentence ends, or the next 其中 begins."""
    return min((i for mark in ("。", ";", "其中") if (i := folded.find(mark, at)) >= 0), default=len(folded))


def _listed(after: Sequence[Quantity], reading: Reading) -> Iterator[Quantity]:
    """The amounts behind 其中 up to the one that a comma and a verb of its own part from them (…8个,新开工300个)."""
    for before, quantity in pairwise([None, *after]):
        assert quantity is not None
        if before is not None:
            between = fold(reading.text[before.span.end : quantity.span.start])
            if "," in between and _verb().end(fold(quantity.text), 0, len(quantity.text)) > 0:
                return
        yield quantity


@cache
def _verb() -> Words:
    return lexicon.matching("phrases", "opening.work")


def _whole(task: ReadTask, reading: Reading, at: int) -> Quantity | None:
    """The amount before 其中 in its sentence that holds the parts: of those in the last one's unit the greatest."""
    before = [q for q in task.quantities if q.span.end <= at and q.kind is QuantityKind.AMOUNT]
    if not before or re.search("[。;]", fold(reading.text[before[-1].span.end : at])):
        return None
    same = [
        q
        for q in before
        if _same_measure(q, before[-1]) and not re.search("[。;]", fold(reading.text[q.span.end : at]))
    ]
    return max(same, key=_most)


def _same_measure(quantity: Quantity, whole: Quantity) -> bool:
    return quantity.kind is QuantityKind.AMOUNT and quantity.base_unit == whole.base_unit


def _most(whole: Quantity) -> Decimal:
    """The upper end of a range, else the figure."""
    if whole.value_max is None:
        return whole.base_value
    return whole.value_max * (whole.base_value / whole.value if whole.value else 1)


def _said(base: Decimal, whole: Quantity) -> str:
    """A base value in the unit the whole is written in."""
    factor = whole.base_value / whole.value if whole.value else Decimal(1)
    return f"{(base / factor).normalize():f}{whole.unit}"
