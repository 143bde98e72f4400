"""What each month brought, as bars from zero; drawn on the server. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 430, 96
TOP, BOTTOM = 18, 18
BAR = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: its box, and where label and figure stand."""

    x: float
    y: float
    height: float
    middle: float
    label: str
    text: str
    is_last: bool

    @property
    def text_y(self) -> float:
        """Just above the bar."""
        return self.y - 4


@dataclass(frozen=True, slots=True)
class Bars:
    """The drawing; `mean_y` is the mean of the months before the last, None where there are too few."""

    bars: list[Bar]
    base: float
    mean_y: float | None
    is_loud: bool
    summary: str


def bars(months: Sequence[tuple[str, Decimal, str]], *, is_loud: bool) -> Bars | None:
    """(month, figure, as printed), the last in question; None where there is nothing to compare with."""
    if len(months) < 2:
        return None
    most = max(max(value, Decimal(0)) for _, value, _ in months)
    if not most:
        return None
    room = HEIGHT - TOP - BOTTOM
    step = WIDTH / len(months)
    drawn = []
    for index, (label, value, text) in enumerate(months):
        height = round(float(max(value, Decimal(0)) / most) * room, 1)
        middle = round(step * (index + 0.5), 1)
        is_last = index == len(months) - 1
        drawn.append(Bar(middle - BAR / 2, HEIGHT - BOTTOM - height, height, middle, label, text, is_last))
    earlier = [value for _, value, _ in months[:-1]]
    mean = sum(earlier, Decimal(0)) / len(earlier)
    mean_y = round(HEIGHT - BOTTOM - float(mean / most) * room, 1) if mean > 0 else None
    summary = "，".join(f"{label}{text}" for label, _, text in months)
    return Bars(drawn, HEIGHT - BOTTOM, mean_y, is_loud, summary)
