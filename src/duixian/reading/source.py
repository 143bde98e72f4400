"""A document as the formats hand it on: one text, its lines and its tables, all by offsets into that text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from .fold import HAN, fold
from .model import Span
from .patterns import lazy
from .values import value


@value(frozen=True, slots=True)
class Line:
    """One printed line; `level` is a heading's depth where the file type says so (0 where it does not)."""

    text: str
    start: int
    level: int = 0

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


@value(frozen=True, slots=True)
class Cell:
    """A table cell: where it stands in the grid, how far it reaches, and its lines."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


@value(frozen=True, slots=True)
class Table:
    """A grid of cells; a merged cell is one cell that covers several places."""

    cells: tuple[Cell, ...]
    height: int
    width: int

    def grid(self) -> list[list[Cell | None]]:
        """Rows of places, each with the cell that covers it."""
        places: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.rows, self.height)):
                for c in range(cell.column, min(cell.column + cell.columns, self.width)):
                    places[r][c] = cell
        return places


@value(frozen=True, slots=True)
class Source:
    """What a format makes of a file: the text all spans count in, and what stands in it in reading order."""

    text: str
    blocks: tuple[Line | Table, ...]
    name: str | None = None
    sha256: str | None = None

    @property
    def lines(self) -> list[Line]:
        """Its lines outside tables."""
        return [block for block in self.blocks if isinstance(block, Line)]

    @property
    def tables(self) -> list[Table]:
        """Its tables."""
        return [block for block in self.blocks if isinstance(block, Table)]


@value(frozen=True, slots=True)
class Piece:
    """A run of a passage: where it begins in the passage and in the document, and its length."""

    at: int
    start: int
    length: int


@value(frozen=True, slots=True)
class Passage:
    """A commitment's words taken together, though they may stand on several lines, cells or pages.

    `folded` has the same length and is what the rules read; `text` is as printed, without line breaks.
    """

    text: str
    folded: str
    pieces: tuple[Piece, ...] = field(default=())

    def span(self, start: int, end: int) -> Span:
        """The document's offsets of a stretch of this passage."""
        if len(self.pieces) == 1 and start < end <= len(self.text):
            return Span(self.pieces[0].start + start, self.pieces[0].start + end)
        found = Span(self._offset(start), self._offset(max(end - 1, start)) + (1 if end > start else 0))
        held = [piece for piece in self.pieces if piece.at < end and start < piece.at + piece.length]
        if any(a.start > b.start for a, b in pairwise(held)):
            # a figure's unit stands in a column before it
            ends = [piece.start + min(piece.length, end - piece.at) for piece in held]
            return Span(min(found.start, *(piece.start for piece in held)), max(found.end, *ends))
        return found

    def part(self, start: int, end: int) -> Passage:
        """A stretch of it as a passage of its own."""
        pieces = []
        for piece in self.pieces:
            a, b = max(piece.at, start), min(piece.at + piece.length, end)
            if a < b:
                pieces.append(Piece(a - start, piece.start + a - piece.at, b - a))
        return Passage(self.text[start:end], self.folded[start:end], tuple(pieces))

    def _offset(self, at: int) -> int:
        for piece in self.pieces:
            if at < piece.at + piece.length:
                return piece.start + at - piece.at
        last = self.pieces[-1]
        return last.start + last.length


# Marks of emphasis in Markdown: **重点**, *责任单位*; a star between figures is none (4*100).
_EMPHASIS = lazy(r"\*\*+|__+|(?<!\d)\*|\*(?!\d)")


# 新建 5 所, 2026 年 8 月, 6% 左右: space set around figures, but not before the number of an item (完成。 2.新建)
_GAPS = " \u00a0\u2009"
_AROUND_FIGURES = lazy(
    rf"(?<={HAN})[{_GAPS}]+(?=\d)(?!.\d{{1,2}}[.、．)）](?!\d))|(?<=[，、；：（(])[{_GAPS}]+(?=\d)(?!.\d{{1,2}}[.、．)）](?!\d))"
    rf"|(?<=\d)[{_GAPS}]+(?={HAN}|[%‰])|(?<=[%‰℃])[{_GAPS}]+(?=[以左的、，和])|(?<={HAN})[{_GAPS}]+(?=[，。；、）])"
)


def _without_marks(text: str, offset: int) -> Iterable[tuple[str, int]]:
    """The stretches of a run between marks of emphasis and gaps around figures."""
    parts: Iterable[tuple[str, int]] = ((text, offset),)
    if "*" in text or "_" in text:
        parts = _between(_EMPHASIS, text, offset)
    if " " in text or "\u00a0" in text:
        return (part for stretch in parts for part in _between(_AROUND_FIGURES, *stretch))
    return parts


def _between(marks: re.Pattern[str], text: str, offset: int) -> Iterator[tuple[str, int]]:
    at = 0
    for mark in marks.finditer(text):
        yield text[at : mark.start()], offset + at
        at = mark.end()
    yield text[at:], offset + at


def passage_of(runs: Iterable[tuple[str, int]]) -> Passage:
    """A passage from (text, offset) runs; white space at a run's edges and emphasis are left out, not their offsets."""
    texts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for raw, offset in (part for run in runs for part in _without_marks(*run)):
        text = raw.strip()
        if not text:
            continue
        pieces.append(Piece(at, offset + raw.index(text), len(text)))
        texts.append(text)
        at += len(text)
    whole = "".join(texts)
    return Passage(whole, fold(whole), tuple(pieces))


def run_together(passages: Sequence[Passage]) -> Passage:
    """Several passages as one, each where the one before it ends."""
    texts, folded, pieces, at = "", "", [], 0
    for passage in passages:
        pieces += [Piece(piece.at + at, piece.start, piece.length) for piece in passage.pieces]
        texts, folded, at = texts + passage.text, folded + passage.folded, at + len(passage.text)
    return Passage(texts, folded, tuple(pieces))


def paused(passage: Passage) -> Passage:
    """A passage with a space before it, which the rules read as the end of what stands before."""
    moved = tuple(Piece(piece.at + 1, piece.start, piece.length) for piece in passage.pieces)
    return Passage(" " + passage.text, ";" + passage.folded, moved)


def lines_of(text: str, start: int = 0) -> Iterator[Line]:
    """The lines of a text with their offsets, empty ones included."""
    for line in text.split("\n"):
        yield Line(line, start)
        start += len(line) + 1
