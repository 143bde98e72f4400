"""Which promised state lies further along than another."""

from __future__ import annotations

from functools import cache

from duixian.reading import Stage
from duixian.reading.lexicon import words

# The way of an object from paper to use. What has no place on it (HOLD, RECTIFY...) is neither more nor less.
WAY: tuple[Stage, ...] = (
    Stage.PLAN,
    Stage.APPROVE,
    Stage.START,
    Stage.RESUME,
    Stage.ADVANCE,
    Stage.COMPLETE,
    Stage.IN_USE,
)
# 推进、加快 promises no state at all: beside a state that is named it is less, beside paper work it is not.
NAMED = frozenset({Stage.START, Stage.RESUME, Stage.COMPLETE, Stage.IN_USE})


def higher(one: Stage, other: Stage) -> bool:
    """Whether `one` lies further along the way than `other`."""
    return one in WAY and other in WAY and WAY.index(one) > WAY.index(other)


def is_lower(county: Stage | None, city: Stage | None) -> bool:
    """Whether the county promises less than the city: 核准 for 开工, 推进 for 建成."""
    if county is None or city is None or county not in WAY or city not in WAY:
        return False
    if county is Stage.ADVANCE:
        return city in NAMED
    if city is Stage.ADVANCE:
        return county in (Stage.PLAN, Stage.APPROVE)
    return WAY.index(county) < WAY.index(city)


@cache
def _tails() -> tuple[tuple[str, Stage], ...]:
    """The reader's words that close a clause, the longest first, with the furthest state each names."""
    tails = words("stages")["tails"]
    states = {word: Stage(state) for state, closing in tails.items() if state != "BOTH" for word in closing}
    states |= {
        word: Stage(words("stages")["both"][word][-1]) for word in tails["BOTH"] if word in words("stages")["both"]
    }
    return tuple(sorted(states.items(), key=lambda item: -len(item[0])))


def closing_stage(clause: str) -> tuple[str, Stage | None]:
    """石门电站力争完成核准 -> 石门电站, APPROVE: what a clause is about, and the state its last words name."""
    for word, stage in _tails():
        if clause.endswith(word) and len(clause) - len(word) >= 2:
            return clause.removesuffix(word), stage
    return clause, None
