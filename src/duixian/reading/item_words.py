"""The words of an item and what is set before them: a label, a bullet; what its headings hand down."""

from __future__ import annotations

from .fold import HAN
from .patterns import lazy
from .responsible import NO_DUTIES, Duties
from .source import Passage

_LABEL = lazy(
    r"(?:任务内容|工作内容|主要内容|具体内容|建设内容|实施内容|工作任务|重点任务|具体任务|目标任务|年度任务|年度目标|工作目标|任务)\s*:\s*"
)


def without_label(passage: Passage) -> Passage:
    """An item's words without the label they are set under: 任务内容:新增……"""
    label = _LABEL.match(passage.folded)
    return passage.part(label.end(), len(passage.text)) if label else passage


def inherited(own: Duties, heading: Duties) -> Duties:
    """A heading's leaders and units hold for the items that name none themselves."""
    if heading is NO_DUTIES:
        return own
    return Duties(
        own.leads or heading.leads,
        own.responsible or heading.responsible,
        own.cooperating or heading.cooperating,
        own.sponsors or heading.sponsors,
        own.limits or heading.limits,
    )


_BULLET = lazy(rf"[-+·•●○■□◆◇▪▶►▲★☆※✓✔]+\s*(?!\d)|[▶►▲★☆※✓✔●■◆]+\s*|[-—]{{2}}(?={HAN}|“)")


def without_bullet(passage: Passage) -> Passage:
    """A line without the bullet it is set off with: - 责任单位:市教育局."""
    bullet = _BULLET.match(passage.folded)
    return passage.part(bullet.end(), len(passage.text)) if bullet else passage
