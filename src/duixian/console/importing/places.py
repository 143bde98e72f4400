"""Where words stand in a document, however its lines were broken; where an item may be split. Pure."""

import re
from dataclasses import dataclass

from duixian.reading import Span

# how far beside an item its words may be looked for
NEARBY = 400
BOUNDARY = re.compile(r"[。；;！!]|\n\s*|[，,](?=.{6})")
SHOWN = 14


@dataclass(frozen=True, slots=True)
class Cut:
    """A place at which an item may be split, with the words before it."""

    at: int
    words: str


def place_of(words: str, text: str, around: Span) -> Span | None:
    """The words' span nearest to an item, line breaks and spaces apart; None where they do not stand there."""
    bare = "".join(words.split())
    if not bare:
        return None
    pattern = re.compile(r"\s*".join(map(re.escape, bare)))
    within = pattern.search(text, around.start, around.end)
    start, end = max(0, around.start - NEARBY), min(len(text), around.end + NEARBY)
    found = within or pattern.search(text, start, end) or pattern.search(text)
    return Span(*found.span()) if found else None


def cuts_of(span: Span, text: str) -> list[Cut]:
    """After every sentence, line and longer clause of an item."""
    made = []
    for match in BOUNDARY.finditer(text, span.start, span.end):
        if span.start < match.end() < span.end and text[match.end() : span.end].strip():
            before = "".join(text[span.start : match.end()].split())
            made.append(Cut(match.end(), f"…{before[-SHOWN:]}"))
    return made
