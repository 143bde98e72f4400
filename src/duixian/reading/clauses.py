"""Sentences, clauses and the parts between 、 of a passage, blind to what stands in quotes and brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from .fold import HAN
from .patterns import lazy
from .values import value

_OPEN = {"“": "”", "《": "》", "(": ")", "[": "]", "【": "】", "〈": "〉", "‘": "’"}
_QUOTES = "“《〈‘"
_SENTENCE_ENDS = "。!?;"
# what may end a clause or open what is not read
_MARKS = lazy("[。!?;,:()]")
_OPENING = lazy("[“《(\\[【〈‘]")
#: How deep a quote or bracket may run before it is taken for a slip: an opening mark without its closing one.
_LONGEST = 120


@value(frozen=True, slots=True)
class Clause:
    """A stretch between commas. `start` and `end` count in the passage; `sentence` is its sentence's number."""

    start: int
    end: int
    sentence: int


@value(frozen=True, slots=True)
class Layout:
    """Where a passage's clauses run and which characters stand in quotes or brackets."""

    folded: str
    printed: str
    clauses: tuple[Clause, ...]
    quoted: frozenset[int]
    bracketed: frozenset[int]

    def clause_at(self, at: int) -> Clause:
        """The clause a character belongs to."""
        return next((c for c in self.clauses if at < c.end), self.clauses[-1])

    def place_of(self, clause: Clause) -> int:
        """Which of the clauses it is, counted from 0; a line of figures has too many to search from the first."""
        return bisect_left(self.clauses, clause.start, key=lambda c: c.start)

    def sentence_of(self, clause: Clause) -> list[Clause]:
        """All clauses of its sentence."""
        return [c for c in self.clauses if c.sentence == clause.sentence]

    def is_plain(self, at: int) -> bool:
        """Whether a character stands outside quotes and brackets."""
        return at not in self.quoted and at not in self.bracketed


def lay_out(folded: str, printed: str | None = None) -> Layout:
    """Find the clauses of a folded passage; `printed` has the same length and is what names are cut from."""
    quoted, bracketed = _enclosed(folded)
    clauses: list[Clause] = []
    start = sentence = 0
    for mark in _MARKS.finditer(folded):
        at, ch = mark.start(), mark.group()
        if at in quoted or at in bracketed:
            continue
        ends = ch in _SENTENCE_ENDS
        # brackets still seen here hold 其中…, which is read like a clause
        if ends or ch in "()" or (ch in ",:" and not _in_number(folded, at)):
            start = _past_enumerator(folded, start)
            if at > start:
                clauses.append(Clause(start, at, sentence))
            start = at + 1
            sentence += ends
    start = _past_enumerator(folded, start)
    if start < len(folded) or not clauses:
        clauses.append(Clause(start, len(folded), sentence))
    return Layout(folded, folded if printed is None else printed, tuple(clauses), quoted, bracketed)


# ①, (2), 3. and 一是 before a part of a commitment are no words of it
_ENUMERATOR = lazy(
    r"\s*(?:[①-⑳]|\(\d{1,2}\)|\(?[一二三四五六七八九十]{1,2}\)|\d{1,2}(?:、|\)|\.(?!\d))|[一二三四五六七八九十]{1,2}[是要]"
    rf"(?!{HAN}?[、,]))[、.]?\s*"
)


_MAY_ENUMERATE = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳(0123456789一二三四五六七八九十 \t\n\u3000\xa0\r")


def _past_enumerator(folded: str, start: int) -> int:
    if folded[start : start + 1] not in _MAY_ENUMERATE:
        return start
    found = _ENUMERATOR.match(folded, start)
    return found.end() if found and found.end() < len(folded) else start


def _in_number(folded: str, at: int) -> bool:
    """1,200 and 8:30: a mark between digits is no pause, unless a new clause begins with its own number (6%,7月)."""
    if not (0 < at < len(folded) - 1 and folded[at - 1].isdigit() and folded[at + 1].isdigit()):
        return False
    group = folded[at + 1 : at + 4]
    return folded[at] == ":" or (len(group) == 3 and group.isdigit() and not folded[at + 4 : at + 5].isdigit())


def _enclosed(folded: str) -> tuple[frozenset[int], frozenset[int]]:
    """Offsets inside quotes and inside brackets, the marks themselves included."""
    quoted: set[int] = set()
    bracketed: set[int] = set()
    at = 0
    while mark := _OPENING.search(folded, at):
        at = mark.start()
        end = -1 if folded.startswith("(其中", at) else folded.find(_OPEN[folded[at]], at + 1, at + _LONGEST)
        if end > 0 and folded[at] == "“" and "。" in folded[at:end]:
            # what someone says in sentences is no name
            end = -1
        if end > 0:
            (quoted if folded[at] in _QUOTES else bracketed).update(range(at, end + 1))
            at = end
        at += 1
    return frozenset(quoted), frozenset(bracketed)


# 和, 与 and 及 join names, but also stand in words: 和谐, 参与, 地级及以上
_WORDS = (
    "究与试验",
    "和谐",
    "和美",
    "和睦",
    "共和",
    "温和",
    "缓和",
    "平和",
    "中和",
    "参与",
    "与会",
    "与否",
    "赋与",
    "及以上",
    "及以下",
    "及时",
    "以及",
    "涉及",
    "普及",
    "及格",
    "惠及",
    "并购",
    "并网",
    "并轨",
    "并联",
    "并发症",
    "和平",
    "与时俱进",
)


def in_word(folded: str, at: int) -> bool:
    """Whether a joining character (和, 与, 及, 并) is part of a word."""
    return folded[at] != "、" and any(word in folded[max(0, at - 1) : at + 3] for word in _WORDS)


@cache
def _any_mark(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{marks}]")


def parts(layout: Layout, start: int, end: int, marks: str = "、") -> list[tuple[int, int]]:
    """The stretches between enumeration commas of a clause."""
    made: list[tuple[int, int]] = []
    for mark in _any_mark(marks).finditer(layout.folded, start, end):
        at = mark.start()
        if layout.is_plain(at) and not in_word(layout.folded, at):
            if at > start:
                made.append((start, at))
            start = at + 1
    if start < end:
        made.append((start, end))
    return made
