"""Characters that a scanner took for others, put right on evidence alone and never in silence.

Evidence is the list of the country's divisions (there is a 屯留区 in the city the document is about and no 电留), the
document's own other spellings (市自然资源局 four times, 市白然资源局 once), or digits around a letter (2O26年). Every
repair is one character for one, so that offsets stay; the document is read by the repaired characters, and what is
printed word for word (texts, spans) is put back as it stands. Each repair is a warning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from . import lexicon, places
from .fold import HAN
from .model import Deadline, Outcome, Quantity, Reading, ReadTask, Relation, Span
from .model import Warning as ReadingWarning
from .patterns import lazy
from .source import Cell, Line, Source, Table


@dataclass(frozen=True, slots=True)
class Repair:
    """A name as printed at `start`, as it is read, and why."""

    start: int
    before: str
    after: str
    evidence: str

    @property
    def end(self) -> int:
        """The offset after the printed name."""
        return self.start + len(self.before)

    def warning(self) -> ReadingWarning:
        """What a person is told."""
        message = f"“{self.before}”按“{self.after}”读：{self.evidence}。原文未改，请核对。"
        return ReadingWarning("repaired", message, Span(self.start, self.end))


#: Longer texts are no scans; they are read as they stand.
_LONGEST = 300_000


def repairs_of(text: str) -> tuple[Repair, ...]:
    """All repairs of a text, in its order; two that touch one place are one."""
    if len(text) > _LONGEST:
        return ()
    made: dict[int, Repair] = {}
    for repair in (*_places(text), *_spellings(text), *_digits(text)):
        if not any(r.start < repair.end and repair.start < r.end for r in made.values()):
            made[repair.start] = repair
    return tuple(made[at] for at in sorted(made))


# --- what may be meant ------------------------------------------------------------------------------------------------


@cache
def _lookalikes() -> Mapping[str, str]:
    """Each character with those it may be taken for."""
    found: dict[str, str] = {}
    for group in lexicon.words("lookalikes")["groups"]:
        for character in group:
            found[character] = found.get(character, "") + group.replace(character, "")
    return found


def _variants(name: str) -> Iterator[str]:
    """A name with one of its characters taken for another."""
    table = _lookalikes()
    for at, character in enumerate(name):
        for other in table.get(character, ""):
            yield name[:at] + other + name[at + 1 :]


# --- evidence: the country's divisions --------------------------------------------------------------------------------

#: A spelling that a document keeps to is its own: a place nobody listed.
_OWN_SPELLING = 3


def _places(text: str) -> Iterator[Repair]:
    """Names one character away from a county of the cities that the text names in full."""
    known = places.divisions()
    for city in sorted(places.cities_in(text)):
        for name in places.of_city(city):
            evidence = f"{city}有{name}" if name != city else f"行政区划有{name}"
            for wrong in _variants(name):
                if wrong not in known and 0 < text.count(wrong) < _OWN_SPELLING and len(name) > 2:
                    yield from (Repair(at, wrong, name, evidence) for at in _found(text, wrong))
            stem = places.bare(name)
            for wrong in _variants(stem):
                if 0 < text.count(wrong) < _OWN_SPELLING:
                    yield from (
                        Repair(at, wrong, stem, evidence)
                        for at in _found(text, wrong)
                        if _is_alone(text, at, len(wrong))
                    )


def _found(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def _is_alone(text: str, at: int, length: int) -> bool:
    """Whether a bare name stands by itself rather than inside other words."""
    around = lexicon.words("lookalikes")["around"]
    before, after = text[at - 1 : at] or "\n", text[at + length : at + length + 1] or "\n"
    return before in around and after in around


# --- evidence: the document's other spellings -------------------------------------------------------------------------

_NAME = lazy(HAN + "{3,14}")
#: A slip happens once; what it stands for is written at least so often.
_OFTEN = 3


def _spellings(text: str) -> Iterator[Repair]:
    """A unit written once with one character unlike the way it is written everywhere else."""
    endings = lexicon.group("duties", "units.endings")
    counted = Counter(name for name in _NAME.findall(text) if name.endswith(endings))
    for right, times in counted.items():
        if times < _OFTEN:
            continue
        for wrong in _variants(right):
            if counted.get(wrong) == 1:
                at = next(m.start() for m in _NAME.finditer(text) if m.group() == wrong)
                yield Repair(at, wrong, right, f"同一文件另有{times}处写作“{right}”")


# --- evidence: digits around a letter ---------------------------------------------------------------------------------

_LETTER = lazy(rf"(?<![A-Za-z0-9.])\d[\d.]*[OoＯlI][\dOoＯlI]*(?=[%％]|{HAN}|\.\d)")
_AS_DIGITS = str.maketrans("OoＯlI", "00011")


def _digits(text: str) -> Iterator[Repair]:
    """2O26年, 15O万元: a letter among the digits of a number."""
    for match in _LETTER.finditer(text):
        yield Repair(match.start(), match.group(), match.group().translate(_AS_DIGITS), "数字中间不会有字母")


# --- the source read by its repaired characters -----------------------------------------------------------------------


def repaired(source: Source, repairs: Iterable[Repair]) -> Source:
    """The source with every repair made, character for character."""
    text = source.text
    for repair in repairs:
        text = text[: repair.start] + repair.after + text[repair.end :]
    return replace(source, text=text, blocks=tuple(_block(block, text) for block in source.blocks))


def _block(block: Line | Table, text: str) -> Line | Table:
    if isinstance(block, Line):
        return _line(block, text)
    return replace(block, cells=tuple(_cell(cell, text) for cell in block.cells))


def _cell(cell: Cell, text: str) -> Cell:
    return replace(cell, lines=tuple(_line(line, text) for line in cell.lines))


def _line(line: Line, text: str) -> Line:
    return replace(line, text=text[line.start : line.end])


# --- the reading as printed -------------------------------------------------------------------------------------------


def as_printed(reading: Reading, source: Source, repairs: tuple[Repair, ...]) -> Reading:
    """A reading of the repaired source with its texts as the document prints them, and a warning for every repair."""
    back = _Back(source.text, reading.text, repairs)
    return replace(
        reading,
        text=source.text,
        sections=tuple(replace(s, heading=back.text(s.heading, s.span)) for s in reading.sections),
        tasks=tuple(back.task(task) for task in reading.tasks),
        results=tuple(back.task(task) for task in reading.results),
        warnings=(*(repair.warning() for repair in repairs), *reading.warnings),
    )


_Part = TypeVar("_Part", Quantity, Deadline, Relation, Outcome)


@dataclass(frozen=True, slots=True)
class _Back:
    """The way back from the repaired text to the printed one."""

    printed: str
    read: str
    repairs: tuple[Repair, ...]

    def text(self, words: str, span: Span) -> str:
        """Words read at a span, as they are printed there."""
        if not any(r.start < span.end and span.start < r.end for r in self.repairs):
            return words
        made, at = [], span.start
        for character in words:
            found = self.read.find(character, at, span.end)
            if found < 0:
                made.append(character)
                continue
            made.append(self.printed[found])
            at = found + 1
        return "".join(made)

    def task(self, task: ReadTask) -> ReadTask:
        """A commitment with all its texts as printed; names of units and things stay as they were read."""
        return replace(
            task,
            text=self.text(task.text, task.span),
            quantities=tuple(self._words(q) for q in task.quantities),
            deadlines=tuple(self._words(d) for d in task.deadlines),
            relations=tuple(self._words(r) for r in task.relations),
            outcomes=tuple(self._words(o) for o in task.outcomes),
        )

    def _words(self, part: _Part) -> _Part:
        return replace(part, text=self.text(part.text, part.span))
