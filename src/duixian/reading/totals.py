"""Totals without digits: 全覆盖, 全部开工, 动态清零."""

from __future__ import annotations

from functools import cache
from re import Pattern
from re import compile as compile_pattern

from . import lexicon
from .clauses import Clause, Layout
from .fold import HAN
from .model import Full
from .outcomes import verbs
from .patterns import lazy
from .quantities.indicators import is_time, phrase_start


@cache
def _full() -> Pattern[str]:
    return compile_pattern(lexicon.any_of("stages", "words.full"))


_REACHING = lazy(r"(?P<what>[^、,]{3,}?)(?:实现|基本实现|做到)[^、,]{0,6}$")
_FIGURE_AT_END = lazy(rf"\d[\d.]*[万亿]?{HAN}$")
_COUNTED = lazy(r"\d+(?:[个项家所条户座处])([^、,]{2,})$")


def _before(layout: Layout, clause: Clause) -> str:
    """推进甲、乙等12个续建项目,6月底前全部复工: the object stands in the clause before."""
    at = layout.place_of(clause)
    if at == 0 or layout.clauses[at - 1].sentence != clause.sentence:
        return ""
    before = layout.clauses[at - 1]
    if counted := _COUNTED.search(layout.folded, before.start, before.end):
        return layout.printed[counted.start(1) : counted.end(1)]
    start = verbs.opening(layout.folded, before.start, before.end)
    chain = verbs.leading(layout.folded, start, before.end)
    start = chain[-1].end if chain else phrase_start(layout.folded, start, before.end)
    return layout.printed[start : before.end].strip(" 、")


def read_total(layout: Layout) -> Full | None:
    """The first total of a passage and what it is a total of."""
    for match in _full().finditer(layout.folded):
        if not layout.is_plain(match.start()):
            continue
        clause = layout.clause_at(match.start())
        start = verbs.opening(layout.folded, clause.start, match.start())
        start = phrase_start(layout.folded, start, match.start())
        if layout.folded[start : match.start()] in ("力争", "确保", "实现", "推动"):
            start = match.start()
        end = verbs.object_end(layout.folded, start, match.start())
        named = layout.printed[start:end].strip(" 、")
        if reaching := _REACHING.match(named):
            # 公共阅读空间实现乡镇全覆盖: what is everywhere, not where
            named = reaching["what"]
        if trailing := _FIGURE_AT_END.search(named):
            # 瓶改管3.2万户全部销号: the things, not how many
            named = named[: trailing.start()]
        if is_time(named):
            named = _before(layout, clause)
        if not named or match.start() - clause.start <= 2:
            # 全面消除劣Ⅴ类断面: what is done away with stands behind
            behind = layout.printed[match.end() : clause.end].strip(" 、")
            # 实现应保尽保、应救尽救: another total is no thing
            named = (_before(layout, clause) if _full().match(behind) else behind) or named
        return Full(match.group(), named)
    return None
