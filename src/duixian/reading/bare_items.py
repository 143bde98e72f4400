"""Commitments without a number: a sentence with its units behind it, on the line below it, or before a colon."""

from __future__ import annotations

from collections.abc import Sequence

from .fold import fold
from .headings import is_furniture, is_plain_heading
from .item_numbers import Marked
from .item_words import without_bullet
from .patterns import lazy
from .responsible import NO_DUTIES, Duties, duties_of, names_units, only_units, split_tail, starts_with_label
from .source import Line, Passage, passage_of

_SHORTEST = 8
_ENDED = ("。", ";", "!", ")", "】", "]")


def begins_bare(lines: Sequence[Line], i: int) -> bool:
    """Whether a line without a number is a commitment of its own."""
    if len(lines[i].text) < _SHORTEST or not _may_be_answered(lines, i):
        return False
    passage = without_bullet(passage_of([(lines[i].text, lines[i].start)]))
    folded = passage.folded
    if len(folded) < _SHORTEST or folded.endswith(":") or folded[0] in "([【" or _may_not_begin(folded):
        return False
    if _answered_below(lines, i):
        return True
    if folded.endswith((")", "】", "]", ")。", ")；", ");")):
        duties = split_tail(passage)[1]
        return bool(duties.leads or duties.responsible)
    return ":" in folded[:_LONGEST_NAMES] and units_before(passage)[1] is not NO_DUTIES


def _may_be_answered(lines: Sequence[Line], i: int) -> bool:
    """The cheap test that most lines of prose fail: a bracket at the end, a colon early on or in the line below."""
    text = lines[i].text.rstrip()
    below = lines[i + 1].text if i + 1 < len(lines) else ""
    below = below if below.strip() or i + 2 >= len(lines) else lines[i + 2].text
    closed = any(mark in text[-3:] for mark in ")）】]")
    return closed or any(":" in part or "：" in part for part in (text[:_LONGEST_NAMES], below[:_LONGEST_LABEL]))


_LONGEST_LABEL = 16


def _may_not_begin(folded: str) -> bool:
    return starts_with_label(folded) or is_furniture(folded) or is_plain_heading(folded)


def _answered_below(lines: Sequence[Line], i: int) -> bool:
    """Whether the next line that says anything names units: 责任单位:市教育局."""
    below = next((line for line in lines[i + 1 : i + 4] if line.text.strip()), None)
    return below is not None and names_units(fold(below.text).strip(" ([【●·•-"))


def bare(i: int, line: Line, number: int) -> Marked:
    """The line as if it had a number, past the sign it is set off by."""
    passage = without_bullet(passage_of([(line.text, line.start)]))
    begin = passage.pieces[0].start - line.start if passage.pieces else 0
    return Marked(i, line, "bare", number, begin)


_LONGEST_SAID = 60


def said_on_a_line(passage: Passage) -> Duties | None:
    """由市教育局牵头,市财政局配合: a line of its own that names who answers, as a bracket would."""
    if "牵头" not in passage.folded or len(passage.folded) > _LONGEST_SAID:
        return None
    duties = duties_of(passage)
    return duties if duties is not None and only_units("、".join(duties.leads)) else None


_LONGEST_NAMES = 40
_BEFORE = lazy(r"(?P<names>[^:。;,\d]{3,40}):\s*(?=.{6})")


def units_before(passage: Passage) -> tuple[Passage, Duties]:
    """A commitment without the units it begins with: 市教育局:新建幼儿园5所."""
    found = _BEFORE.match(passage.folded) if ":" in passage.folded[: _LONGEST_NAMES + 1] else None
    names = only_units(passage.text[: found.end("names")]) if found else ()
    if found is None or not names:
        return passage, NO_DUTIES
    return passage.part(found.end(), len(passage.text)), Duties(responsible=names)


#: Unnumbered commitments make a list only where they are most of what is written from the first of them on.
_FEWEST, _MOST = 2, 0.5


def make_a_list(lines: Sequence[Line], found: Sequence[Passage]) -> bool:
    """Whether unnumbered commitments are a list, not a sentence or two of a report that names a unit."""
    if len(found) < _FEWEST:
        return False
    starts = [passage.span(0, 1).start for passage in found]
    told = [line for line in lines if line.end > starts[0] and not names_units(fold(line.text).strip())]
    own, at = 0, 0
    for line in told:
        while at < len(starts) and starts[at] < line.start:
            at += 1
        own += len(line.text.strip()) * (at < len(starts) and starts[at] < line.end)
    return own >= _MOST * sum(len(line.text.strip()) for line in told)
