"""Figures with a unit, as they stand in the text, before anything is decided about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from .. import lexicon
from ..lexicon.matching import Words
from ..model import Comparator
from ..numerals import CHINESE, MAGNITUDES, Number, arabic_at, carried, chinese_at, chinese_value
from ..patterns import lazy
from ..values import value


@value(frozen=True, slots=True)
class Mention:
    """A figure with its unit. `frame` is where the words that govern it begin (不低于, 控制在), `start` the figure
    itself, `tail` the end of its unit, `end` the end of a qualifier after it (以上)."""

    frame: int
    start: int
    tail: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    magnitude: str
    group: str
    before: str
    after: str
    more: bool
    chinese: bool

    @property
    def base_value(self) -> Decimal:
        """The value with its 万 or 亿 carried into the number."""
        return carried(self.value, self.magnitude)

    @property
    def comparator(self) -> Comparator:
        """How the figure is promised: words after it win over words before it (稳定在7亿立方米以上 is at least)."""
        if self.value_max is not None:
            return Comparator.RANGE
        if self.after:
            return _meaning("after", self.after)
        if self.more:
            return Comparator.AT_LEAST
        return _meaning("before", self.before)


_MEANINGS = (("at_least", Comparator.AT_LEAST), ("at_most", Comparator.AT_MOST), ("about", Comparator.ABOUT))


@cache
def _meaning(side: str, word: str) -> Comparator:
    for key, comparator in _MEANINGS:
        if word in lexicon.words("frames")[side][key]:
            return comparator
    return Comparator.EQUAL


@cache
def _units() -> tuple[Words, dict[str, str]]:
    table = {unit: name for name, units in lexicon.words("units").items() if isinstance(units, list) for unit in units}
    return Words(table), table


@cache
def _traps() -> Words:
    return lexicon.matching("units", "traps.after")


@cache
def _after() -> Words:
    return lexicon.matching("frames", "after.at_least", "after.at_most", "after.about")


@cache
def _before() -> Words:
    return lexicon.matching("frames", *(f"before.{key}" for key in ("at_least", "at_most", "about", "held", "reach")))


# A figure begins with a digit, a Chinese numeral, or 百分之.
_FIGURE = lazy(f"[0-9{CHINESE}]|翻番(?=[,。;、)]|$)|(?<=[破超过达])亿(?=元(?:[,。;、)]|大关|$))")
_JOINTS = "至到-—~"
_LONGEST_FRAME = 6


def scan(folded: str) -> Iterator[Mention]:
    """All figures that carry a unit, left to right."""
    at = 0
    while match := _FIGURE.search(folded, at):
        at = match.start()
        mention = _in_words(folded, at) or _mention(folded, at)
        if mention:
            yield mention
            at = mention.end
        else:
            at = _skip(folded, at)


def _in_words(folded: str, at: int) -> Mention | None:
    """A figure told in words: 百分之七十二, 六成以上, 三分之一, 翻番, 亿元."""
    if folded.startswith("成", at + 1):
        return _tenths(folded, at)
    if folded.startswith("百分之", at):
        return _percent_words(folded, at)
    if folded.startswith(("分之", "半"), at + 1):
        return _fraction(folded, at)
    return _doubled(folded, at) or _hundred_million(folded, at)


def _skip(folded: str, at: int) -> int:
    """Past a numeral that is no amount: all of it, so that its last digits are not taken for another figure."""
    number = arabic_at(folded, at)
    return number.end if number else at + 1


def _number(folded: str, at: int) -> Number | None:
    return arabic_at(folded, at) or chinese_at(folded, at)


def _percent_words(folded: str, at: int) -> Mention | None:
    """百分之七十二 is 72 %."""
    if not folded.startswith("百分之", at):
        return None
    number = _number(folded, at + 3)
    if number is None:
        return None
    whole = Number(at, number.end, number.value, chinese=True)
    return _made(folded, at, whole, None, "%", "", number.end, False)


# 六成以上, 近七成, 八成半: tenths; 一成不变, 建成 and 三成本 are none
_TENTHS = lazy(
    "(?P<tens>[一二两三四五六七八九]|[1-9])成(?P<half>半)?(?=以上|以下|以内|左右|上下|[、,。;:()%]|$)(?<!一成(?![以左上]))"
)


def _tenths(folded: str, at: int) -> Mention | None:
    """六成以上 is at least 60 %."""
    match = _TENTHS.match(folded, at)
    if match is None or folded[at - 1 : at] in (*CHINESE, *"0123456789.第"):
        return None
    tens = _number(folded, at)
    if tens is None:
        return None
    value = tens.value * 10 + (5 if match["half"] else 0)
    return _made(folded, at, Number(at, match.end(), value, tens.chinese), None, "%", "", match.end(), False)


def _doubled(folded: str, at: int) -> Mention | None:
    """翻番 is 翻一番."""
    if not folded.startswith("翻番", at):
        return None
    return _made(folded, at, Number(at, at + 2, Decimal(1), chinese=True), None, "番", "", at + 2, False)


# 减少一半, 压减四分之一: a part of the whole, where a word of change or degree stands before it
_FRACTION = lazy(r"(?:一半|(?P<whole>[二三四五])分之(?P<part>[一二三四]))(?=以上|以下|以内|左右|[、,。;)]|$)")
_MOVED = lazy(r"减|降|压|缩|削|增|提高|达到|超过|不低于|不少于|不超过")
_MOVED_WITHIN = 20


def _fraction(folded: str, at: int) -> Mention | None:
    """减少三分之一 is a fall of 33.33 %, the nearest that two decimals say."""
    match = _FRACTION.match(folded, at)
    if match is None or not _MOVED.search(re.split("[,。;]", folded[max(0, at - _MOVED_WITHIN) : at])[-1]):
        return None
    part, whole = chinese_value(match["part"] or "一"), chinese_value(match["whole"] or "二")
    if part is None or whole is None or part >= whole:
        return None
    value = part * 100 / whole
    value = value if value == value.to_integral_value() else value.quantize(Decimal("0.01"))
    return _made(folded, at, Number(at, match.end(), value, chinese=True), None, "%", "", match.end(), False)


def _hundred_million(folded: str, at: int) -> Mention | None:
    """突破亿元 is more than one 亿元."""
    if folded[at] != "亿":
        return None
    return _made(folded, at, Number(at, at, Decimal(1), chinese=False), None, "元", "亿", at + 2, False)


def _mention(folded: str, at: int) -> Mention | None:
    first = _number(folded, at)
    if not first or (first.chinese and folded[at - 1 : at] in ("数", "几") and at):
        # 数百人, 几十家: nobody knows how many
        return None
    magnitude, unit, tail, more = _unit_at(folded, first.end, first.chinese)
    second, second_tail = _upper(folded, first, tail if unit else first.end)
    if second:
        upper_magnitude, upper_unit, upper_tail, _ = _unit_at(folded, second_tail, second.chinese)
        if upper_unit and (not unit or unit == upper_unit):
            return _made(folded, at, first, second.value, upper_unit, upper_magnitude, upper_tail, False)
    if not unit:
        return _borrowed(folded, at, first)
    if unit == "个" and _POINTS_BEHIND.match(folded, tail):
        unit = "个百分点"
    return _made(folded, at, first, None, unit, magnitude, tail, more)


# 分别提高3个、2个百分点: the unit of the last is meant in all
_POINTS_BEHIND = lazy(r"(?:[、和][\d.]+个?)+百分点")

#: How far before a figure 分别 may stand for its unit to be the next one's.
_REACH = 16


def _borrowed(folded: str, at: int, first: Number) -> Mention | None:
    """分别控制在32、58微克/立方米以下: under 分别 a bare figure has the unit of the one after it."""
    if folded[first.end : first.end + 1] not in ("、", "和") or "分别" not in folded[max(0, at - _REACH) : at]:
        return None
    following = _number(folded, first.end + 1)
    while following and folded[following.end : following.end + 1] in ("、", "和"):
        # 品牌价值分别达13.2、12.3、11.4亿元
        following = _number(folded, following.end + 1)
    if following is None:
        return None
    magnitude, unit, _, _ = _unit_at(folded, following.end, following.chinese)
    return _made(folded, at, first, None, unit, magnitude, first.end, more=False) if unit else None


def _upper(folded: str, first: Number, at: int) -> tuple[Number | None, int]:
    """The upper end of a range (1至2个, 6%~7%), and where it ends."""
    if at < len(folded) and folded[at] in _JOINTS:
        at += 2 if folded.startswith("——", at) else 1
        second = _number(folded, at)
        if second and second.value > first.value:
            return second, second.end
    return None, at


# 42万群众: people are counted without a classifier
_PERSONS = lazy(
    "(?:农村|城镇|城乡|中低收入|困难|基层|各族|移民|脱贫|中小|在校|老年|适龄|育龄|参保|农业转移|无电地区|缺水地区|低保|特困|常住|户籍|流动|贫困|残疾|失业|退役|退休|低收入|(?:符合|满足)条件的?|已参保|进城|返乡|留守)*"
    "(?:群众|居民|市民|村民|农民工?|职工|老人|老年人|婴幼儿|残疾人|劳动力|劳动者|毕业生|旅客|纳税人|(?:沼气|电力|燃气|宽带|供暖|用水)?用户|市场主体|经营主体|学生|师生|游客|移民|儿童|妇女|青少年|家庭|患者|人口|人员|个体工商户)"
)


def is_of_persons(folded: str, at: int) -> bool:
    """Whether people are what a bare figure counts."""
    return bool(_PERSONS.match(folded, at))


# 总收入238.68万(扣除退税因素)
_REMARK = lazy(r"\([^()]{4,}\)")
# 突破200万大关
_MARK = lazy("大关|关口")


# 亿元/平方公里, 元/人·年: what an amount is reckoned by is part of its unit
_PER = lazy("/(?:万|千|百|十)?(?:平方公里|平方米|立方米|公里|公顷|亩|人|户|吨|年|月|日|天|件|小时|台|辆|次)")


def _unit_at(folded: str, at: int, chinese: bool) -> tuple[str, str, int, bool]:
    """(magnitude, unit, end, whether 余 or 多 stands in it) of what follows a number; an empty unit where none does."""
    units, _ = _units()
    start, more = at, False
    while at < len(folded):
        end = units.end(folded, at, len(folded))
        # 145项目标任务 counts 目标任务
        if end > at and (_traps().end(folded, at, len(folded)) == at or folded.startswith("项目标", at)):
            per = _PER.match(folded, end)
            end = per.end() if per else _both_units(folded, end)
            return folded[start:at].replace("余", "").replace("多", ""), folded[at:end], end, more
        if folded[at] in "余多" and not more:
            more = True
        elif folded[at] not in MAGNITUDES and not (folded[at] == " " and at == start and not chinese):
            break
        at += 1
    magnitude = folded[start:at].strip().replace("余", "").replace("多", "")
    # 突破2000万: a great number without a unit is an amount only if 万 or 亿 closes it
    if (
        magnitude
        and magnitude[-1] in "万亿"
        and (
            at == len(folded)
            or folded[at] in ",。;、)以左"
            or _REMARK.match(folded, at)
            or _PERSONS.match(folded, at)
            or _MARK.match(folded, at)
        )
    ):
        return magnitude, magnitude, at, more
    return "", "", at, False


def _both_units(folded: str, end: int) -> int:
    """5个(处), 300台(套): a unit with another in brackets is printed as both."""
    if folded[end : end + 1] != "(":
        return end
    inner = _units()[0].end(folded, end + 1, len(folded))
    return inner + 1 if inner > end + 1 and folded[inner : inner + 1] == ")" else end


def _made(
    folded: str, at: int, number: Number, upper: Decimal | None, unit: str, magnitude: str, tail: int, more: bool
) -> Mention:
    _, table = _units()
    end = _after().end(folded, tail, len(folded))
    after = folded[tail:end]
    if end == tail and folded[tail : tail + 1] == "(":
        end, after = _behind_remark(folded, tail)
    # 内 closes a limit (3天内) but opens many nouns (内资); it counts only where the clause ends
    if folded[tail:end] == "内" and folded[end : end + 1] not in ("", ",", "。", ";", "、"):
        end = tail
    frame, words = _frame(folded, at)
    return Mention(
        frame=frame,
        start=number.start,
        tail=tail,
        end=end,
        value=number.value,
        value_max=upper,
        unit=unit,
        magnitude=magnitude.strip(),
        group=table.get(unit) or table.get(unit.partition("/")[0]) or table.get(unit.partition("(")[0], "bare"),
        before=words,
        after=after,
        more=more,
        chinese=number.chinese,
    )


_LONGEST_REMARK = 10


def _behind_remark(folded: str, tail: int) -> tuple[int, str]:
    """200个(标准桩)以上: the end and the words of a qualifier behind a remark on the unit."""
    close = folded.find(")", tail, tail + _LONGEST_REMARK) + 1
    end = _after().end(folded, close, len(folded)) if close else 0
    return (end, folded[close:end]) if end > close else (tail, "")


_SCORES = lazy("上[百千万亿]")
_PLACES_ABOVE = ("以上", "网上", "路上", "线上", "规上", "限上", "纳上", "县上", "市上")


_TOTALS = ("总量", "总数")


def _frame(folded: str, at: int) -> tuple[int, str]:
    """Where the words that govern a figure begin, and the one of them that says most (控制在不超过: 不超过)."""
    start, said = at, ""
    if _SCORES.match(folded, at - 1) and folded[max(0, at - 2) : at] not in _PLACES_ABOVE:
        # 上百场, 上千名: at least
        start, said = at - 1, "超"
    while True:
        window = max(0, start - _LONGEST_FRAME)
        begin = _before().begin(folded, window, start)
        if begin == start:
            return start, said
        word = folded[begin:start]
        if len(word) == 1 and folded[begin - 1 : begin] in lexicon.words("frames")["trap"].get(word, ()):
            return start, said
        if word.startswith(_TOTALS) and folded[begin - 1 : begin] not in ("", *",。;、: "):
            # 经济总量达6万亿元: the total is what is named
            begin += 2
            word = folded[begin:start]
        if not said or _meaning("before", said) is Comparator.EQUAL:
            said = word
        start = begin
