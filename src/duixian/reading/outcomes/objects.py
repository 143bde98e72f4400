"""One object or several: series of things that are built or held are several, series of matters are one."""

from __future__ import annotations

from functools import cache

from .. import lexicon
from ..clauses import Layout, parts
from ..patterns import lazy
from ..values import value


@value(frozen=True, slots=True)
class Thing:
    """An object by its words and its place; `named` says that it is called by a name of its own."""

    name: str
    start: int
    end: int
    named: bool = False


@cache
def _ends(key: str) -> tuple[str, ...]:
    return lexicon.group("stages", key)


def is_physical(text: str) -> bool:
    """Whether a phrase names a thing that is built, held or opened by itself."""
    return _bare(text).endswith(_ends("things.physical"))


_BRACKET = lazy(r"[(\uff08][^()\uff08\uff09]*[)\uff09]$")


_CLOSED = (")", "\uff09")


def _bare(text: str) -> str:
    return _BRACKET.sub("", text).strip() if text[-1:] in _CLOSED else text


def is_general(text: str) -> bool:
    """Too general to be a project's name: 重点项目."""
    return text in lexicon.words("stages")["things"]["general"] or len(text) < 3


def strip_nominal(folded: str, start: int, end: int) -> int:
    """Take the noun of work off an object's end: 儿童友好型城市|建设."""
    if not folded.endswith(_ends("words.nominal"), start, end):
        return end
    for word in lexicon.group("stages", "words.nominal"):
        if folded.endswith(word, start, end) and end - len(word) - start >= 3:
            return end - len(word)
    return end


def things_of(layout: Layout, start: int, end: int) -> list[Thing]:
    """The objects named in a stretch."""
    folded, printed = layout.folded, layout.printed
    while start < end and folded[start] in " 的、,":
        start += 1
    close = _examples_end(layout, start, end)
    if close is not None:
        return _with_examples(layout, start, close, end)
    pieces = parts(layout, start, end)
    if len(pieces) > 1 and _is_series(folded, pieces):
        return _series(printed, pieces)
    return [Thing(_bare(printed[start:end]), start, end, is_physical(printed[start:end]))]


def _examples_end(layout: Layout, start: int, end: int) -> int | None:
    """The place of the 等 that closes examples."""
    for at in range(start + 1, end):
        if (
            layout.folded[at] == "等"
            and layout.is_plain(at)
            and layout.folded[at - 1] not in "甲乙初中高平优均特一二三差劣同相对"
        ):
            return at
    return None


def _with_examples(layout: Layout, start: int, close: int, end: int) -> list[Thing]:
    printed = layout.printed
    whole = [Thing(printed[start:end], start, end)]
    pieces = parts(layout, start, close)
    rest = printed[close + 1 : end]
    if rest.endswith(_ends("things.abstract")) or len(rest) > 14:
        return whole
    if not rest or rest.startswith(_KINDS) or rest in lexicon.words("stages")["things"]["projects"]:
        return [Thing(_bare(printed[a:b]), a, b, True) for a, b in pieces]
    if is_physical(rest) and (len(pieces) > 1 or "项目" in rest):
        return [Thing(_bare(printed[a:b]) + ("" if is_physical(printed[a:b]) else rest), a, b, True) for a, b in pieces]
    return whole


# 等各类学校项目: what follows is only a kind
_KINDS = ("各类", "一批", "重点", "重大", "项目", "系列", "多个")


def _is_series(folded: str, pieces: list[tuple[int, int]]) -> bool:
    """Things one by one: the last is physical, and the others are too or leave out its ending."""
    last = folded[pieces[-1][0] : pieces[-1][1]]
    if not is_physical(last) or last.endswith(_ends("things.abstract")):
        return False
    return all(b - a >= 2 for a, b in pieces)


def _series(printed: str, pieces: list[tuple[int, int]]) -> list[Thing]:
    last = _bare(printed[pieces[-1][0] : pieces[-1][1]])
    made = []
    for a, b in pieces:
        text = _bare(printed[a:b])
        if (a, b) != pieces[-1] and not is_physical(text):
            text += _shared_ending(text, last)
        made.append(Thing(text, a, b, True))
    return made


def _shared_ending(stem: str, last: str) -> str:
    """太焦、长邯铁路扩能改造: names of a series are mostly of one length, so what follows as many characters of the
    last is what they share; else only its last noun is (后湾水库供水、倪庄水库工程)."""
    rest = last[len(stem) :]
    if len(rest) >= 2 and is_physical(rest):
        return rest
    return next((noun for noun in _ends("things.physical") if last.endswith(noun) and noun != last), "")
