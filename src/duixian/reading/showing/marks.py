"""Words with their marks: where marks overlap, each stretch carries all of them. Everything printed is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import pairwise

from ..patterns import lazy
from .fields import Line

#: What no page may hold; the reader keeps them, a browser must not see them.
_CONTROL = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def safe(text: str) -> str:
    """Text for a page: escaped, control characters shown as a box."""
    return escape(_CONTROL.sub("\ufffd", text), quote=True)


def marked(text: str, start: int, end: int, lines: Iterable[Line]) -> str:
    """The document's words from `start` to `end` with the marks of these lines."""
    inside = [line for line in lines if line.span.start < end and line.span.end > start]
    cuts = sorted({start, end, *(min(max(at, start), end) for ln in inside for at in (ln.span.start, ln.span.end))})
    made = []
    for a, b in pairwise(cuts):
        over = [line for line in inside if line.span.start <= a and b <= line.span.end]
        made.append(_stretch(_printed(text[a:b]), over))
        made += [_number(line) for line in inside if line.span.end == b and line.mark in _NUMBERED]
    return "".join(made)


_NUMBERED = ("amount", "relation", "outcome")


def _stretch(words: str, over: list[Line]) -> str:
    if not over or not words.strip():
        return words
    classes = dict.fromkeys(["m", *(line.mark for line in over), *("doubt" for line in over if line.doubtful)])
    return f'<span class="{" ".join(classes)}" data-f="{" ".join(line.id for line in over)}">{words}</span>'


def _number(line: Line) -> str:
    link = f'<a id="s{line.id}" href="#f{line.id}" data-f="{line.id}" title="{safe(line.cells[0])}">'
    return f"<sup>{link}{line.sign}</a></sup>"


def _printed(text: str) -> str:
    return re.sub(r"\s*\n\s*", "<br>", safe(text))
