"""Chance that is the same every time: drawn from a seed and a name, never from a generator's state.

What is drawn for one thing does not depend on how many draws came before, so that a change in one unit's story leaves
all others as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

_STEPS = 2**48


@dataclass(frozen=True, slots=True)
class Chance:
    """Draws by name; equal seeds and names give equal draws on every machine."""

    seed: str

    def whole(self, first: int, last: int, *name: object) -> int:
        """A whole number from `first` to `last`, both included."""
        return first + self._draw(name) * (last - first + 1) // _STEPS

    def pick(self, options: Sequence[T], *name: object) -> T:
        """One of the options."""
        return options[self.whole(0, len(options) - 1, *name)]

    def weighed(self, weights: Mapping[str, int], *name: object) -> str:
        """One of the keys, each as likely as its weight among all."""
        left = self.whole(0, sum(weights.values()) - 1, *name)
        for key, weight in weights.items():
            if left < weight:
                return key
            left -= weight
        raise AssertionError("weights are positive")

    def holds(self, percent: int, *name: object) -> bool:
        """True in so many cases out of a hundred."""
        return self.whole(0, 99, *name) < percent

    def _draw(self, name: tuple[object, ...]) -> int:
        text = "|".join([self.seed, *map(str, name)])
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])
