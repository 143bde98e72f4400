"""What an article says of itself: its year, its government and the day it was given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from .. import lexicon
from ..fold import HAN, fold
from ..head import date_of
from ..model import DocumentHead
from ..patterns import lazy
from ..source import Line
from .past import FIRST_YEARS, says_how_things_stand
from .spaces import dates_closed


def article_head(lines: Sequence[Line], head: DocumentHead, given: int | None) -> DocumentHead:
    """Year and government of an article, where no head states them."""
    text = dates_closed(fold("\n".join(line.text for line in lines)))
    stated = _after_review(head.year, text, head.title) if head.year and head.year != given else None
    draft = _DRAFT.search(text[:_MASTHEAD])
    year = (
        int(draft.group(1))
        if draft
        else _year_of_headings(lines) or _year_after_summary(text) or stated or _year(text, head.title) or given
    )
    head = replace(head, written_on=head.written_on or _spoken_on(text))
    return replace(
        head,
        year=year,
        government=_of_nation(text)
        or head.government
        or _of_meeting(text)
        or _of_speaker(text)
        or _titled(text)
        or _government(text)
        or _named(text)
        or ("国务院" if "国内生产总值" in text and not _LOCAL.search(text) else None),
        kind="article",
    )


# ——2025年1月10日在东川市第七届人民代表大会第五次会议上: who was reported to, and when
_MEETING = lazy(
    r"(?P<on>20\d\d年\d{1,2}月\d{1,2}日)?在"
    rf"(?P<place>{HAN}{{1,10}}?(?:省|自治区|自治州|自治县|市|县|区|州|旗|盟|镇|乡)(?=\s?第|人))?"
    r"\s?(?:第[一二三四五六七八九十百\d]+届)?\s*(?:全国)?(?:人民代表大会|人大)"
)


# 国内生产总值 without a place is the nation's; with 全县 or 我市 beside it, it is a place's, as old reports wrote it
_LOCAL = lazy("[全我本][省市县区州旗镇乡]")
# a report to the National People's Congress is the State Council's
_NATION = lazy(
    "代表国务院|受国务院委托|国务院总理|第?十[一二三四五六]?届全国(?:人民代表大会|人大)(?:常务委员会|常委会)?(?:第.{1,3}|.)次会议上"
)


def _of_nation(text: str) -> str | None:
    """The State Council, where the top of a page says that the report is given for it."""
    return "国务院" if _NATION.search(text[:_MASTHEAD]) else None


# 2020年青禾县人民政府工作报告
_TITLED = lazy(
    rf"^[#\s]*(?:20\d\d年)?(?P<place>{HAN}{{1,8}}?(?:省|自治区|自治州|自治县|市|县|区|州|旗|盟|镇|乡))(?:人民)?政府(?:20\d\d年)?工作报告",
    re.MULTILINE,
)

# 关于白川省2025年国民经济和社会发展计划执行情况与2026年计划草案的报告
_PLAN_TITLED = lazy(
    rf"(?:^[#\s]*|关于)(?P<place>(?!全){HAN}{{1,8}}?(?:省|自治区|自治州|自治县|市|县|区|州|旗|盟))(?:发改[局委]|发展和改革(?:局|委|委员会)|人民政府)?20\d\d年国民经济",
    re.MULTILINE,
)
_DRAFT = lazy(r"国民经济和社会发展计划执行情况[与和及](20\d\d)年[^,。\n]{0,12}?计划")


def _titled(text: str) -> str | None:
    """The government a report's title names."""
    found = _TITLED.search(text[:_MASTHEAD]) or _PLAN_TITLED.search(text[:_MASTHEAD])
    return found["place"] if found else None


# 1月20日上午,安徽省十四届人大三次会议开幕
_SESSION = lazy(
    rf"(?<!{HAN})(?![^,]{{0,7}}[向了])(?!日?在[^,]{{0,3}}第?[一二三四五六七八九十]+届)(?P<place>{HAN}{{2,8}}?(?:省|自治区|自治州|市|县|区|州|旗))第?[一二三四五六七八九十]+届人(?:大|民代表大会)"
)
# 3月6日,青禾市人民政府公布…
_NAMED = lazy(rf"(?:(?<!{HAN})|(?<=\d年))(?!年|我|现)({HAN}{{2,6}}?(?:自治州|市|县|区|州))人民政府")


def _named(text: str) -> str | None:
    """The first government that is called by its full name."""
    found = _NAMED.search(text)
    return found.group(1) if found and found.group(1)[-3:] not in lexicon.words("reviews")["places"]["none"] else None


# 我代表上杭县人民政府,向大会报告
_SPEAKER = lazy(rf"我代表(?P<place>{HAN}{{1,8}}?(?:省|自治区|自治州|市|县|区|州|旗))(?:人民)?政府")


def _of_speaker(text: str) -> str | None:
    """The government a report is given for."""
    found = _SPEAKER.search(text)
    return None if found is None or found["place"] in ("省", "市", "县", "区") else found["place"]


def _of_meeting(text: str) -> str | None:
    """The government whose congress a report was given to."""
    found = _MEETING.search(text[:_MASTHEAD]) or _SESSION.search(text[:_MASTHEAD])
    return None if found is None or found["place"] in lexicon.words("reviews")["places"]["none"] else found["place"]


def _spoken_on(text: str) -> date | None:
    """The day a report was given, as its own line says."""
    found = _MEETING.search(text[:_MASTHEAD])
    return date_of(found["on"]) if found and found["on"] else None


# 2025年工作安排, but not 2021—2025年
_HEADED = lazy(r"(?<![—\-~至\d])(20\d\d)\s*年(?!\s*[—\-~至])(?P<of>[^\d]{0,40})")
_LONGEST_HEADING = 60
_PART_OF_YEAR = lazy(r"上半年|[一二三]季度|前[一二三四五六七八九十]|1月?[-—~至到]+\d{1,2}月")


def _year_of_headings(lines: Sequence[Line]) -> int | None:
    """The year a heading plans for (2025年工作安排), else the one after the year a heading looks back on."""
    after: int | None = None
    for line in lines:
        folded = fold(line.text).strip()
        if len(folded) > _LONGEST_HEADING or "。" in folded:
            continue
        for match in _HEADED.finditer(folded):
            if _heads("headings.year_planned").search(match["of"]):
                return int(match.group(1))
            if _heads("headings.year_reviewed").search(match["of"]) and not _PART_OF_YEAR.search(match["of"]):
                after = after or int(match.group(1)) + 1
    return after


@cache
def _heads(key: str) -> re.Pattern[str]:
    return re.compile(lexicon.any_of("reviews", key))


_TITLE_PART = 200
#: How far down a newspaper page its date is looked for.
_MASTHEAD = 400


def _year_after_summary(text: str) -> int | None:
    """A page whose title sums up 2025 stands at the beginning of 2026."""
    summed = re.search(r"(20\d\d)年[^。\n]{0,24}?" + lexicon.any_of("reviews", "headings.summary"), text[:_TITLE_PART])
    summed = summed or re.search(
        lexicon.any_of("reviews", "headings.summary") + r"[^。\n]{0,12}?(20\d\d)年", text[:_TITLE_PART]
    )
    if summed is None or _PART_OF_YEAR.search(summed.group()):
        return None
    return int(summed.group(1)) + 1


_EARLY = lazy(r"(20\d\d)(?:年0?[12]月\d{1,2}日|[-./]0?[12][-./]\d{1,2})")


def _after_review(told: int, text: str, title: str | None) -> int:
    """2019年… printed in January 2020 looks back, unless it says how things stand."""
    printed = _EARLY.search(text[:_MASTHEAD])
    looks_back = printed is not None and int(printed.group(1)) == told + 1
    return told + (looks_back and not says_how_things_stand(fold(title or "")))


def _year(text: str, title: str | None) -> int | None:
    """The year the plan is for: said to be a year of beginning, else the one after 过去的X年, else the most named."""
    named = re.search(r"(20\d\d)年", fold(title or "")) or re.match(rf"[#\s]*(20\d\d)(?={HAN})", text)
    if named:
        return _after_review(int(named.group(1)), text, title)
    if opening := re.search(r"(20\d\d)年是[^。]{0,30}?" + lexicon.any_of("reviews", "sentences.opening_year"), text):
        return int(opening.group(1))
    if ahead := re.search(r"(20\d\d)年[^,。]{0,12}?(?:将|(?<![重主需必])要|计划|力争|预期目标)", text):
        return int(ahead.group(1))
    if past := re.search(r"过去的(20\d\d)年", text):
        return int(past.group(1)) + 1
    if plan := _PLAN_YEAR.search(text):
        first = FIRST_YEARS[plan.group(1)]
        return first if plan.group(2) not in ("收官", "最后一年") else first + 4
    if printed := re.search(r"(20\d\d)(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2})", text[:_MASTHEAD]):
        return int(printed.group(1))
    counted = Counter(re.findall(r"(?<!到)(?<![^截]至)(20\d\d)年", text))
    return int(counted.most_common(1)[0][0]) if counted else None


# The year of beginning and of end of a five-year plan name a year without its digits.
_PLAN_YEAR = lazy("“(十三五|十四五|十五五|十六五)”[^,。]{0,8}?(开局|起步|收官|第一年|首年|最后一年)")


_PLACE = lazy(rf"{HAN}{{1,3}}?[县区市](?![区级域长委政])")


def _government(text: str) -> str | None:
    """The place named most often."""
    none = set(lexicon.words("reviews")["places"]["none"])
    found = Counter(
        name for match in re.finditer(rf"(?<=[年,。、\n “是在])({HAN}{{2,3}}[县区市])(?=[将聚深保从上承人委全2])", text)
        if (name := match.group(1)) not in none and name[-3:] not in none and name[-2:] not in none and "我" not in name
    )  # fmt: skip
    return found.most_common(1)[0][0] if found else None
