"""What stands on a page: boxes counted from its upper left corner, in whatever unit the page's size is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Halfway down."""
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        """Halfway across."""
        return (self.left + self.right) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of them."""
    every = list(boxes)
    return Box(
        min(b.left for b in every), min(b.top for b in every), max(b.right for b in every), max(b.bottom for b in every)
    )


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters that stand close together on one line; `size` is the width of one Chinese character."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, level or upright; its ends in reading direction."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return abs(self.x1 - self.x0) >= abs(self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its words and the lines drawn on it. `is_image`: its places were measured on a picture."""

    width: float
    height: float
    fragments: tuple[Fragment, ...]
    rules: tuple[Rule, ...] = field(default=())
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a column: its words, where they stand, and the column's own edges."""

    text: str
    box: Box
    size: float
    left: float
    right: float

    @property
    def width(self) -> float:
        """The width of its column."""
        return self.right - self.left

    @property
    def indent(self) -> float:
        """Blank before it, in characters."""
        return (self.box.left - self.left) / self.size

    @property
    def blank(self) -> float:
        """Blank after it, in characters."""
        return (self.right - self.box.right) / self.size


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a ruled table: where it stands in the grid, its box on the page, and its words."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table as found on one page; `edges` are the places of its upright lines."""

    box: Box
    cells: tuple[GridCell, ...]
    height: int
    edges: tuple[float, ...]
