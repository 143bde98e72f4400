"""What the search compares: words evened out, so that 全角 and 半角, spaces and capitals make no difference. Pure text.

No database is asked how Chinese is cut into words: evened-out text is compared by containment, alike on SQLite and
PostgreSQL.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# more words than anybody types; the rest of a pasted page is dropped
MOST_TERMS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a shown text, and whether it is one of the words looked for."""

    text: str
    is_found: bool


def search_key(text: str) -> str:
    """Evened out: compatibility forms, capitals and every space are gone (ＰＭ２．５ and PM 2.5 are pm2.5)."""
    return "".join(map(_folded, text))


def search_words(texts: Iterable[str]) -> str:
    """Several texts evened out, each on a line of its own so that no word runs from one into the next; none twice."""
    return "\n".join(dict.fromkeys(filter(None, map(search_key, texts))))


def search_terms(text: str) -> tuple[str, ...]:
    """The words a person typed, evened out; all of them must be found."""
    return tuple(dict.fromkeys(filter(None, map(search_key, text.split()))))[:MOST_TERMS]


def number_meant(term: str) -> str:
    """The item's number a word may mean: 第5项 and 5 are 5."""
    return term.removeprefix("第").removesuffix("项")


def found_pieces(text: str, terms: Sequence[str]) -> list[Piece]:
    """`text` cut where a word looked for begins or ends."""
    key, places = _key_with_places(text)
    marks = bytearray(len(text))
    for term in terms:
        start = key.find(term)
        while start >= 0:
            first, last = places[start], places[start + len(term) - 1]
            marks[first : last + 1] = b"\1" * (last + 1 - first)
            start = key.find(term, start + len(term))
    return _cut(text, marks)


def _folded(char: str) -> str:
    return "".join(unicodedata.normalize("NFKC", char).casefold().split())


def _key_with_places(text: str) -> tuple[str, list[int]]:
    """The evened-out text, and for each of its characters the place in `text` it comes from."""
    key: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        folded = _folded(char)
        key.append(folded)
        places.extend([place] * len(folded))
    return "".join(key), places


def _cut(text: str, marks: bytearray) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marks[place] != marks[start]:
            pieces.append(Piece(text[start:place], bool(marks[start])))
            start = place
    return pieces
