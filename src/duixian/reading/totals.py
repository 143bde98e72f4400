"""Totals without digits: 全覆盖, 全部开工, 动态清零."""

from __future__ import annotations

from functools import cache
from re import Pattern
from re import compile as compile_pattern

from . import lexicon
from .clauses import Layout
from .model import Full
from .outcomes import verbs
from .quantities.indicators import phrase_start


@cache
def _full() -> Pattern[str]:
    return compile_pattern(lexicon.any_of("stages", "words.full"))


def read_total(layout: Layout) -> Full | None:
    """The first total of a passage and what it is a total of."""
    for match in _full().finditer(layout.folded):
        if not layout.is_plain(match.start()):
            continue
        clause = layout.clause_at(match.start())
        start = phrase_start(layout.folded, clause.start, match.start())
        end = verbs.object_end(layout.folded, start, match.start())
        return Full(match.group(), layout.folded[start:end].strip(" 、"))
    return None
