"""The verbs of a clause: how it opens, what stands before its object, what closes it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .. import lexicon
from ..model import Stage
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
def _pattern(part: str, *, at_end: bool) -> re.Pattern[str]:
    ordered = sorted(_table(part), key=lambda word: (-len(word), word))
    return re.compile("(?:" + "|".join(map(re.escape, ordered)) + ")" + ("$" if at_end else ""))


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(lexicon.any_of("stages", f"words.{key}"))


def is_generic(word: str) -> bool:
    """Whether a verb only pushes, so that what follows decides: 推动…开工."""
    return word in lexicon.words("stages")["words"]["generic"]


_AROUND = re.compile(r"(?:在|于|从)[^,]{1,20}?(?:方面|领域|基础上|过程中|前提下)")


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
        verb = _pattern("verbs", at_end=False).match(folded, start, end)
        manner = _words("manner").match(folded, start, end)
        if step == start and manner and (not verb or manner.end() > verb.end() or verb.group() == "确保"):
            step = manner.end()
        if step == start and not verb:
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
    return bool(_words("means").match(folded, start, end))


def leading(folded: str, start: int, end: int) -> list[Action]:
    """The verbs at the head of a clause, outermost first: 加快 + 培育建设."""
    return list(_leading(folded, start, end))


@lru_cache(maxsize=_KEPT)
def _leading(folded: str, start: int, end: int) -> tuple[Action, ...]:
    chain: list[Action] = []
    while start < end:
        match = _pattern("verbs", at_end=False).match(folded, start, end)
        both = _pattern_both().match(folded, start, end)
        if both and (match is None or both.end() > match.end()):
            match = both
        # 改造升级, 发展区: a verb that closes the clause, or that only begins a noun, is part of the object
        if not match or match.end() >= end or _begins_noun(folded, start):
            break
        word = match.group()
        chain.append(Action(match.start(), match.end(), word, _table("verbs")[word]))
        start = match.end()
        if (
            folded[start : start + 1] in "和并、" and _pattern("verbs", at_end=False).match(folded, start + 1, end)
        ) or folded[start : start + 1] == "了":
            start += 1
    return tuple(chain)


@cache
def _pattern_both() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in lexicon.words("stages")["both"]))


@cache
def _both_at_end() -> re.Pattern[str]:
    return re.compile("(?:" + _pattern_both().pattern + ")$")


@cache
def _before_tail() -> re.Pattern[str]:
    return re.compile("(?:" + _words("manner").pattern + "|全部|实现|正式|主体|于|在)$")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("phrases", "opening.whole"))


def _begins_noun(folded: str, at: int) -> bool:
    return bool(_whole().match(folded, at))


@lru_cache(maxsize=_KEPT)
def closing(folded: str, start: int, end: int) -> Action | None:
    """The words after the object that say what becomes of it: 上半年开工, 年内竣工投产."""
    match = _pattern("tails", at_end=True).search(folded, max(start, end - 10), end)
    both = _both_at_end().search(folded, max(start, end - 10), end)
    if both and (match is None or both.start() <= match.start()):
        return Action(both.start(), end, both.group(), _table("verbs")[both.group()])
    if not match:
        return None
    return Action(match.start(), match.end(), match.group(), _table("tails")[match.group()])


def object_end(folded: str, start: int, end: int) -> int:
    """Where the object ends: before the time and manner that lead to the closing words (X项目上半年|开工)."""
    while end > start:
        times = [t for t in scan_times(folded[start:end]) if start + t.end == end]
        manner = _before_tail().search(folded, max(start, end - 5), end)
        if times and times[0].start > 0:
            end = start + times[0].start
        elif manner and manner.start() > start:
            end = manner.start()
        else:
            break
    return end


def is_manner(folded: str, start: int, end: int) -> bool:
    """Whether a stretch only says how: 全部|复工 names no object."""
    return bool(_before_tail().fullmatch(folded, start, end))


def inner(folded: str, start: int, end: int) -> Action | None:
    """An action inside the clause with its subject before it: 山西机电|升格|职业本科大学."""
    match = _words("inner").search(folded, start + 2, end)
    if not match:
        return None
    if match.group() == "取得" and _words("progress").search(folded, match.end(), end):
        return Action(match.start(), match.end(), match.group(), (Stage.ADVANCE,))
    stages = _table("verbs").get(match.group()) or _table("tails").get(match.group()) or (Stage.ADVANCE,)
    return Action(match.start(), match.end(), match.group(), stages)
