"""What governs an amount from outside its own words: 力争, 每个县区."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .. import lexicon
from ..clauses import Clause
from . import indicators as name
from .scene import Scene


@cache
def _strive() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("frames", "strive.words"))


@lru_cache(maxsize=256)
def _strives_from(folded: str, clause: Clause) -> int:
    """Where the first such word of a clause ends; -1 where it has none."""
    match = _strive().search(folded, clause.start, clause.end)
    return match.end() if match else -1


def strives(scene: Scene, at: int) -> bool:
    """Whether 力争 governs an amount: in its own clause, or, where it opens the sentence, the bare clauses after it."""
    folded, clause = scene.folded, scene.clause
    if scene.is_result:
        # 争取上级资金12亿元 in a review: what was obtained is no aim
        return False
    if 0 <= _strives_from(folded, clause) <= at:
        return True
    wide = lexicon.words("frames")["strive"]["wide"]
    sentence = scene.layout.sentence_of(clause)
    for before in sentence[: sentence.index(clause)]:
        opens = folded[before.start : before.end].lstrip().startswith(tuple(wide))
        if opens and before == sentence[0] and not _has_own_verb(folded, clause):
            return True
    return False


def _has_own_verb(folded: str, clause: Clause) -> bool:
    """A clause with a verb of its own at its head is no longer under the verb before it."""
    return name.phrase_start(folded, clause.start, clause.end) > clause.start


@cache
def _each() -> re.Pattern[str]:
    return re.compile("每(?:个|座|所|家|条|户|名)?(" + lexicon.any_of("frames", "each.members") + ")")


@lru_cache(maxsize=256)
def _each_owes(folded: str, clause: Clause) -> tuple[int, int]:
    """Where a clause names the member each of which owes; (-1, -1) where none is named."""
    match = _each().search(folded, clause.start, clause.end)
    return match.span(1) if match else (-1, -1)


def per_member(scene: Scene, at: int) -> str | None:
    """每个县区 -> 县区: the amount is what each of them owes."""
    start, end = _each_owes(scene.folded, scene.clause)
    return scene.layout.printed[start:end] if 0 <= start < end <= at else None
