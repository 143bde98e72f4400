"""Sentences that tell what was done and go on to what will be: 目前已建成30座,年底前全部建成."""

from __future__ import annotations

from collections.abc import Iterator

from ..clauses import lay_out
from ..patterns import lazy
from ..source import Passage

# words one of which must stand in a sentence before it is looked at clause by clause
_HINTS = ("今年", "明年", "下一步", "年底", "年内", "月底", "预计", "将于", "将在", "计划", "力争", "确保")
_DONE_HINTS = ("半年", "季度", "个月", "月份", "截至", "截止", "目前", "1-")
# 预计今年6月投用, 今年将建成: a plan wherever it stands
_WILL = lazy(
    "(?:预计|力争|计划|将|有望|确保)(?:于|在|到)?(?:今年|明年)|下一步|明年(?:将|力争|计划)|今年(?:将|力争|计划|要|拟)"
)
# after what is done so far also a bare limit turns to what is to come: 年底前完工, 6月底投用
_WILL_THEN = lazy(
    r"(?:[这其剩]余?的?\d*[个项]?(?:项目|工程)?)?"
    "(?:今年(?!以来|上半年|前|[一二三]季度|[1一]月?[-—~至])|明年|(?:预计|力争|计划|将|有望|确保|可)?(?:于|在|到)?"
    r"(?:今年|明年)?(?:年底|年内(?!计划)|\d{1,2}月底|\d{1,2}月[上中下]旬|年末)(?:前|之前)?(?!已|均已|都已|,?累计)"
    r"|(?:预计|力争|计划|将|有望|确保)(?:于|在|到)?(?:\d{1,2}月|下半年|春节|“))"
)
# 去年完成40处, 目前已完成30座: what is said so far is done
_SO_FAR = lazy("去年|上年|截[至止]|目前|现已|已")
# 上半年已完成3555张, 上半年完成了53万平方米: in a plan what is done of it
_DONE_OF_IT = lazy(
    r"(?:今年)?(?:上半年|前三季度|一季度|前[一二三四五六七八九十]+个?月|1[-—~至]\d{1,2}月份?|截[至止][^,]{0,8}|目前)"
    "(?:[,]?(?:全市|全县|全区|全省|我市|我县|我区))?(?:已|完成了|实际)"
)
# 计划二季度完成20场,实际完成27场: a plan that is reported on
_REPORTED = lazy("[,;](?:实际|已|截[至止]|目前|现已|累计)")
_SO_FAR_WITHIN = 8


def divided(passage: Passage, *, told: bool, reports: bool) -> Iterator[tuple[Passage, bool]]:
    """The stretches of a sentence, each with whether it tells of the past.

    The sentence as a whole does where it is `told`, but its clauses may turn to a plan, or from the plan to what is
    done of it. `reports` says that the page tells how things stand, so that a bare limit is still to come.
    """
    folded = passage.folded
    if not any(hint in folded for hint in (_HINTS if told else _DONE_HINTS)):
        yield passage, told
        return
    will = _WILL_THEN if reports or not told or _SO_FAR.search(folded[:_SO_FAR_WITHIN]) else _WILL
    done = _SO_FAR if told else _DONE_OF_IT
    start, is_told, previous = 0, told, 0
    for clause in lay_out(folded).clauses:
        was = told if ";" in folded[previous : clause.start] else is_told
        # how the sentence begins was judged before
        turns = previous > 0 and bool(will.match(folded, clause.start)) and not _REPORTED.match(folded, clause.end)
        now = not turns if was else bool(done.match(folded, clause.start))
        if now != is_told and clause.start > start:
            yield passage.part(start, clause.start), is_told
            start = clause.start
        is_told, previous = now, clause.end
    yield passage.part(start, len(folded)), is_told
