"""Works called by a name of their own wherever they stand: 清河机场9月底前通航, 柳湾水库完成投资2亿元.

What is begun, built or opened is known by its outcome; here the name's own ending tells (…水库, …电站, …高速), if words
of its own stand before it and a pause, a time, a figure's verb or an action behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .. import lexicon
from ..clauses import Layout, parts
from ..lexicon.matching import Words
from ..patterns import lazy
from ..quantities.indicators import phrase_start, time_end
from . import verbs
from .objects import Thing

#: A name has at least two characters of its own and is no whole clause.
_SHORTEST, _LONGEST = 2, 20


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("stages", "works.ends") + lexicon.any_of("stages", "works.parts") + "{0,2}")


_COUNTED = lazy("[0-9%等]|[个座条处项][^、]*$")


def _is_kind(own: str) -> bool:
    """Whether words make a kind of what would be a name: 大中型水库, 病险水库, 农村公路."""
    return bool(_COUNTED.search(own)) or lexicon.matching("stages", "works.kinds").stand_in(own)


@cache
def _predicate() -> Words:
    return lexicon.matching("stages", "works.predicates")


def named_works(layout: Layout) -> Iterator[Thing]:
    """The named works of a passage, in reading order."""
    for clause in layout.clauses:
        if not _ending().search(layout.folded, clause.start, clause.end):
            continue
        start = verbs.opening(layout.folded, clause.start, clause.end)
        chain = verbs.leading(layout.folded, start, clause.end)
        start = chain[-1].end if chain else start
        for begin, end in parts(layout, start, clause.end, "、和及与"):
            begin = phrase_start(layout.folded, begin, end)
            thing = _work(layout, begin, end)
            if thing:
                yield thing


def _work(layout: Layout, start: int, end: int) -> Thing | None:
    match = _ending().search(layout.folded, start, end)
    if match is None or not layout.is_plain(match.start()):
        return None
    own = layout.folded[start : match.start()]
    if not len(own) >= _SHORTEST or match.end() - start > _LONGEST or _is_kind(own):
        return None
    if not _is_end(layout.folded, match.end(), end):
        return None
    return Thing(layout.printed[start : match.end()], start, match.end(), named=True)


def _is_end(folded: str, at: int, end: int) -> bool:
    """Whether a name ends here: at the end of its part, before 等, a time, or a word of action or measure."""
    if at >= end or folded[at] in "等(。":
        return True
    if time_end(folded, at, end) > at or _predicate().end(folded, at, len(folded)) > at:
        return True
    acting = verbs.closing(folded, at, end)
    return acting is not None and acting.start == at
