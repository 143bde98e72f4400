"""Which items of a changed document are tasks already in the register: by words first, then by number. Pure.

Numbers may shift and words may change, but seldom both at once: items with the same words are one whatever their
numbers; of the rest, the same number needs half the words in common, another number needs more.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

SAME_NUMBER = 0.4
OTHER_NUMBER = 0.6
_SIGNS = frozenset(' \n\r\t　，。、；：,.;:()（）“”"《》')


@dataclass(frozen=True, slots=True)
class Told:
    """An item as matching sees it."""

    number: str
    text: str


def matched(new: Sequence[Told], old: Sequence[Told]) -> dict[int, int]:
    """Place among the new -> place among the old, each old one used once."""
    pairs: dict[int, int] = {}
    words = [_bare(told.text) for told in old]
    by_words: dict[str, list[int]] = {}
    for i, text in enumerate(words):
        by_words.setdefault(text, []).append(i)
    for i, told in enumerate(new):
        same = by_words.get(_bare(told.text))
        if same:
            pairs[i] = same.pop(0)
    _by_likeness(new, old, pairs)
    return pairs


def _by_likeness(new: Sequence[Told], old: Sequence[Told], pairs: dict[int, int]) -> None:
    """The likest pair first, until none is like enough."""
    used = set(pairs.values())
    rest_old = [i for i in range(len(old)) if i not in used]
    rest_new = [i for i in range(len(new)) if i not in pairs]
    grams = {i: _grams(old[i].text) for i in rest_old}
    scored = []
    for i in rest_new:
        mine = _grams(new[i].text)
        for j in rest_old:
            score = _dice(mine, grams[j])
            if score >= (SAME_NUMBER if new[i].number == old[j].number else OTHER_NUMBER):
                scored.append((score + (0.1 if new[i].number == old[j].number else 0), i, j))
    for _, i, j in sorted(scored, key=lambda found: (-found[0], found[1], found[2])):
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)


def _bare(text: str) -> str:
    return "".join(ch for ch in text if ch not in _SIGNS)


def _grams(text: str) -> Counter[str]:
    bare = _bare(text)
    return Counter(bare[i : i + 2] for i in range(len(bare) - 1))


def _dice(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0
