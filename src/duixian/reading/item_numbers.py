"""The numbers items and headings begin with, whatever their kind: 一、 (一) 1. (1) ① or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .fold import HAN, fold
from .numerals import chinese_value
from .patterns import lazy
from .source import Line
from .values import value

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "[一二三四五六七八九十百零〇]{1,5}"

#: Kinds of numbering from the outermost to the innermost.
LEVELS = ("md", "part", "cn", "cnp", "ar", "dec", "arp", "circ", "bare")
_DEPTHS = {kind: depth for depth, kind in enumerate(LEVELS)}

# A number may be set off by a bullet or in bold: - 1. and **1.**
_SET_OFF = r"\s*(?:[-+•·●]\s+)?(?:\*\*|__)?\s*"

# What any of these begins with: most lines of prose begin with none of it.
_MAY_MARK = lazy(rf"{_SET_OFF}(?:[#\d第({_CIRCLED}一二三四五六七八九十百重工任事实项])")
_MARKERS = (
    ("md", lazy(r"\s*(#{1,6})\s+")),
    ("part", lazy(_SET_OFF + rf"第({_CHINESE}|\d+)[章节部分篇]+\s*[、.:]?\s*")),
    ("cn", lazy(_SET_OFF + rf"({_CHINESE})\s*、\s*")),
    ("cnp", lazy(_SET_OFF + rf"\(({_CHINESE})\)\s*[、.]?\s*")),
    # 第1项 新建公园3座, 第二条: only where an item begins
    ("ar", lazy(_SET_OFF + rf"第\s*(\d{{1,3}}|{_CHINESE})\s*[项条件]\s*(?:[、.:]\s*|\s+|(?={HAN}))")),
    # 1. 1、 1) but not 1.5万 nor 1,200; 1.1 is a number below 1
    ("ar", lazy(_SET_OFF + r"(\d{1,4})\s*(?:[、.)](?!\d)|\.(?=\d{4}年))\s*")),
    ("ar", lazy(_SET_OFF + rf"(?:重点|工作)?(?:任务|事项|实事|项目)\s*(\d{{1,4}}|{_CHINESE})\s*[:、.]\s*")),
    # 1.1 新建公园 but not 1.5 万元
    ("dec", lazy(_SET_OFF + r"(\d{1,2}(?:\.\d{1,2}){1,2})(?:\s+|[、.]\s*)(?![万亿千百个倍元])" + f"(?=“|{HAN})")),
    ("arp", lazy(_SET_OFF + r"\((\d{1,3})\)\s*[、.]?\s*")),
    ("circ", lazy(_SET_OFF + rf"([{_CIRCLED}])\s*")),
)  # fmt: skip


@value(frozen=True, slots=True)
class Marked:
    """A line that begins with a number: its kind, the number as printed and where its words begin."""

    index: int
    line: Line
    kind: str
    number: int | str
    body: int

    @property
    def level(self) -> int:
        """Depth by kind of numbering; Markdown headings stand above all, by the number of their marks."""
        return len(str(self.number)) - 10 if self.kind == "md" else _DEPTHS[self.kind]

    @property
    def words(self) -> str:
        """Its words in half-width forms."""
        return fold(self.line.text[self.body :]).strip(" *_")


def mark(index: int, line: Line) -> Marked | None:
    """The number a line begins with, if any."""
    folded = fold(line.text)
    found = _kept_mark(folded) if len(folded) <= _LONGEST_KEPT else _mark(folded)
    return Marked(index, line, *found) if found else None


#: Lines are asked for several times over; whole documents on one line must not stay in memory.
_LONGEST_KEPT = 2_000


@lru_cache(maxsize=1_024)
def _kept_mark(folded: str) -> tuple[str, int | str, int] | None:
    return _mark(folded)


def _mark(folded: str) -> tuple[str, int | str, int] | None:
    """Kind, number and end of the number a line begins with."""
    begin = len(folded) - len(folded.lstrip())
    if not _MAY_MARK.match(folded, begin):
        return None
    for kind, pattern in _MARKERS:
        match = pattern.match(folded, begin)
        if match and match.end() < len(folded):
            return kind, _number(kind, match.group(1)), match.end()
    return None


# 01 新建公园, 1 稳增长: a number and a gap count only where several count on
_SPACED = lazy(r"\s*0?(\d{1,3})[ \t]+(?![万亿千百个项户家座所年月日])" + f"(?=“|{HAN})")
_FEWEST = 3


def spaced_numbers(lines: Sequence[Line], marked: Sequence[Marked]) -> list[Marked]:
    """Lines that begin with a number and a gap, where they count from 1 on."""
    known = {m.index for m in marked}
    found: list[Marked] = []
    for i, line in enumerate(lines):
        match = _SPACED.match(fold(line.text)) if i not in known and line.text[:4].strip()[:1].isdigit() else None
        if match and int(match[1]) == len(found) + 1:
            found.append(Marked(i, line, "ar", int(match[1]), match.end()))
    fewest = 2 if any(m.kind == "dec" for m in marked) else _FEWEST
    return found if len(found) >= fewest else []


# 31.6月底前完成, 59.5G网络: where the words begin with a digit only the numbers around tell
_BEFORE_DIGIT = lazy(r"\s*(\d{1,3})[.、](?=\d)")


def numbers_before_digits(lines: Sequence[Line], marked: Sequence[Marked]) -> list[Marked]:
    """Lines whose number goes on from the one before, or leads to the one after, though a digit follows it."""
    found: list[Marked] = []
    counted = [m for m in marked if m.kind == "ar"]
    known = {m.index for m in marked}
    at, last = 0, None
    for i, line in enumerate(lines if counted else ()):
        while at < len(counted) and counted[at].index < i:
            last, at = counted[at].number, at + 1
        if i in known or not line.text[:4].strip()[:1].isdigit() or not (match := _BEFORE_DIGIT.match(fold(line.text))):
            continue
        number = int(match[1])
        following = counted[at].number if at < len(counted) else None
        if following == number + 1 or (last == number - 1 and following not in (None, number)):
            found.append(Marked(i, line, "ar", number, match.end()))
            last = number
    return found


def without_number(text: str) -> str:
    """A heading's words without the number they begin with: (一)工业经济."""
    marked = mark(0, Line(text, 0))
    return text[marked.body :] if marked and marked.kind != "md" else text


def _number(kind: str, printed: str) -> int | str:
    if kind in ("ar", "arp") and printed.isdigit():
        return int(printed)
    if kind == "circ":
        return printed
    value = chinese_value(printed) if kind != "md" else None
    return int(value) if value is not None else printed
