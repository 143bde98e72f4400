"""Whether a figure is of several years: 到2030年, “十五五”时期, 年均. It is no part of one year's target."""

from __future__ import annotations

import re

SENTENCE_END = re.compile(r"[。！？!?\n]")
# which years the words after it speak of: the last of these before a figure decides
ANCHOR = re.compile(
    r"(?:到|至|截至)?(?P<year>20\d\d)年"
    r"|(?P<several>十[三四五六]五[”\"]?(?:时期|期间|期末|末|规划)|未来(?:三|五|几)年|(?:三|五)年(?:内|时间|目标)|今后(?:三|五|几)年)"
    r"|(?P<own>今年|本年|全年|年内|明年|新的一年)"
)
#: How far before a figure the sentence is looked at, and how near 年均 must stand.
LOOKED_BACK, NEAR = 200, 4
YEARLY_MEAN = re.compile(r"年均|每年平均")


def is_of_several_years(text: str, start: int, end: int, year: int | None) -> bool:
    """Whether the figure at text[start:end] is promised for other years than the plan's `year`."""
    floor = max(0, start - LOOKED_BACK)
    begun = max((match.end() for match in SENTENCE_END.finditer(text, floor, start)), default=floor)
    if YEARLY_MEAN.search(text, max(begun, start - NEAR), end):
        return True
    anchors = list(ANCHOR.finditer(text, begun, end))
    if not anchors or anchors[-1]["own"]:
        return False
    return bool(anchors[-1]["several"]) or (year is not None and int(anchors[-1]["year"]) != year)
