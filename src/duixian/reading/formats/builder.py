"""Puts a document's text together line by line and cell by cell, keeping every offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..source import Cell, Line, Source, Table


@dataclass(frozen=True, slots=True)
class Place:
    """A cell before it has offsets: where it stands, how far it reaches, its lines."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[str, ...]


class Builder:
    """Grows a text and the blocks that stand in it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Line | Table] = []

    def line(self, text: str, level: int = 0) -> None:
        """Add a line of running text; `level` is a heading's depth."""
        for part in text.split("\n"):
            self._blocks.append(Line(part, self._length, level))
            self._add(part + "\n")

    def table(self, places: Sequence[Place]) -> None:
        """Add a table; in the text its cells are parted by tabs and its rows by line breaks."""
        cells: list[Cell] = []
        ordered = sorted(places, key=lambda place: (place.row, place.column))
        for i, place in enumerate(ordered):
            if i:
                self._add("\n" if place.row != ordered[i - 1].row else "\t")
            lines = []
            for n, text in enumerate(place.lines):
                if n:
                    self._add("\n")
                lines.append(Line(text, self._length))
                self._add(text)
            cells.append(Cell(place.row, place.column, place.rows, place.columns, tuple(lines)))
        self._add("\n")
        height = max((p.row + p.rows for p in places), default=0)
        width = max((p.column + p.columns for p in places), default=0)
        self._blocks.append(Table(tuple(cells), height, width))

    def source(self, name: str | None) -> Source:
        """The document built so far."""
        return Source("".join(self._parts), tuple(self._blocks), name)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
