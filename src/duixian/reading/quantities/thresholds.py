"""Figures that say which things are counted, not how many: 投资10亿元以上的项目, 80周岁以上老年人."""

from __future__ import annotations

import re

from .. import lexicon
from ..model import Comparator
from ..patterns import lazy
from .mentions import Mention, is_of_persons
from .scene import Scene

#: A Chinese numeral below this is mostly a figure of speech, one from it on mostly a class (百亿元项目).
SPOKEN_VALUE = 100


def threshold(m: Mention, s: Scene) -> bool:
    """投资10亿元以上的重大项目, 80周岁以上老年人: the figure says which things are counted, not how many.

    After a classifier 以上 is a promise (100家以上企业): things are counted one by one, money and age are not.
    """
    rest = s.after(m.end)
    if m.group == "money" and rest.startswith("的") and _WORTH.search(s.before(m.frame, 6)):
        # 推进总投资56亿元的抽水蓄能电站: how dear a thing is says which one is meant
        return True
    if m.chinese and m.base_value >= SPOKEN_VALUE and any(x.end == m.start and x.group == "count" for x in s.mentions):
        # 12个百亿元、6个百万羽: a round figure right behind a count names a class
        return True
    if m.chinese and m.value in _ROUND and rest and _NOUN.match(rest) and _names_class(m):
        return True
    if m.after and any(x.end == m.start and x.group == "count" for x in s.mentions) and _NOUN.match(rest):
        # 230个50户以上村寨: the second count sorts what the first counts
        return True
    if m.after and m.group == "count" and any(x.start > m.end and _sorts(s, m, x) for x in s.mentions):
        # 50头以上养殖大户23户: the later count says how many of them
        return True
    if m.after and m.unit in ("户", "人") and _SETTLEMENT.match(rest):
        # 推进150户以上自然村通硬化路: how great the villages are
        return True
    if m.group == "bare" and is_of_persons(s.folded, m.end):
        return False
    if m.group in lexicon.words("units")["groups"]["delivered"] or m.group in ("percent", "points", "times_more"):
        return False
    if m.group == "money" and _beside_threshold(m, s):
        return True
    if not (m.after or m.more) and m.comparator is Comparator.EQUAL:
        # 完成30万平方米居民住宅改造: 完成 only leads to the figure
        return False
    if m.group == "money" and _given_out(m, s):
        return False
    if m.group == "money" and not m.after and any(x.start > m.end and _sorts(s, m, x) for x in s.mentions):
        return True
    return rest.startswith(lexicon.group("refusals", "threshold.nouns")) or (m.after != "" and bool(_NOUN.match(rest)))


_SETTLEMENT = lazy("的?(?:较大)?(?:自然村|村寨|村组|聚居点|聚居区|居民点|村落|屯)")


def _names_class(m: Mention) -> bool:
    """百亿元项目, and things no one counts one by one: 百万亩造林, 百万羽养殖场."""
    return m.group == "money" or (m.magnitude == "万" and m.group in ("area", "count") and not m.before)


_BESIDE = lazy(r"[、或]\d")


def _beside_threshold(m: Mention, s: Scene) -> bool:
    """引进5亿元、10亿元以上项目, 超3亿元或3000万美元项目: a bare sum set beside one that sorts."""
    if s.before(m.start, 1) == "或":
        return any(x.end == m.start - 1 and x.comparator is not Comparator.EQUAL for x in s.mentions)
    if m.before or m.after or m.more or not _BESIDE.match(s.folded, m.end):
        return False
    beside = next((x for x in s.mentions if x.start == m.end + 1), None)
    return beside is not None and beside.after != "" and bool(_NOUN.match(s.after(beside.end)))


_WORTH = lazy("(?:投资|产值|营收|销售额|收入|估值|市值|造价)(?:达|约|超)?$")
# the money itself is handed out
_GIVEN_OUT = lazy("(?:发放|投放|安排|筹集|筹措|设立|兑付|兑现|拨付|统筹|整合|投入)(?:不少于|不低于|超过|超|逾|近|约)?$")
_MONEY = lazy(r"[^、,;]{0,10}?(?:资金|基金|消费券|券|贷款|补贴|红包|信贷|债券|补助|奖金)")


def _given_out(m: Mention, s: Scene) -> bool:
    """发放5亿元以上消费券: the sum is what is given, it sorts nothing out; 发放10万元以上贷款200笔 counts loans."""
    if any(x.start > m.end and x.group in ("count", "people") for x in s.mentions):
        return False
    return bool(_GIVEN_OUT.search(s.before(m.start, 8))) and bool(_MONEY.match(s.folded, m.end))


def _sorts(s: Scene, m: Mention, later: Mention) -> bool:
    """投资超5亿元制造业项目20个: a sum before a noun that a classifier then counts sorts the things out."""
    between = s.folded[m.end : later.frame]
    return later.group == "count" and len(between) >= 2 and not re.search("[、,和及]", between)


# 百亿元项目, 千亿元产业: a round sum before a noun is a class
_ROUND = (10, 100, 1000)
# whatever follows a qualified measure directly, unless it closes the phrase, is what the measure sorts out
_NOUN = lazy(r"[^、,;。!?()和及与且或并,达增…]")
