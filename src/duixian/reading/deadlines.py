"""Stated time limits of a commitment: in its words, in its bracket, in its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .clauses import Clause, Layout
from .model import Deadline, DocumentHead
from .patterns import lazy
from .source import Passage
from .times import Time, is_endless, limits
from .values import value


@value(frozen=True, slots=True)
class Limit:
    """A limit in an item's own words: the clause it stands in and the day it ends on."""

    time: Time
    clause: Clause
    on: date


def limits_in(layout: Layout, head: DocumentHead) -> list[Limit]:
    """The limits written in the words of a passage. One in quotes or brackets is a name, unless it says 前 or 底."""
    if head.year is None and head.horizon is None:
        return []
    made = []
    for time in limits(layout.folded, head.year, head.horizon):
        if not layout.is_plain(time.start) and not re.search("[前底末]", time.text):
            continue
        if time.start in layout.quoted and "”" not in time.text:
            continue
        if _is_name(layout.folded, time):
            continue
        made.append(Limit(time, layout.clause_at(time.start), time.ends_on(_year(head))))
    return made


def _year(head: DocumentHead) -> int:
    return head.year or (head.horizon[1] if head.horizon else 0)


# 全年工作, 一季度末数据, 10月份数据: a time that belongs to a noun limits nothing
_NAMES = lazy(r"(?:度)?(?:(?:目标)?(?:任务|责任)书|工作报告|报告|预算|数据|行情|计划|考核|活动周|宣传月|工作要点)")


# 3月5日上午,会议开幕; 本报5月2日讯: when something happened
_HAPPENED = lazy(r"\)?(?:上午|下午|晚|凌晨|讯|电|,?[^,。]{0,24}(?:开幕|闭幕|胜利闭幕))")


# 全年工作, 一季度经验: only where the time itself sets no limit (年底前工作全部完成 does)
_BARE_NAMES = lazy(r"工作(?![面日])|经验|(?:目标)?任务|目标")


def _is_name(folded: str, time: Time) -> bool:
    is_bare = not time.text.endswith(("前", "底", "末", "内"))
    if time.text.endswith(("日", "号")) and _HAPPENED.match(folded, time.end):
        return True
    return bool(_NAMES.match(folded, time.end) or (is_bare and _BARE_NAMES.match(folded, time.end)))


def deadlines_of(
    passage: Passage, own: Sequence[Limit], tails: Sequence[Passage], head: DocumentHead, first: str
) -> list[Deadline]:
    """All limits of an item as printed; `first` is the action that a bare limit in a bracket or cell is set to."""
    made = [
        Deadline(
            limit.time.text,
            passage.span(limit.time.start, limit.time.end),
            limit.on,
            _action(passage, limit),
            0.95,
            "limit.words",
        )
        for limit in own
    ]
    for tail in tails:
        made += limits_of_tail(tail, head, first)
    return made


def limits_of_tail(tail: Passage, head: DocumentHead, first: str) -> list[Deadline]:
    """The limits of a bracket or cell: 12月底, 6月底前开工; none in 持续推进."""
    if is_endless(tail.folded) or (head.year is None and head.horizon is None):
        return []
    made = []
    times = limits(tail.folded, head.year, head.horizon) or _in_figures(tail.folded, head)
    for time in times:
        after = re.split("[,;。、，；]", tail.text[time.end :])[0].strip(" 前:：")
        if after.startswith(("(", "（")):
            # 12月25日前（以验收为准）
            after = ""
        text = tail.text[time.start : time.end]
        made.append(
            Deadline(
                text, tail.span(time.start, time.end), time.ends_on(_year(head)), after or first, 0.95, "limit.cell"
            )
        )
    return made


# 2026.8, 2026-08-31, 2026/12: how a cell writes a day or month; 8.31 alone may be anything
_FIGURES = lazy(r"(?<![\d.])(20\d\d)[./-](1[0-2]|0?[1-9])(?:[./-](3[01]|[12]\d|0?[1-9]))?(?![\d.])(?=日?[前底止]?)")


def _in_figures(folded: str, head: DocumentHead) -> list[Time]:
    """The days and months a cell writes in figures, as far as they lie within the plan."""
    made = []
    for match in _FIGURES.finditer(folded):
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 31)
        inside = year == head.year or (head.horizon is not None and head.horizon[0] <= year <= head.horizon[1])
        if inside or (head.year is None and head.horizon is None):
            made.append(Time(match.start(), match.end(), match.group(), year, (month, day)))
    return made


def _action(passage: Passage, limit: Limit) -> str:
    """What is to happen by then: the words after the limit, else those before it."""
    after = passage.text[limit.time.end : limit.clause.end].strip(" ,，、。")
    before = passage.text[limit.clause.start : limit.time.start].strip(" ,，、。")
    return after or before


def _opens(limit: Limit, clause: Clause) -> bool:
    """到年底,改造任务全部完成: a clause that is nothing but a time governs the next."""
    alone = limit.clause.end - limit.clause.start - len(limit.time.text) <= 1
    return alone and limit.clause.sentence == clause.sentence and 0 <= clause.start - limit.clause.end <= 2


def limit_of(at: int, clause: Clause, own: Sequence[Limit]) -> Limit | None:
    """The limit that governs a place: the last one before it in its clause, else the first after it."""
    if not own:
        return None
    here = [limit for limit in own if limit.clause == clause] or [limit for limit in own if _opens(limit, clause)]
    before = [limit for limit in here if limit.time.start <= at]
    return before[-1] if before else here[0] if here else None
