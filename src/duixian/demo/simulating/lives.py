"""How a task goes over the year, and what that makes of its figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from duixian.demo.chance import Chance

from .lexicon import lexicon

# by this month what was caught up is caught up
CAUGHT_UP_IN = 6


class Life(StrEnum):
    """How a task goes."""

    AHEAD = "AHEAD"
    STEADY = "STEADY"
    CATCHING_UP = "CATCHING_UP"
    SLOW = "SLOW"
    BEHIND = "BEHIND"


@dataclass(frozen=True, slots=True)
class Course:
    """One life with its own chance: every figure of one thing is drawn from it."""

    life: Life
    chance: Chance
    name: str

    def factor(self, month: int) -> Fraction:
        """Reached / due in a month."""
        if self.life is not Life.CATCHING_UP:
            return self._factor(self.life)
        slow, steady = self._factor(Life.BEHIND), self._factor(Life.STEADY)
        return slow + (steady - slow) * min(month, CAUGHT_UP_IN) / CAUGHT_UP_IN

    def _factor(self, life: Life) -> Fraction:
        first, last = lexicon()["factor"][life]
        return Fraction(self.chance.whole(first, last, self.name, "factor"), 100)

    def points(self, month: int) -> Decimal:
        """Points on the good side of a target that is not prorated, wavering a little from month to month."""
        waver = self.chance.whole(-1, 1, self.name, "waver", month)
        if self.life is not Life.CATCHING_UP:
            return self._points(self.life, waver)
        return self._points(Life.STEADY if month >= CAUGHT_UP_IN else Life.BEHIND, waver)

    def _points(self, life: Life, waver: int) -> Decimal:
        first, last = lexicon()["points"][life]
        drawn = self.chance.whole(first, last, self.name, "points")
        return Decimal(min(max(drawn + waver, first), last)) / 10


def life_of(chance: Chance, name: str) -> Life:
    """A life for a task, by the weights of simulated.toml."""
    return Life(chance.weighed(lexicon()["lives"], name, "life"))
