"""Whether two phrases speak of one named project or action, however much of its name each gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from .model import Commitment
from .names import contradict, fold, is_bare, taken_apart

# what is done to a project, and words any project may bear
NOISE = re.compile(
    r"项目|工程|建设|试点|工作|行动|专项|前期|等|一批|国家级?|省级|市级|持续|深化|推进|改革|改造|改扩建|扩建|迁建|新建|示范|生态修复|修复|三年|"
    r"一体化"
)
#: A name of fewer letters names nothing.
SHORTEST = 3
#: Of the shorter name, this much stands in the longer one, in order.
MOST_OF_IT = 0.85
#: Enough where both begin with the same proper name (祥源, 沁源).
BEGINS_ALIKE = 0.6


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """What tells a project from others: its name without words any project may bear."""
    text = fold(name)
    bare = NOISE.sub("", text)
    return bare if len(bare) >= SHORTEST else text


@lru_cache(maxsize=262144)
def likeness(one: str, other: str, *, proper: bool = False) -> float:
    """0 to 1: how surely two names are one project's. `proper`: both are proper names, not kinds of thing."""
    a, b = key(one), key(other)
    short, long = sorted((a, b), key=len)
    if len(short) < SHORTEST or contradict(one, other):
        return 0.0
    if short == long or (short in long and len(short) >= 4):
        return 1.0
    if len(short) < 4:
        return 0.0
    common = _in_order(short, long) / len(short)
    if common >= MOST_OF_IT:
        return common * 0.95
    if proper and short[:2] == long[:2] and common >= BEGINS_ALIKE:
        return 0.6 + common * 0.2
    return 0.0


def _in_order(short: str, long: str) -> int:
    """The longest common subsequence that keeps at least pairs of letters: single letters meet by chance."""
    best = [[0] * (len(long) + 1) for _ in range(len(short) + 1)]
    for i in range(len(short) - 1, -1, -1):
        for j in range(len(long) - 1, -1, -1):
            run = 0
            while i + run < len(short) and j + run < len(long) and short[i + run] == long[j + run]:
                run += 1
            found = max(best[i + 1][j], best[i][j + 1])
            for length in range(2, run + 1):
                found = max(found, length + best[i + length][j + length])
            best[i][j] = found
    return best[0][0]


def same_project(county: Commitment, city: Commitment, text: Callable[[str], str] = str) -> float:
    """How surely both phrases name one project, 0 to 1. A thing that is counted is a kind of thing, not a project.

    `text` takes out what must not count: 沁源抽水蓄能 is the county's own 抽水蓄能.
    """
    proper = [likeness(text(a), text(b), proper=True) for a in county.projects for b in city.projects]
    if not (is_kind(county) or is_kind(city) or is_bare(county.indicator) or is_bare(city.indicator)):
        ours, theirs = (county.indicator, *county.projects), (city.indicator, *city.projects)
        proper += [likeness(text(a), text(b)) for a in ours for b in theirs]
    return max(proper, default=0.0)


def is_kind(commitment: Commitment) -> bool:
    """Whether the object is one of many of its kind: the dictionary knows it as something that is counted."""
    return taken_apart(commitment.indicator).concept is not None and commitment.has_figure
