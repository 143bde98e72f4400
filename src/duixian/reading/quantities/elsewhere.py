"""Figures of another time or of another thing: old levels, what had been promised, what is done, what is compared."""

from __future__ import annotations

from ..patterns import lazy
from ..times import Time
from .mentions import Mention
from .scene import Scene

_TO_LEVEL = lazy(
    r"(?:提高|提升|增加|上升|扩大|下降|降低|降|升|压缩|压减|缩短|减少|减|增|调整|调高|调低|上调|下调|扩|提|拓展|延长|缩小|收窄|攀升|恢复|升级)(?:到|至|为)"
)


# 由150元, 从每人每月720元
_FROM = lazy(r"(?:由|从|自)[^,、]{0,12}$")


def old_level(m: Mention, s: Scene) -> bool:
    """由150元提高到160元: only the new level is promised."""
    if s.before(m.start, 4).endswith(("现行", "目前的", "原来的", "原")) and _TO_LEVEL.search(s.after(m.end)[:16]):
        # 将现行16%的税率降至13%
        return True
    if not _FROM.search(s.before(m.start, 16)):
        return of_old_levels(m, s)
    return bool(_TO_LEVEL.search(s.after(m.end)[:16]))


# 从每人每月574元、271元分别提高到609元、300元: the second of a series
_FROM_SERIES = lazy(r"(?:由|从)(?P<levels>[^,;]{0,12}\d[^,;]{0,16}[、和])$")


def of_old_levels(m: Mention, s: Scene) -> bool:
    """Whether a figure goes on a series of old levels, which the new ones follow."""
    if m.group == "count" or not s.before(m.start, 1).endswith(("、", "和")):
        return False
    series = _FROM_SERIES.search(s.before(m.start, 34))
    return series is not None and not _TO_LEVEL.search(series["levels"]) and bool(_TO_LEVEL.search(s.after(m.end)[:16]))


_PROMISED = lazy("的?(?:全年|年度|年初|省定|市定|下达)?的?(?:目标任务|任务目标|目标(?!价)|任务(?!书))")
# 农村改厕任务380座,完成386座: the first is last year's target
_WAS_PROMISED = lazy("(?:任务|考核指标|目标任务|年度目标|计划数|任务数)(?:为|是)?$")
_PAST = lazy(r"(?:近[两三几]年|累计已|已累计|去年|上年|往年|历年|截至目前|目前已|已累计|现有)[^,]{0,14}$")
# 办理建议120件,已完成80件: how far it is
_DONE = lazy(
    r"(?:^|[,、;。(])(?:其中|目前|现|现在)?已(?:经|累计|全部)?(?:完成|建成|办结|开工|投用|竣工|签约|改造|落实|到位|实施)(?!项目|工程|企业|的)[^,、;。\d]{0,6}$"
)
_COMPARED = lazy(r"(?:比|较|同比|超过|高于|低于)(?:去年|上年|往年|历年)")


def memory(m: Mention, s: Scene) -> bool:
    """去年完成40处, 目前已建成30座: what is done already is no commitment (but 比上年增长6% is)."""
    if s.is_result:
        # 超额完成40所的年度目标任务: what had been promised
        share = m.group == "percent" and not _PROMISED.match(s.folded, m.end)
        return not share and (_is_promise(m, s) or _planned_then_done(m, s))
    before = s.before(m.start, 24)
    if _DONE.search(before):
        return True
    past = _PAST.search(before)
    # 由上年的45%提高到50%: the new level is no memory
    if past and not _COMPARED.search(before) and not _TO_LEVEL.search(past.group()):
        return True
    # 预算支出(扣除2022年灾后重建资金外)增长3%: a year inside brackets dates no figure outside
    return any(
        _before_plan(t, s) and s.before(t.start, 12).rfind("(") <= s.before(t.start, 12).rfind(")")
        for t in s.times
        if s.clause.start <= t.start < m.start
    )


def _is_promise(m: Mention, s: Scene) -> bool:
    """40所的年度目标任务, 任务380座, 完成每个网格配备1名以上网格员的任务: what had been promised."""
    if _PROMISED.match(s.folded, m.end):
        return True
    if _WAS_PROMISED.search(s.before(m.frame, 8)):
        # 完成烟叶生产任务603万公斤 is what was done
        return "完成" not in s.folded[s.clause.start : m.frame]
    rest = s.after(m.end)
    return (
        rest.endswith(("的任务", "的目标", "的年度任务", "的年度目标")) and "完成" in s.folded[s.clause.start : m.start]
    )


# 计划二季度完成20场,实际完成27场
_PLANNED = lazy("(?:原|年度|年初)?计划(?!总?投资|生育|单列|执行)[^,]{0,40}$")
_DONE_AFTER = lazy("[,;](?:实际|已|截[至止][^,]{0,8}已|目前已|现已)")


def _planned_then_done(m: Mention, s: Scene) -> bool:
    """What had been planned, where the same sentence goes on with what was done."""
    if "计划" not in s.folded[s.clause.start : m.start]:
        return False
    planned = _PLANNED.search(s.folded[s.clause.start : m.frame])
    return bool(planned and _DONE_AFTER.match(s.folded, s.clause.end))


def _before_plan(time: Time, s: Scene) -> bool:
    """A year before the plan's, unless it is only what is compared with (较2025年提高1.2个百分点)."""
    if not time.year or not s.year or time.year >= s.year:
        return False
    return not s.before(time.start, 2).endswith(("较", "比", "于", "同"))


def later_year(m: Mention, s: Scene) -> bool:
    """到2028年达到90%: beyond the plan's year nothing is promised yet."""
    return any(t.year and s.year and t.year > s.year for t in s.times if s.clause.start <= t.start < m.start)


# 高于全国0.3个百分点, 优于全省平均约1个百分点: a distance from another figure is a relation
_DISTANCE_FROM = lazy(
    r"(?:高于|快于|优于|好于|高出|领先|低于|慢于|落后|超过|超出|超|欠|塌|差(?=计划|目标|年度|全年|预期))(?P<from>[^,]{2,20})$"
    r"|(?:比(?![例重率])|较)(?!去年|上年|上一|同期|年初(?!计划|目标)|20\d\d|五年|“)[^,、]{2,12}(?<!提)(?<!降)(?<!减)(?:高|低|快|慢|多|少)出?$"
)
# 提高超过2个百分点 is a rise
_ROSE = lazy("提高|提升|上升|增加|下降|降低|回落|减少|增长|扩大|收窄|压减|压降|缩小")

# 比去年的46%再提高, 比上年多9个: what is compared with, and the difference told in a review
# 播种面积45万亩,超计划0.6万亩
_BEYOND = lazy(r"超(?:额完成|出|过)?(?:全年|年度|年初|市级?|省级?|县级?|下调|下达|预期|原定)*(?:计划|任务|目标|指标)+$")
_COMPARED_WITH = lazy(r"(?:比|较)(?:去年|上年|上年末|20\d\d年)的?$")
_DIFFERENCE = lazy(r"(?:比|较)[^,]{1,6}(?:多|少)$")


def compared(m: Mention, s: Scene) -> bool:
    """The old figure in a comparison, or the mere difference from it."""
    before = s.before(m.start, 12)
    if (m.group == "points" or _SHARES_POINTS.match(s.folded, m.tail)) and _is_distance(m, s):
        return True
    if m.group == "count" and _DIFFERENCE.search(before):
        return True
    if before.endswith(("序时进度", "时间进度")):
        # 超序时进度5.9%
        return True
    return bool(_COMPARED_WITH.search(before) or (m.group != "percent" and _BEYOND.search(before)))


# 高于全国、全省1个、0.2个百分点
_SHARES_POINTS = lazy(r"(?<=\d个)[、和][\d.]+个?百分点")


def _is_distance(m: Mention, s: Scene) -> bool:
    """Whether points part two figures (高于全国0.3个百分点) and are not a rise (比上年提高2个百分点)."""
    found = _DISTANCE_FROM.search(s.before(m.frame, 24))
    return found is not None and not _ROSE.search(found["from"] or "")
