"""What tells of the past and what of the plan: by headings, by how a sentence begins, by the years it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .. import lexicon
from ..fold import HAN, fold
from ..patterns import lazy

#: The first year of each five-year plan.
FIRST_YEARS = {"十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}


@cache
def _stands() -> re.Pattern[str]:
    return re.compile(
        lexicon.any_of("reviews", "headings.reports") + "(?:的?(?:通报|报告|汇报|简报)|公布|公示|表)?[啦了!?]*$"
    )


def says_how_things_stand(folded: str) -> bool:
    """青禾县9月份民生工程进展情况: whether a title says that the page tells how things stand."""
    return bool(_stands().search(folded))


@cache
def review_words(key: str) -> re.Pattern[str]:
    """Any word of a group of lexicon/reviews.toml."""
    return re.compile(lexicon.any_of("reviews", key))


def turn(words: Sequence[str], past: bool, year: int | None, *, opening: bool = False, reports: bool = False) -> bool:
    """Whether headings (or a paragraph's opening words) lead into a review or out of it; the innermost decides.

    A page that `reports` how things stand tells of its own year, too.
    """
    for text in reversed(words):
        folded = fold(text)
        named = re.search(r"(20\d\d)\s*年", folded)
        if reports and not opening and says_how_things_stand(folded):
            return True
        if (
            year
            and named
            and not opening
            and int(named.group(1)) < year
            and not review_words("headings.plan").search(folded)
        ):
            return True
        if year and named and int(named.group(1)) == year and not review_words("headings.review").search(folded):
            return past and opening and (reports or bool(_SO_FAR.match(folded[named.end() :])))
        if opening:
            if so_far := _THIS_YEAR.match(folded):
                # 今年以来 opens what is told; 今年上半年 may be a limit
                return past or so_far.group().endswith("来")
            if (ended := _plan_ended(folded, year)) is not None:
                return ended
            if review_words("sentences.past").match(folded):
                return True
            if review_words("sentences.future").match(folded) and not (reports and _told_this_year(folded)):
                return False
            continue
        if (ended := _plan_ended(folded, year)) is not None:
            # “十三五”时期主要目标 in 2016 plans, in 2021 it looks back
            return ended
        if review_words("headings.review").search(folded):
            return True
        if review_words("headings.plan").search(folded):
            return False
    return past


# “十四五”时期: past in 2026, to come in 2021
_OF_PLAN = lazy(r"[^,]{0,4}“(十三五|十四五|十五五|十六五)”(?:时期|期间|规划)(?!以来)")


def _plan_ended(folded: str, year: int | None) -> bool | None:
    """Whether the five-year plan a text begins with has ended before the planning year; None where that is open."""
    match = _OF_PLAN.match(folded) if year else None
    if match is None or year is None:
        return None
    first = FIRST_YEARS[match.group(1)]
    return True if first + 4 < year else False if first >= year else None


def tells_of_past(folded: str, past: bool, year: int | None, *, planned: bool = True, reports: bool = False) -> bool:
    """Whether one sentence tells of the past, which its own beginning may decide against its heading.

    预计… sums up a year that is about to end, unless a plan was spoken of before (`planned`).
    """
    folded = what_is_said(folded).lstrip("“")
    opening = folded[:16]
    if opening.startswith(_ESTIMATES) and (not planned or names_year_before(opening, year)):
        return True
    if (ended := _plan_ended(opening, year)) is not None:
        return ended
    if review_words("sentences.past").match(opening) or _ALREADY.match(opening):
        return True
    named = re.match(r"(?:截至|到|在)?(20\d\d)年", opening)
    if named and year:
        # 2026年上半年 in a report of that half year is told, 2026年,我县将 is not
        return int(named.group(1)) < year or (past and (reports or bool(_SO_FAR.match(folded[named.end() :]))))
    if so_far := _THIS_YEAR.match(opening):
        return past or so_far.group().endswith("来") or _states_growth(folded)
    if review_words("sentences.future").match(opening):
        return reports and past and _told_this_year(opening)
    return past


def _told_this_year(folded: str) -> bool:
    """Whether 今年 opens what is told on a page that reports: 今年列入省级重点项目17个, but not 今年将."""
    return folded.startswith("今年") and not _WILL.match(folded, 2)


_WILL = lazy("[^,]{0,6}?(?:将|力争|计划|要|拟|预期|预计|确保|目标)")


def _states_growth(folded: str) -> bool:
    """今年上半年,生产总值增长10.2%: a growth that is not aimed at was measured."""
    return "增长" in folded and not _AIMED.search(folded)


_AIMED = lazy("力争|确保|将|以上|左右|目标|不低于|计划|预期")


# 预计2025年全县生产总值增长6% in the plan for 2026
_ESTIMATES = ("预计", "初步预计", "初步核算")


#: How far into a sentence those who say it may be named.
_REPORTED_WITHIN = 24
_SAID_WITHIN = 110
_SAID_LATER = lazy(r".{0,100}?(?:介绍|指出|显示|获悉)(?:时|说)?[,:](?=20\d\d年|去年)")
_SAID = lazy("根?据[^,]{1,16}[,:]|[^,]{0,20}(?:介绍|指出|表示|获悉|了解到?|显示|说|称|强调|认为)[,:]")


def what_is_said(folded: str) -> str:
    """A sentence without who says it: 市长介绍,2025年…"""
    said = _SAID.match(folded) if "," in folded[:_REPORTED_WITHIN] else None
    if said is None and any(word in folded[:_SAID_WITHIN] for word in ("介绍", "指出", "显示", "获悉")):
        said = _SAID_LATER.match(folded)
    return folded[said.end() :] if said else folded


def names_year_before(opening: str, year: int | None) -> bool:
    """Whether a year before the planning year is named."""
    named = re.search(r"(20\d\d)年", opening)
    return bool(named and year and int(named.group(1)) < year)


# 2022年1-6月, and in a review 2022年3月,区政府印发…
_SO_FAR = lazy(
    r"(?:上半年|前[一二三四五六七八九十\d]|[一二三]季度|以来|1[-—~至]|\d{1,2}月(?:\d{1,2}日)?(?:[上下]午|,|$))"
)
# 已新增托位300个, but not 已开工项目加快建设
_ALREADY = lazy(f"已(?!{HAN}{{2,6}}?(?:的|项目|企业|工程))")
_THIS_YEAR = lazy(r"今年(?:以?来|上半年|前[一二三四五六七八九十\d]|[一二三]季度|1[-—~至])")

# what each part of a year ends with
_PERIODS = (
    (lazy(r"前三季度|前9个月|前九个月"), 9),
    (lazy(r"上半年|前6个月"), 6),
    (lazy(r"(?<!第)一季度"), 3),
)
_MONTHS = lazy(r"(?<!\d)1月?[-—~至到]+(1[0-2]|[2-9])月")
# 至9月底, 截至9月30日
_UNTIL = lazy(r"(?:^|[,。;])截?[至止](?:20\d\d年)?(1[0-2]|[1-9])月(?:底|末|\d{1,2}日)")
_FIVE_YEARS = lazy(r"过去的?[五5]年|[这近]五年|五年[来间]|“十[三四五]五”(?:时期|以来|期间)")


_DONE = lazy("(?:完成|进展|落实)情况(?:的?通报|的?报告|公布|公示|表)?$")
# 是2010年的2倍, 2010年不变价, 较2020年增长: what is compared with is not what is told of
_YEAR_TOLD = lazy(r"(?<![是比较于与同从由])(20\d\d) ?年(?!不变价|的[\d.]+倍)")


def _year_told(folded: str, headings: Sequence[str], year: int | None, *, reports: bool) -> int | None:
    """The year a sentence tells of: its own, else that of the review it stands in, else the one before the plan's."""
    for text in (folded, *(fold(h) for h in headings)):
        for named in _YEAR_TOLD.finditer(text):
            told = int(named.group(1))
            if text is folded or year is None or told < year or _SO_FAR.match(text[named.end() :]):
                return told
            if told == year and _DONE.search(text):
                # 2024年民生实事完成情况, told of in that year
                return told
    if reports or any(_SO_FAR.search(fold(text)) for text in headings):
        # 前三季度民生实事进展: of the year itself
        return year
    return year - 1 if year else None


def period_of(
    folded: str, headings: Sequence[str], year: int | None, *, reports: bool = False
) -> dict[str, str] | None:
    """The time a result covers: as said, else the year before the plan's, on a page that `reports` its own year."""
    told = _year_told(folded, headings, year, reports=reports)
    if told is None:
        return None
    for text in (folded, *headings):
        if re.search(r"20\d\d年", fold(text)) and not _FIVE_YEARS.search(fold(text)):
            # 刚刚过去的2025年 under a heading of five years
            break
        if _FIVE_YEARS.search(fold(text)) and year:
            return {"from": f"{year - 5}-01", "to": f"{year - 1}-12"}
    dated = [text for text in map(fold, headings) if _YEAR_TOLD.search(text) or _SO_FAR.search(text)]
    last = _last_month(folded)
    if last is None and dated and not _YEAR_TOLD.search(folded):
        last = _last_month(dated[0])
    return {"from": f"{told}-01", "to": f"{told}-{last or 12:02}"}


def _last_month(folded: str) -> int | None:
    """The month that a part of a year ends with: 前三季度, 1-5月."""
    if months := _MONTHS.search(folded) or _UNTIL.search(folded):
        return int(months.group(1))
    return next((last for pattern, last in _PERIODS if pattern.search(folded)), None)
