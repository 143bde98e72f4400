"""Which figure of the story belongs to which amount of the reading.

The story names a figure as printed in the list; the reader may cut the phrase a little longer or shorter
(城区智能信号灯路口, 智能信号灯路口), so names are paired by nearness within one task, each once, and those that
share too little stay alone.
"""

from collections import Counter
from collections.abc import Sequence

# a name that shares less than this of its characters with another means something else
LEAST_SHARED = 0.4


def pair(names: Sequence[str], candidates: Sequence[str]) -> dict[str, str]:
    """Candidate by name, the nearest pairs first, each candidate given once; a name without a near one is left out.

    One name and one candidate always belong together, however differently they are cut.
    """
    if len(names) == len(candidates) == 1:
        return {names[0]: candidates[0]}
    ranked = sorted(
        ((nearness(name, candidate), name, candidate) for name in names for candidate in candidates),
        key=lambda item: -item[0],
    )
    pairs: dict[str, str] = {}
    for value, name, candidate in ranked:
        if value >= LEAST_SHARED and name not in pairs and candidate not in pairs.values():
            pairs[name] = candidate
    return pairs


def nearness(one: str, other: str) -> float:
    """0 for nothing in common, up to 1 for all characters in common, more for a name inside the other or the same."""
    if not one or not other:
        return 0.0
    common = sum((Counter(one) & Counter(other)).values())
    # a name wholly inside the other is the same thing said more fully: 总量, 地区生产总值总量
    is_inside = one in other or other in one
    return 2 * common / (len(one) + len(other)) + (1.0 if one == other else LEAST_SHARED if is_inside else 0.0)
