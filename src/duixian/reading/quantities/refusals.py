"""Which figures are no promise, each with its reason: names, thresholds, ratings, old levels, last year's results.

Every rule answers one question about one figure and is named by what it finds; the first that applies wins.
"""

from __future__ import annotations

from collections.abc import Callable

from .. import lexicon
from ..model import Comparator
from ..patterns import lazy
from .elsewhere import compared, later_year, memory, old_level
from .mentions import Mention
from .scene import Scene
from .thresholds import SPOKEN_VALUE, threshold


def _ends_with(text: str, key: str) -> bool:
    return text.endswith(lexicon.group("refusals", key))


def _enclosed(m: Mention, s: Scene) -> bool:
    """In quotes it is a slogan or a name, in brackets a remark (累计约900户, 50兆瓦): neither is promised."""
    return not s.layout.is_plain(m.start)


def _in_time(m: Mention, s: Scene) -> bool:
    """2026年, 3季度, 10月底前."""
    return bool(s.times) and any(t.start < m.end and m.start < t.end for t in s.times)


_BASES = (100, 1_000, 10_000, 100_000, 1_000_000)


def _per_capita(m: Mention, s: Scene) -> bool:
    """每千人口托位数, 每10万人口, 每50公斤, 千人托位数: the figure is the base of a ratio."""
    if s.before(m.start, 1) == "每" or s.before(m.start, 2) == "就有" or _EVERY.search(s.before(m.start, 6)):
        return True
    if m.base_value not in _BASES and not m.chinese:
        return False
    # without 每 a bare thousand before a measure that has its own figure
    return m.chinese and m.group == "people" and not m.after and bool(_RATIO.match(s.folded, m.end, s.clause.end))


# 每出口4辆汽车就有1辆
_EVERY = lazy("每(?:出口|销售|生产|卖出|售出|产|销)$")
_RATIO = lazy(r"(?:口|均)?[^、,\d]{1,10}?(?:数|率|量|面积|床位|拥有)[^、,\d]{0,4}\d")


def _ordinal(m: Mention, s: Scene) -> bool:
    """第58次, 第三中学, 全国前8位."""
    if m.unit in ("位", "名") and _RANK.search(s.before(m.start, 12)):
        return True
    return _ends_with(s.before(m.start, 4), "before.ordinal")


_RANK = lazy("前$|(?:位次|排名|排位|名次)[^,、]{0,6}$")
_PRODUCT = lazy(r"\d+[×xX+]\d")
_CODE = lazy(r"[A-Za-z×xX+/.\-]$|[A-Za-z]-?$|国道$|省道$|县道$")


def _coded(m: Mention, s: Scene) -> bool:
    """G347, X204线, 2×66万千瓦, PM2.5, 国道341: the digits belong to a name."""
    if _CODE.search(s.before(m.start, 3)):
        return True
    nearby = s.folded[m.start : m.end + 1]
    return bool(_PRODUCT.match(nearby)) or "×" in s.folded[m.start : m.tail]


def _rating(m: Mention, s: Scene) -> bool:
    """220千伏变电站: a rating never counts."""
    return m.group == "rating"


# 储备不低于10天消费量: days measure a stock
_DAYS_OF = lazy("消费量|用量|供应量|需求量")
# what must stand before a span of time or a score for it to be an amount
_SPAN_WORDS = lazy(
    r"(?:天数|时间|时长|时限|时效|周期|期限|工期|寿命|年限|学时|压缩|压减|缩短|控制|平均|达到|不少于|不超过|提升|前移|得分|评分|同比增加|同比减少)[^,]{0,8}$"
)


def _span_of_time(m: Mention, s: Scene) -> bool:
    """三年行动, 24小时, 80周岁: spans of time are names or conditions unless the words before them measure time."""
    if m.group not in ("time", "score"):
        return False
    if (m.unit == "岁" and "寿命" in s.before(m.start)) or (m.unit == "年" and "年限" in s.before(m.start)):
        return False
    if _DAYS_OF.match(s.folded, m.end):
        return False
    if s.after(m.end)[:1] not in ("", "、", "和", "(") and not s.after(m.end).startswith(("办结", "完成", "办理")):
        return True
    return not _SPAN_WORDS.search(s.before(m.start)) or m.unit in ("年", "月", "日", "号", "周岁", "岁", "周年", "旬")


def _capacity_name(m: Mention, s: Scene) -> bool:
    """4万吨...材料等650个项目, 建设120万吨焦化项目: a plant's own capacity is part of its name."""
    if m.group not in ("capacity", "density"):
        return False
    rest = s.after(m.end)
    if not rest or rest[0] in "、,;。)和及(":
        return False
    return lexicon.matching("refusals", "name.plants").stand_in(rest[:30])


# 改造背街小巷20条,总长9.8公里: how long all of them are is promised with their number
_OF_COUNTED = lazy(r"\d(?:条|座|段|处|个),?\s*(?:总长度?|全长|总里程)$")


def _stated_capacity(m: Mention, s: Scene) -> bool:
    """年产10万吨, 总库容3亿立方米: the words before say that a thing is described."""
    if m.group == "length" and _OF_COUNTED.search(s.folded[: m.frame]):
        return False
    if m.before in ("达到", "达", "突破", "超过", "增加到", "提高到"):
        # 装机容量达到620万千瓦 is reached, not described
        return False
    return m.group in ("capacity", "area", "length") and _ends_with(s.before(m.frame, 8), "before.capacity")


def _example(m: Mention, s: Scene) -> bool:
    """What stands before 等N个X is an example; its figures belong to it (200万平方米改造、...等18个项目)."""
    if m.group == "percent" or "等" not in s.after(m.end) or s.folded.endswith("等", 0, m.frame):
        # 甲等14条公路和乙等4条铁路: what 等 itself counts is no example
        return False
    later = [
        x
        for x in s.mentions
        # 完成甲等2个改造并推进乙等3个改造: a second verb begins another thing
        if x.start > m.end and s.folded.endswith("等", 0, x.start) and "并" not in s.folded[m.end : x.start]
    ]
    return any(
        s.folded[m.end : m.end + 1] not in "、,;" or m.group == "capacity" for x in later if x.start < s.clause.end
    )


_FEW = 10
_SAYINGS = ("千方百计", "千家万户", "千家", "万家灯火", "万户", "百家争鸣", "百花齐放", "千门万户", "万众", "千头万绪")
_SUFFERED = ("受灾", "遇难", "失联", "死亡", "受伤", "失踪")
# 14亿人口的大国
_GREAT_PLACE = lazy("的(?:人口)?(?:大国|大省|大市|大县|大区|城市|[^,、]{0,4}国家)")


def _name_word(m: Mention, s: Scene) -> bool:
    """100亿元级集群, 10万吨级码头, 3人制篮球: a class that things belong to."""
    if m.unit == "人" and s.folded.startswith("制", m.tail):
        return True
    if m.chinese and s.folded.startswith(_SAYINGS, m.start):
        return True
    if m.unit == "类" and any(x.end == m.start for x in s.mentions):
        # 3个1类新药
        return True
    if s.is_result and m.group == "people" and s.folded.startswith(_SUFFERED, m.end):
        return True
    if m.chinese and not m.magnitude and (m.unit == "村" or (m.unit == "元" and m.value < _FEW)):
        # 千村示范, 三元
        return True
    if m.group == "people" and _GREAT_PLACE.match(s.folded, m.end):
        return True
    return (
        m.group not in ("count", "people", "percent", "points")
        and s.folded.startswith(lexicon.group("refusals", "name.after"), m.tail)
        and not m.after
    )


_EACH_TIME = lazy(r"每(?:个?季度|个?月|半年|周|天|日|季|学期|两个月)[^,]{0,8}$")


_OWED_EACH = lazy("至少|不少于|不低于")


def _rhythm(m: Mention, s: Scene) -> bool:
    """每季度1次, 每月2期: how often, not how many."""
    if m.comparator is Comparator.AT_LEAST or _OWED_EACH.search(s.before(m.start, 14)):
        # 每月不少于2次, 每季度至少召开1次 is owed
        return False
    return m.group == "count" and m.unit in ("次", "期", "场", "批") and bool(_EACH_TIME.search(s.before(m.start, 14)))


# 办好十件民生实事: deeds are counted in words too
_DEEDS = lazy("(?:重点|省定|市定)?(?:民生|惠民|便民|为民)?(?:办)?实事")
_ONE_EACH = lazy(r"(?:至少|不少于|每[^,]{1,8}|各)[^,]{0,4}$")


# 连跨五个百亿台阶
_STEPS = lazy("[十百千万亿]+元?(?:级|新)?(?:台阶|大关|关口)")


def _figure_of_speech(m: Mention, s: Scene) -> bool:
    """两个“王炸”产业, 三项指标: a small Chinese numeral counts only where a verb of work is written before it."""
    if _STEPS.match(s.folded, m.tail):
        # 连跨4个万亿元台阶
        return True
    if m.unit == "件" and _DEEDS.match(s.folded, m.tail):
        return False
    if not m.chinese or m.magnitude or m.group in ("percent", "points", "times_more", "money", "area"):
        return False
    if m.base_value >= SPOKEN_VALUE:
        return False
    if m.unit in lexicon.words("refusals")["spoken"]["parts"]:
        return True
    if any(x.start == m.end for x in s.mentions):
        return False
    if _STEPS.match(s.folded, m.end):
        return True
    if m.value == 1 and not _ONE_EACH.search(s.before(m.start, 14)):
        return True
    direct = _ends_with(s.before(m.start, 8), "spoken.verbs") or (s.before(m.start, 1) == "等" and m.unit != "类")
    closes = s.after(m.end)[:1] in ("", "、") and m.unit not in ("项", "类", "种")
    return not (direct or closes)


_CLAIM = lazy(
    r"(?:方面|大类|个?领域|项任务|项具体任务|项重点任务|项工作|条措施|项措施|条举措|项举措|项机制|项制度(?!创新)|项指标|个环节|个维度|个方向)"
)


def _list_of_itself(m: Mention, s: Scene) -> bool:
    """8个方面32项任务, 20条措施: the document speaks of itself.

    办好10件民生实事 counts what is owed, unless the deeds follow behind a colon one by one.
    """
    if _DEEDS.match(s.folded, m.tail):
        return not s.is_result and s.folded[s.clause.end : s.clause.end + 1] == ":"
    return bool(_CLAIM.match(s.folded, m.tail)) or bool(_CLAIM.match(s.folded, m.tail - len(m.unit)))


_NEARNESS = lazy("(?:服务)?覆盖(?:率|面)|生活圈|养老圈|服务圈|便民圈|健身圈|经济圈|范围|半径|通勤|交通圈")


def _scope(m: Mention, s: Scene) -> bool:
    """在16个合作社中,…; 其余27项中,已完成19项; 303个项目中开工278个: out of how many, not how many."""
    if m.group != "count" or "中" not in s.folded[m.end : s.clause.end]:
        return False
    found = _OUT_OF.match(s.folded, m.end, s.clause.end)
    if found is None:
        return False
    # 在全省91个县(市)中排名第一
    of_all = s.before(m.start, 2) in _ALL_OF
    return of_all or found.end() == s.clause.end or any(x.start > m.end for x in s.mentions)


_ALL_OF = ("全国", "全省", "全市", "全县", "全区")
# but 高中, 初中, 集中; 中心, 中学
_OUT_OF = lazy(r"[^、,;\d]{0,24}?(?<![高初职完集其])中(?![心学小医间药型央等试餐华国])")


def _distance(m: Mention, s: Scene) -> bool:
    """15分钟生活圈, 10公里范围内: how near, not how many."""
    return bool(_NEARNESS.match(s.folded, m.end, s.clause.end))


REFUSALS: tuple[tuple[str, Callable[[Mention, Scene], bool]], ...] = (
    ("enclosed", _enclosed),
    ("time", _in_time),
    ("per_capita", _per_capita),
    ("ordinal", _ordinal),
    ("coded", _coded),
    ("rating", _rating),
    ("span_of_time", _span_of_time),
    ("threshold", threshold),
    ("capacity_name", _capacity_name),
    ("stated_capacity", _stated_capacity),
    ("example", _example),
    ("name_word", _name_word),
    ("old_level", old_level),
    ("compared", compared),
    ("memory", memory),
    ("later_year", later_year),
    ("rhythm", _rhythm),
    ("figure_of_speech", _figure_of_speech),
    ("list_of_itself", _list_of_itself),
    ("scope", _scope),
    ("distance", _distance),
)


def refusal(mention: Mention, scene: Scene) -> str | None:
    """Why a figure is no commitment; None where it is one."""
    for name, rule in REFUSALS:
        if rule(mention, scene):
            return name
    return None
