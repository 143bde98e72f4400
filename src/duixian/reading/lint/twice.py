"""One task under two numbers: the same words, or nearly the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ..fold import fold
from ..model import Reading, ReadTask
from ..patterns import lazy
from .model import Finding, any_of, finding, numbered

#: Shorter texts are the same only if they are equal.
_SHORTEST = 8
#: Share of pairs of neighbouring characters that two texts have in common.
_ALIKE = 0.8
#: A pair of characters in more tasks than this tells nothing apart.
_COMMON = 60


def tasks_named_twice(reading: Reading) -> Iterator[Finding]:
    """Pairs of tasks that say the same; each later task is named once, with the first it repeats."""
    cores = [_core(task) for task in reading.tasks]
    pairs = [Counter(pairwise(core)) for core in cores]
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for later, mine in enumerate(pairs):
        shared = Counter(i for pair in mine for i in places[pair] if len(places[pair]) <= _COMMON)
        for earlier, _ in shared.most_common(5):
            if _same(cores[earlier], cores[later], pairs[earlier], mine):
                yield _twice(reading.tasks[earlier], reading.tasks[later])
                break
        for pair in mine:
            places[pair].append(later)


@cache
def _loose() -> re.Pattern[str]:
    return re.compile(any_of("twice", "loose"))


def _core(task: ReadTask) -> str:
    """A task's words without punctuation and without the verbs of manner; figures become one mark."""
    bare = _loose().sub("", re.sub(r"[\s,。;:、“”()《》\[\]]", "", fold(task.text)))
    return re.sub(r"\d+(?:\.\d+)?[万亿]*", "#", bare)


# what tells two tasks apart although all else is equal: numbers in names, half-years, stages, other places
_TELLS = lazy(r"[一二三四五六七八九十]+|[A-Z]|上半年|下半年|开工|竣工|投产|完工|前期")


def _same(first: str, second: str, mine: Counter[tuple[str, str]], other: Counter[tuple[str, str]]) -> bool:
    if first == second:
        return len(first) >= 4  # 招商引资 is a task, 开工 is none
    if min(len(first), len(second)) < _SHORTEST or _TELLS.findall(first) != _TELLS.findall(second):
        return False
    common = sum((mine & other).values())
    return 2 * common >= _ALIKE * (sum(mine.values()) + sum(other.values())) and not _other_name(first, second)


def _other_name(first: str, second: str) -> bool:
    """Whether each has characters of its own: then they name different things (屯留区…, 上党区…)."""
    mine, others = Counter(first), Counter(second)
    return bool(mine - others) and bool(others - mine)


def _twice(first: ReadTask, second: ReadTask) -> Finding:
    figures = _figures(first), _figures(second)
    variant = "_figures" if figures[0] != figures[1] and all(figures) else ""
    return finding(
        "task_twice",
        second,
        second.text,
        second.span,
        variant,
        first=numbered(first),
        second=numbered(second),
        figures="、".join(sorted(figures[0] - figures[1])) + " / " + "、".join(sorted(figures[1] - figures[0])),
    )


def _figures(task: ReadTask) -> frozenset[str]:
    return frozenset(f"{q.value.normalize():f}{q.unit}" for q in task.quantities)
