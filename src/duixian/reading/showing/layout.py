"""The original cut into rows: a heading, plain words, or a commitment with its number before and its tail behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Reading, ReadSection, ReadTask, Span
from ..patterns import lazy

#: What may stand before a commitment on its line and count as its number: 13. 三、 (2) ①
_NUMBER = lazy(r"[\s\d一二三四五六七八九十①-⑳()()、..#*-]{1,14}")
#: Words before a commitment on its line that are shorter than this are shown with it (a table's cell, 产业方面:).
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of the document. With a task: `number` and `lead_in` are printed before it, `tail` behind it."""

    span: Span
    task: ReadTask | None = None
    is_result: bool = False
    section: ReadSection | None = None
    number: str = ""
    lead_in: str = ""
    tail: Span | None = None


def rows_of(reading: Reading) -> Iterator[Row]:
    """All words of the document once, in order."""
    told = [(task, False) for task in reading.tasks] + [(task, True) for task in reading.results]
    told.sort(key=lambda pair: (pair[0].span.start, pair[0].span.end))
    sections = {section.span.start: section for section in reading.sections}
    text, at = reading.text, 0
    for i, (task, is_result) in enumerate(told):
        start = max(at, task.span.start)
        line = max(text.rfind("\n", at, start) + 1, at)
        before = text[line:start] if start - line < _SHORT and line not in sections else ""
        is_number = bool(_NUMBER.fullmatch(before))
        yield from _plain(text, at, line if before else start, sections)
        end = max(start, task.span.end)
        following = told[i + 1][0].span.start if i + 1 < len(told) else len(text)
        tail = _tail(text, task, end, max(end, following))
        said = (before.strip(), "") if is_number else ("", before.strip())
        yield Row(Span(start, end), task, is_result, None, *said, Span(end, tail))
        at = tail
    yield from _plain(text, at, len(text), sections)


def _tail(text: str, task: ReadTask, end: int, following: int) -> int:
    """Where what belongs to a commitment ends: its line (a bracket of units stands there), or the line or cell of its
    limit if that comes later; never beyond the next commitment."""
    reach = max([end, *(d.span.end for d in task.deadlines if d.span.end <= following)])
    newline = text.find("\n", reach, following)
    if newline >= 0:
        return newline
    # the next commitment stands on the same line: its number is left to it
    return following if following == len(text) or following - reach >= _SHORT else reach


def _plain(text: str, start: int, end: int, sections: dict[int, ReadSection]) -> Iterator[Row]:
    """Lines outside commitments; headings apart, the others together."""
    first = at = start
    while at < end:
        newline = text.find("\n", at, end)
        stop = end if newline < 0 else newline
        section = next((sections[i] for i in range(at, min(stop, at + 8)) if i in sections), None)
        if section is not None:
            yield from _block(text, first, at)
            yield Row(Span(at, stop), section=section)
            first = stop
        at = stop + 1
    yield from _block(text, first, end)


def _block(text: str, start: int, end: int) -> Iterator[Row]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Row(Span(start, end))
