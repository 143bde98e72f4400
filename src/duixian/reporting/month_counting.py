"""What a figure in a unit's own report counts: from the year's beginning, or one month alone.

The last word about time before the figure decides: 6月，累计新增2.3万人 is the year's; after it, 其中6月0.4万人 is the
month's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counting:
    """The year so far, or one month alone with its number where that is said (本月 says none)."""

    is_one_month: bool
    month: int | None = None

    def is_of(self, month: int) -> bool:
        """Whether the month alone is this one."""
        return self.is_one_month and self.month in (None, month)


def counting_before(clause: str, *, whole_year: Sequence[str], one_month: Sequence[str]) -> Counting | None:
    """How the figure at the clause's end counts; None where nothing is said about time."""
    whole = "|".join(map(re.escape, whole_year))
    one = "|".join(map(re.escape, one_month))
    # spans and days until which it is counted hold the names of months, so they are tried first
    pattern = re.compile(
        rf"(?P<whole>\d{{1,2}}\s*月?\s*[至到—–－~～-]+\s*\d{{1,2}}\s*月|截[至止][^，,。；]{{0,12}}|\d{{1,2}}月[底末]|{whole})"
        rf"|(?P<one>{one}|(?P<month>\d{{1,2}})月(?!\d{{1,2}}[日号]))"
    )
    found = list(pattern.finditer(clause))
    if not found:
        return None
    last = found[-1]
    month = last["month"]
    return Counting(last["one"] is not None, int(month) if month else None)
