"""What governs an amount from outside its own words: 力争, 每个县区."""

from __future__ import annotations

import re
from functools import cache

from .. import lexicon
from ..clauses import Clause
from . import indicators as name
from .refusals import Scene


@cache
def _strive() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("frames", "strive.words"))


def strives(scene: Scene, at: int) -> bool:
    """Whether 力争 governs an amount: in its own clause, or, where it opens the sentence, the bare clauses after it."""
    folded, clause = scene.folded, scene.clause
    if scene.is_result:
        # 争取上级资金12亿元 in a review: what was obtained is no aim
        return False
    if _strive().search(folded, clause.start, at):
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


def per_member(scene: Scene, at: int) -> str | None:
    """每个县区 -> 县区: the amount is what each of them owes."""
    match = _each().search(scene.folded, scene.clause.start, at)
    return scene.layout.printed[match.start(1) : match.end(1)] if match else None
