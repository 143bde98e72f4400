"""The printed words with what was read from them marked. Pure: offsets in, pieces of text out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the document (absolute offsets, end excluded) and what stands behind it."""

    start: int
    end: int
    number: int
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same marks; `kind` is that of the narrowest one, `numbers` those that end here."""

    text: str
    kind: str = ""
    title: str = ""
    numbers: tuple[int, ...] = ()
    # those of all marks it lies under, the narrowest first
    kinds: tuple[str, ...] = ()


def marked(text: str, offset: int, marks: Iterable[Mark]) -> list[Piece]:
    """`text`, which begins at `offset` in the document, cut where marks begin and end. Nothing is lost or repeated."""
    end = offset + len(text)
    inside = [m for m in marks if m.start < m.end and m.start < end and m.end > offset]
    cuts = sorted({offset, end, *(max(m.start, offset) for m in inside), *(min(m.end, end) for m in inside)})
    return [_piece(text, offset, a, b, inside, is_last=b == end) for a, b in pairwise(cuts)]


def _piece(text: str, offset: int, a: int, b: int, marks: Sequence[Mark], *, is_last: bool) -> Piece:
    covering = sorted((m for m in marks if m.start <= a and m.end >= b), key=lambda m: m.end - m.start)
    numbers = tuple(dict.fromkeys(m.number for m in marks if m.end == b or (is_last and m.end > b)))
    words = text[a - offset : b - offset]
    if not covering:
        return Piece(words, numbers=numbers)
    kinds = tuple(dict.fromkeys(mark.kind for mark in covering))
    return Piece(words, covering[0].kind, covering[0].title, numbers, kinds)


def circled(number: int) -> str:
    """① to ⑳; beyond, the number in brackets."""
    return chr(0x245F + number) if 1 <= number <= 20 else f"({number})"
