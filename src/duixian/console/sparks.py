"""Small drawings made on the server: the course of a part, and the months' lights as bars. Pure geometry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duixian.console.wording import LIGHT_ORDER

WIDTH, HEIGHT, PAD = 64, 18, 3
# farther from pace than half is drawn at the edge
FARTHEST = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Spark:
    """A line of points in a box of 64 x 18, pace in its middle; the last point is marked."""

    points: str
    last_x: float
    last_y: float
    is_red: bool
    label: str


def spark(course: Sequence[tuple[date, Decimal]], first: date, last: date, *, is_red: bool) -> Spark | None:
    """The course of a part: by month, how far from pace (0 is on pace, 0.1 a tenth ahead). None: nothing is known."""
    if not course:
        return None
    span = max((last.year - first.year) * 12 + last.month - first.month, 1)
    spots = [(_x(month, first, span), _y(off)) for month, off in course if month >= first]
    if not spots:
        return None
    label = "，".join(f"{m.month}月{'超' if off >= 0 else '欠'}{abs(off) * 100:.1f}%" for m, off in course)
    return Spark(" ".join(f"{x:.1f},{y:.1f}" for x, y in spots), *spots[-1], is_red, label)


def _x(month: date, first: date, span: int) -> float:
    index = (month.year - first.year) * 12 + month.month - first.month
    return PAD + (WIDTH - 2 * PAD) * index / span


def _y(off: Decimal) -> float:
    share = float(max(-FARTHEST, min(FARTHEST, off)) / FARTHEST)
    return HEIGHT / 2 - share * (HEIGHT / 2 - PAD)


@dataclass(frozen=True, slots=True)
class Segment:
    """One light's share of a bar, in per cent of its width; `text` is left out where it would not fit."""

    light: str
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where its figure stands."""
        return self.x + self.width / 2

    @property
    def has_room(self) -> bool:
        """Whether the figure fits."""
        return self.width > 1.6 + 1.9 * len(str(self.count))


def bar(counts: Mapping[str, int], order: Sequence[str] = LIGHT_ORDER) -> list[Segment]:
    """Counts side by side, adding up to the whole width."""
    total = sum(counts.get(key, 0) for key in order)
    segments, x = [], 0.0
    for key in order:
        count = counts.get(key, 0)
        if count:
            width = 100 * count / total
            segments.append(Segment(key, count, x, width))
            x += width
    return segments
