"""The verbs of a clause: how it opens, what stands before its object, what closes it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .. import lexicon
from ..lexicon.matching import Words
from ..model import Stage
from ..patterns import lazy
from ..times import scan as scan_times
from ..values import value


@value(frozen=True, slots=True)
class Action:
    """A verb or closing words with the states they promise."""

    start: int
    end: int
    word: str
    stages: tuple[Stage, ...]


@cache
def _table(part: str) -> dict[str, tuple[Stage, ...]]:
    table: dict[str, tuple[Stage, ...]] = {}
    for stage, found in lexicon.words("stages")[part].items():
        if stage != "BOTH":
            table.update({word: (Stage(stage),) for word in found})
    for word, stages in lexicon.words("stages")["both"].items():
        table[word] = tuple(Stage(stage) for stage in stages)
    return table


@cache
def _listed(part: str) -> Words:
    return Words(_table(part))


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(lexicon.any_of("stages", f"words.{key}"))


def is_generic(word: str) -> bool:
    """Whether a verb only pushes, so that what follows decides: 推动…开工."""
    return word in lexicon.words("stages")["words"]["generic"]


_AROUND = lazy(r"(?:在|于|从)[^,]{1,20}?(?:方面|领域|基础上|过程中|前提下)")


@cache
def _each() -> re.Pattern[str]:
    return re.compile(
        "(?:每(?:个|座|所|家|条)?|各)" + lexicon.any_of("frames", "each.members") + "(?:每年|至少|各|均|都)*"
    )


def far(folded: str, start: int, end: int) -> int:
    """The place of the first verb behind a subject or an address; `end` where there is none."""
    match = _words("far").search(folded, start + 2, min(end, start + 22))
    return match.start() if match and not re.search("[、()“”]", folded[start : match.start()]) else end


#: A clause is asked for several times over while its passage is read.
_KEPT = 512


@lru_cache(maxsize=_KEPT)
def opening(folded: str, start: int, end: int) -> int:
    """Past what says how, when and where, up to the verb."""
    while start < end:
        step = start
        if folded[start] in " 、,":
            step = start + 1
        verb = _listed("verbs").end(folded, start, end)
        manner = lexicon.matching("stages", "words.manner").end(folded, start, end)
        if manner == start + 1 and folded[start] == "新" and _listed("verbs").end(folded, manner, end) == manner:
            # 新机场, 新校区: a new thing, no manner
            break
        # where there is no verb, the longer of both is the manner
        if step == start and manner > start and (manner > verb or folded[start:verb] == "确保"):
            step = manner
        if step == start and verb == start:
            time = scan_times(folded[start : min(end, start + 14)])
            if time and time[0].start == 0:
                step = start + time[0].end
            around = _AROUND.match(folded, start, end) or _each().match(folded, start, end)
            if around and step == start:
                step = around.end()
        if step == start or step >= end:
            break
        start = step
    return start


def is_means(folded: str, start: int, end: int) -> bool:
    """A clause that opens with a means, a place or an attitude: 围绕延链补链强链, 发挥绿电优势."""
    return lexicon.matching("stages", "words.means").end(folded, start, end) > start


def leading(folded: str, start: int, end: int) -> list[Action]:
    """The verbs at the head of a clause, outermost first: 加快 + 培育建设."""
    return list(_leading(folded, start, end))


@lru_cache(maxsize=_KEPT)
def _leading(folded: str, start: int, end: int) -> tuple[Action, ...]:
    chain: list[Action] = []
    while start < end:
        stop = _listed("verbs").end(folded, start, end)
        stop = max(stop, _both().end(folded, start, end))
        # 改造升级, 发展区: a verb that closes the clause, or that only begins a noun, is part of the object
        if stop == start or stop >= end or _begins_noun(folded, start):
            break
        word = folded[start:stop]
        chain.append(Action(start, stop, word, _table("verbs")[word]))
        start = stop
        joined = folded[start : start + 1] in "和并、" and _listed("verbs").end(folded, start + 1, end) > start + 1
        if joined or folded[start : start + 1] == "了":
            start += 1
    return tuple(chain)


@cache
def _both() -> Words:
    return Words(lexicon.words("stages")["both"])


@cache
def _before_tail() -> Words:
    return Words([*lexicon.group("stages", "words.manner"), "全部", "实现", "正式", "主体", "于", "在"])


def _begins_noun(folded: str, at: int) -> bool:
    return lexicon.matching("phrases", "opening.whole").end(folded, at, len(folded)) > at


@lru_cache(maxsize=_KEPT)
def closing(folded: str, start: int, end: int) -> Action | None:
    """The words after the object that say what becomes of it: 上半年开工, 年内竣工投产."""
    first = max(start, end - 10)
    begin = _listed("tails").begin(folded, first, end)
    both = _both().begin(folded, first, end)
    if both < end and both <= begin:
        return Action(both, end, folded[both:end], _table("verbs")[folded[both:end]])
    if begin >= end:
        return None
    return Action(begin, end, folded[begin:end], _table("tails")[folded[begin:end]])


def object_end(folded: str, start: int, end: int) -> int:
    """Where the object ends: before the time and manner that lead to the closing words (X项目上半年|开工)."""
    while end > start:
        times = [t for t in scan_times(folded[start:end]) if start + t.end == end]
        manner = _before_tail().begin(folded, max(start, end - 5), end)
        if times and times[0].start > 0:
            end = start + times[0].start
        elif start < manner < end:
            end = manner
        else:
            break
    return end


def is_manner(folded: str, start: int, end: int) -> bool:
    """Whether a stretch only says how: 全部|复工 names no object."""
    return folded[start:end] in _before_tail()


def inner(folded: str, start: int, end: int) -> Action | None:
    """An action inside the clause with its subject before it: 山西机电|升格|职业本科大学."""
    match = _words("inner").search(folded, start + 2, end)
    if not match:
        return None
    if match.group() == "取得" and _words("progress").search(folded, match.end(), end):
        return Action(match.start(), match.end(), match.group(), (Stage.ADVANCE,))
    stages = _table("verbs").get(match.group()) or _table("tails").get(match.group()) or (Stage.ADVANCE,)
    return Action(match.start(), match.end(), match.group(), stages)
