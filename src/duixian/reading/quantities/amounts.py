"""What a figure becomes on its way to an amount."""

from __future__ import annotations

from ..clauses import Clause
from ..model import QuantityKind
from ..values import value
from .mentions import Mention

#: What parts one amount from the next.
SEPARATORS = "、和及与并且或暨,;。"


@value(frozen=True, slots=True)
class Amount:
    """An amount by local offsets, before its links to limits and stages are made.

    `start` to `end` is its text, `lead` the words of its part before the figure, `clause` the clause it stands in,
    `of_series` how many figures share one predicate under 分别 and its place among them.
    """

    start: int
    end: int
    indicator: str
    mention: Mention
    kind: QuantityKind
    direction: str | None
    strive: bool
    per: str | None
    clause: Clause
    lead: str
    rule: str
    confidence: float
    of_series: tuple[int, int] = (1, 0)


@value(frozen=True, slots=True)
class Slot:
    """One figure with the stretch of clause that is its own."""

    mention: Mention
    left: int
    right: int
