"""Targets set against another figure: 与经济增长同步, 高于全省平均水平."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clauses import Clause, Layout
from .model import Comparator
from .patterns import lazy
from .quantities.amounts import Amount
from .quantities.indicators import is_bare_measure, phrase_start, subject_of
from .quantities.mentions import scan as scan_figures
from .values import value


@value(frozen=True, slots=True)
class Bond:
    """A relation by local offsets."""

    start: int
    end: int
    indicator: str
    comparator: Comparator
    against: str
    clause: Clause
    confidence: float


# 与经济增长(基本)同步: the two keep pace
_PACE = lazy(
    r"(?:与|和|同)(?P<against>[^,与和同]{2,20}?)(?:基本|保持|保持基本)*(?:同步|同频|相当|持平|相适应)(?:增长|提高)?$"
)
# 高于全省平均水平: above; 不低于: at least. Against whom must be a figure in words, not in digits.
_ABOVE = lazy(
    r"(?P<how>不低于|不慢于|不高于|高于|快于|优于|好于|大于|超过|低于|领先于?|高出)"
    r"(?P<against>[^,\d]{0,14}?(?:水平|平均|增速|增长|增幅|均值|平均数|目标|同期|标准|全省|全国|全市|一般公共预算收入))"
    r"(?P<by>\d[\d.]*个?百分点(?:以上|左右)?)?$"
)
# Without any of these no clause sets one figure against another: most passages have none.
_MAY_RELATE = lazy("同[步频]|相[当适]|持平|[低慢高快优好大]于|超过|领先|高出")
# 增速保持全省前列 and the like set no figure and are no relation
_HOW = {
    "不低于": Comparator.AT_LEAST,
    "不慢于": Comparator.AT_LEAST,
    "不高于": Comparator.AT_MOST,
    "低于": Comparator.AT_MOST,
}


def read_relations(layout: Layout, amounts: Sequence[Amount]) -> list[Bond]:
    """The relations of a passage; a bare 增速 takes its subject from the clause before it."""
    made: list[Bond] = []
    if not _MAY_RELATE.search(layout.folded):
        return made
    for clause in layout.clauses:
        text = layout.folded[clause.start : clause.end].rstrip(" .")
        match = _PACE.search(text) or _ABOVE.search(text)
        if not match or any(True for _ in scan_figures(match["against"])):
            continue
        how = match.groupdict().get("how")
        comparator = _HOW.get(how, Comparator.ABOVE) if how else Comparator.EQUAL
        start = phrase_start(layout.folded, clause.start, clause.start + match.start())
        indicator = layout.printed[start : clause.start + match.start()].strip(" 、")
        indicator = "" if indicator in ("且", "并", "并且", "应", "且应") else indicator
        indicator, sure = _with_subject(layout, indicator, clause, amounts, made)
        if indicator:
            made.append(Bond(start, clause.start + match.end(), indicator, comparator, match["against"], clause, sure))
    return made


def _with_subject(
    layout: Layout, indicator: str, clause: Clause, amounts: Sequence[Amount], made: list[Bond]
) -> tuple[str, float]:
    bare = indicator in ("", "增速", "增幅", "增长", "增长率") or is_bare_measure(indicator)
    if not bare:
        return indicator, 0.95
    before = [a.indicator for a in amounts if a.clause.sentence == clause.sentence and a.end <= clause.start]
    before += [b.indicator for b in made if b.clause.sentence == clause.sentence]
    if not before:
        return indicator, 0.5
    subject = re.sub(r"(?:增长|增速)$", "", before[-1])
    return (subject_of(subject) if indicator not in ("", "增速", "增幅", "增长", "增长率") else subject) + (
        indicator or ""
    ), 0.8
