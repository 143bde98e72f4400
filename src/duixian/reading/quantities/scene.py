"""What surrounds a figure: its passage and clause, and what else stands there."""

from __future__ import annotations

from dataclasses import field

from ..clauses import Clause, Layout
from ..times import Time
from ..values import value
from .mentions import Mention


@value(frozen=True, slots=True)
class Scene:
    """What surrounds a figure: its passage, clause, the times found, the figures of the clause, the planning year."""

    layout: Layout
    clause: Clause
    times: tuple[Time, ...]
    mentions: tuple[Mention, ...]
    year: int | None
    is_result: bool = False
    #: The passage in half-width forms.
    folded: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", self.layout.folded)

    def before(self, at: int, width: int = 12) -> str:
        """The words of the clause before an offset."""
        start = at - width
        return self.folded[start if start > self.clause.start else self.clause.start : at]

    def after(self, at: int) -> str:
        """The words of the clause after an offset."""
        return self.folded[at : self.clause.end]
