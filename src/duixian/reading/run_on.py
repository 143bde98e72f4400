"""Items that stand on one line, because a page lost its line breaks: 1.新建公园2座。2.改造小区12个。"""

from __future__ import annotations

from collections.abc import Iterator

from .fold import fold
from .patterns import lazy
from .source import Line

#: Shorter lines hold one item.
_SHORTEST = 24
_FIRST = lazy(r"\s*(?P<open>\(?)(?P<number>\d{1,3})(?P<close>[.、)])(?!\d)")


def one_by_one(line: Line) -> Iterator[Line]:
    """The line, cut before each number that goes on from the one before it behind a full stop or a bracket."""
    folded = fold(line.text) if len(line.text) >= _SHORTEST else ""
    first = _FIRST.match(folded)
    start = 0
    if first is not None:
        following = int(first["number"]) + 1
        at = first.end()
        while (cut := _next(folded, at, f"{first['open']}{following}{first['close']}")) is not None:
            yield Line(line.text[start:cut], line.start + start, line.level)
            start, at, following = cut, cut + len(str(following)) + 2, following + 1
    yield Line(line.text[start:], line.start + start, line.level) if start else line


_ENDS = "。;)]】!"


def _next(folded: str, at: int, number: str) -> int | None:
    """Where the next number begins an item of its own, not a figure (2.5万) nor one within a sentence."""
    while (at := folded.find(number, at)) >= 0:
        behind, end = folded[:at].rstrip(), at + len(number)
        if behind[-1:] in _ENDS and not folded[end : end + 1].isdigit() and not folded[at - 1].isdigit():
            return at
        at = end
    return None
