"""What happens when: acts in the order of their instants, each of which may lead to others."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import datetime

Act = Callable[[datetime], None]


class Diary:
    """Acts to come. Of two at one instant the one entered first comes first."""

    def __init__(self) -> None:
        self._acts: list[tuple[datetime, int, Act]] = []
        self._entered = itertools.count()

    def add(self, at: datetime, act: Act) -> None:
        """Enter an act; it is handed its instant as `now`."""
        heapq.heappush(self._acts, (at, next(self._entered), act))

    def run(self, until: datetime) -> None:
        """Let everything happen up to and including `until`; what comes later stays undone."""
        while self._acts and self._acts[0][0] <= until:
            at, _, act = heapq.heappop(self._acts)
            act(at)
