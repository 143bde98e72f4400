"""Expressions of time: 上半年, 10月底前, 2026年9月30日前, 国庆节前. What they are, and which day they end on."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache

from .lexicon import any_of, words
from .patterns import lazy
from .values import value

_MONTHS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "首": 1, "1": 1, "2": 2, "3": 3, "4": 4}
#: Feasts whose day only the year fixes: (0, place in this list) stands for it.
MOVING = ("春节", "端午", "中秋", "清明")
_BEFORE = r"(?P<before>之前|以前|前)?"
_YEAR = r"(?:(?P<year>20\d\d)年|(?P<this>今年|本年度?|当年))?"


@value(frozen=True, slots=True)
class Time:
    """A time expression found in a text. `year` is None where it is not printed; `last` is (month, day) of its end.

    `bare_year` marks a year alone (2026年), which names a year and limits nothing.
    """

    start: int
    end: int
    text: str
    year: int | None
    last: tuple[int, int]
    shift: int = 0
    bare_year: bool = False

    def ends_on(self, year: int) -> date:
        """The day it ends on, within `year` where none is printed."""
        y = self.year or year
        month, day = _moved(self.last[1], y) if self.last[0] == 0 else self.last
        if self.year is None and self.shift and (month, day) == (1, 1):
            # 元旦前 in a year's plan: before the next one
            y += 1
        return date(y, month, min(day, monthrange(y, month)[1])) - timedelta(days=self.shift)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    feasts = "(?P<feast>" + "|".join([*words("times")["feasts"], *MOVING]) + ")"
    month = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
    part = r"(?P<part>份?(?:上旬|中旬|下旬|底|末|初))?份?"
    return (
        # 8月15日前, 2026年9月30日
        ("day", re.compile(_YEAR + month + r"(?P<day>3[01]|[12]\d|0?[1-9])[日号]" + _BEFORE)),
        # 4—6月: the limit is the last month; also 10月底前, 6月中旬, 12月
        ("month", re.compile(_YEAR + r"(?:\d{1,2}月?(?:至|—|-|~))?" + month + part + _BEFORE)),
        # 一季度, 三季度末, 第2季度前
        ("quarter", re.compile(_YEAR + r"(?:前|第)?(?P<quarter>[一二三四首1-4])个?季度(?P<part>末|底|初)?" + _BEFORE)),
        ("half", re.compile(_YEAR + r"(?P<half>上半年|下半年)(?P<part>末|底)?" + _BEFORE)),
        # 年底前, 年内, 全年, 2026年底, 今年年底
        ("year", re.compile(_YEAR + r"(?:全年|年底|年末|年内|年终|底|末|内)" + _BEFORE)),
        # 2014年前
        ("before", re.compile(r"(?P<year>20\d\d)年(?P<before>之前|以前|前)")),
        # “五一”前, 国庆节前
        ("feast", re.compile(r"“?" + feasts + r"(?:节|”|假期|期间)*(?P<before>之前|以前|前)")),
        ("bare", re.compile(r"(?P<year>20\d\d)年(?:度)?")),
    )  # fmt: skip


# Where any of these stands, a time may begin; nothing else is looked at.
_START = lazy(
    r"20\d\d年|今年|本年|当年|\d{1,2}月|\d{1,2}[至—~-]\d{1,2}月|[一二三四五六七八九十]{1,2}月|第?[一二三四首1-4]个?季度|前[一二三四]季度|[上下]半年|全年|(?<![一二两三四五六七八九十几数])年[底末内终]|“?(?:元旦|五一|劳动节|七一|八一|国庆|十一|春节|端午|中秋|清明)"
)


#: Clauses are asked for repeatedly; long texts are not, and must not stay in memory.
_LONGEST_KEPT = 2_000


def scan(folded: str) -> tuple[Time, ...]:
    """All expressions of time in a text, left to right, the longest at each place."""
    return _kept(folded) if len(folded) <= _LONGEST_KEPT else _scan(folded)


@lru_cache(maxsize=4_096)
def _kept(folded: str) -> tuple[Time, ...]:
    return _scan(folded)


def _scan(folded: str) -> tuple[Time, ...]:
    found: list[Time] = []
    at = 0
    while start := _START.search(folded, at):
        time = _at(folded, start.start())
        if time is None:
            at = start.start() + 1
            continue
        found.append(time)
        at = time.end
    return tuple(found)


def _at(folded: str, at: int) -> Time | None:
    best: Time | None = None
    for kind, pattern in _patterns():
        match = pattern.match(folded, at)
        if match and match.end() > at and (best is None or match.end() > best.end):
            made = _made(kind, match)
            best = made or best
    return best


def _made(kind: str, match: re.Match[str]) -> Time | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    if kind == "year" and year is None and not groups.get("this") and match.group()[0] not in "全年":
        return None
    last, shift = _last(kind, groups)
    if kind == "before" and year:
        year -= 1
    return Time(match.start(), match.end(), match.group(), year, last, shift, bare_year=kind == "bare")


def _last(kind: str, groups: dict[str, str | None]) -> tuple[tuple[int, int], int]:
    """(month, day) a time ends on, and how many days before that a 前 sets the limit."""
    before = bool(groups.get("before"))
    if kind == "day":
        return (_month(groups["month"]), int(groups["day"] or 1)), 0
    if kind == "month":
        month, part = _month(groups["month"]), groups.get("part") or ""
        if part.endswith(("上旬", "初")):
            return (month, 10), 0
        if part.endswith("中旬"):
            return (month, 20), 0
        # 6月前 is before June begins; 6月底前 is June's last day
        return ((month, 1), 1) if before and not part else ((month, 31), 0)
    if kind == "quarter":
        quarter = _QUARTERS[groups["quarter"] or "一"]
        return ((quarter * 3 - 2, 1), 1) if before and not groups.get("part") else ((quarter * 3, 31), 0)
    if kind == "half":
        return ((6, 30) if groups["half"] == "上半年" else (12, 31)), 0
    if kind == "feast":
        feast = str(groups["feast"])
        return ((0, MOVING.index(feast)) if feast in MOVING else _month_day(words("times")["feasts"][feast])), 1
    return (12, 31), 0


def _moved(feast: int, year: int) -> tuple[int, int]:
    table = words("times")
    if MOVING[feast] == "春节":
        # beyond the table the middle of its range is near enough for a list of one year
        return _month_day(table["spring"].get(str(year), "02-06"))
    return _month_day(table["moving"][MOVING[feast]].get(str(year), "12-31"))


def _is_sure(time: Time, year: int | None) -> bool:
    """Whether the day of a feast is known in the year it is meant for."""
    if time.last[0] != 0 or MOVING[time.last[1]] == "春节":
        return True
    return str(time.year or year) in words("times")["moving"][MOVING[time.last[1]]]


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _month(text: str | None) -> int:
    return _MONTHS[text] if text in _MONTHS else int(text or 1)


@cache
def _no_limit() -> re.Pattern[str]:
    return re.compile(any_of("times", "words.no_limit_before") + "$")


# 7月1日起 begins something; 年末贷款余额 is a name
_NO_LIMIT_AFTER = lazy("起|以来|至今|以后|之后|各项|贷款|存款|余额|常住|总人口|户籍|存栏|库存|在校")


def limits(folded: str, year: int | None, horizon: tuple[int, int] | None = None) -> list[Time]:
    """Those times that limit a commitment of the plan: not a rhythm (按季度), not a past or a later year."""
    kept = []
    found = scan(folded)
    for at, time in enumerate(found):
        if at + 1 < len(found) and found[at + 1].start == time.end + 1 and folded[time.end] in "至到—-~":
            # 2026年3月至2026年11月: the end is the limit
            continue
        if time.bare_year or _no_limit().search(folded, max(0, time.start - 3), time.start):
            continue
        if _NO_LIMIT_AFTER.match(folded, time.end) or not _inside(time, year, horizon):
            continue
        if not _is_sure(time, year or (horizon[1] if horizon else None)):
            continue
        kept.append(time)
    return kept


def _inside(time: Time, year: int | None, horizon: tuple[int, int] | None) -> bool:
    if time.year is None:
        return True
    if horizon:
        return horizon[0] <= time.year <= horizon[1]
    return year is None or time.year == year or (time.shift > 0 and time.year - 1 == year)


def is_endless(folded: str) -> bool:
    """Whether a limit's cell says that there is none: 持续推进, 长期坚持."""
    return folded.strip(" 。") in words("times")["words"]["endless"]
