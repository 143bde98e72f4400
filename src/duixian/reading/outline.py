"""Lines into numbered items under headings, whatever the numbering: 一、 (一) 1. (1) ① or Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from .bare_items import bare, begins_bare, make_a_list, said_on_a_line, units_before
from .fold import fold
from .headings import FRAMED, clean_heading, is_furniture, is_plain_heading, is_unit_name, unframed
from .item_numbers import LEVELS, Marked, mark, numbers_before_digits, spaced_numbers, without_number
from .item_words import inherited, without_bullet, without_label
from .model import ReadSection, Span
from .patterns import lazy
from .people import is_person, titled_person
from .responsible import (
    NO_DUTIES,
    Duties,
    duties_of,
    split_tail,
    starts_with_label,
)
from .run_on import one_by_one
from .source import Line, Passage, passage_of
from .unit_names import looks_like_unit
from .values import value


@value(frozen=True, slots=True)
class Item:
    """A numbered commitment before it is read: its words, its section, who its own words and its heading name.

    `milestones` are the cells of quarter columns with the month they end in.
    """

    number: int | str
    section: str | None
    passage: Passage
    duties: Duties
    kind: str = "ar"
    headings: tuple[int, ...] = ()
    heading_lead: str | None = None
    milestones: tuple[tuple[int, Passage], ...] = ()


@value(frozen=True, slots=True)
class Outline:
    """The items of a list and its headings; `start` is the index of the line where the list begins: what stands before
    it is the notice."""

    items: tuple[Item, ...]
    sections: tuple[ReadSection, ...]
    start: int


# --- where the list begins -------------------------------------------------------------------------------------------

_ANNEX = lazy(r"^\s*附\s*件\s*[0-9一二三]*\s*[::]?")
_DATE_LINE = lazy(r"^\(?20\d\d年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日\)?$")
_DAY = ("日", "日)")
_SHARE_BEHIND = 0.6


def list_start(lines: list[Line], marked: list[Marked]) -> int:
    """The line after the notice: past its date or the word 附件, if most numbered items come after that."""
    items = [m.index for m in marked if m.kind in ("ar", "arp", "circ")] or [m.index for m in marked]
    start = 0
    for i, line in enumerate(lines):
        text = fold(line.text).strip()
        if not (text.startswith("附") and _ANNEX.match(text)) and not (text.endswith(_DAY) and _DATE_LINE.match(text)):
            continue
        if sum(1 for at in items if at > i) >= _SHARE_BEHIND * max(len(items), 1):
            start = i + 1
    return start


# --- headings --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Heading:
    level: int
    name: str
    index: int
    lead: str | None
    duties: Duties


_LONGEST_HEADING = 45


def _is_heading(m: Marked, following: Marked | None, deepest: int, *, has_duties: bool) -> bool:
    """A numbered line is a heading if deeper numbers follow it, or if it is short and unfinished above the items.

    Where a line with units follows, or a figure is promised, it is an item all the same.
    """
    words = m.words
    if m.kind in ("md", "part"):
        return True
    if has_duties:
        return False
    finished = words.endswith(("。", ";", "!"))
    if following is not None and following.level > m.level and len(words) <= 2 * _LONGEST_HEADING:
        # what is finished is a heading only if it promises no figure and names nobody
        if not finished or re.search(r"\d", words):
            return not finished
        return split_tail(passage_of([(m.line.text[m.body :], 0)]))[1] == NO_DUTIES
    return not finished and len(words) <= _LONGEST_HEADING and m.level < min(deepest, LEVELS.index("ar"))


# --- the walk --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """The item that is being gathered."""

    marked: Marked
    headings: list[_Heading]
    runs: list[tuple[str, int]] = field(default_factory=list)
    duties: Duties = NO_DUTIES


# What follows such a line explains the list: its numbers are no items until the next heading.
_NOTES = lazy(r"[(\[【]?(?:有关|填报|填表|编制|几点)?(?:说明|要求|备注|注|注意事项)[)\]】]?\s*:?")


# What sets off a commitment that has no number.
_SHAPES = "▲△●■◆★☆"
_NEXT_ANNEX = lazy(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十])\s*:?")


class _Walk:
    """Goes down the lines once, keeping the open headings and the open item."""

    def __init__(self, lines: list[Line], marked: list[Marked], start: int, *, with_bare: bool) -> None:
        self.lines = lines
        self.with_bare = with_bare
        self.by_index = {m.index: m for m in marked if m.index >= start}
        self.order = sorted(self.by_index)
        self.start = start
        self.headings: list[_Heading] = []
        self.sections: list[ReadSection] = []
        self.items: list[Item] = []
        self.open: _Open | None = None
        self.deepest = max((m.level for m in self.by_index.values()), default=0)
        self.last_item = max((i for i in self.order), default=-1)
        self.in_notes = False
        self.first: int | None = None
        self.titled: int | None = None
        self.answered = False

    def run(self) -> Outline:
        following = {a: self.by_index[b] for a, b in zip(self.order, self.order[1:], strict=False)}
        for i in range(self.start, len(self.lines)):
            m = self.by_index.get(i)
            if m is not None and not self.in_notes and self.first is None:
                self.first = i
            if m is None:
                self._plain(i, self.lines[i])
            elif self.in_notes and m.level >= LEVELS.index("ar"):
                continue
            elif self._heads_bare(m) or _is_heading(
                m, following.get(i), self.deepest, has_duties=self._duties_follow(i)
            ):
                self._close()
                self._head(m.level, m.line, m.body)
            else:
                self._close()
                self.open = _Open(m, list(self.headings), [(m.line.text[m.body :], m.line.start + m.body)])
        self._close()
        return Outline(tuple(self.items), tuple(self.sections), self.start if self.first is None else self.first)

    def _heads_bare(self, m: Marked) -> bool:
        """Whether a short numbered line without a full stop stands above a commitment that has no number."""
        if m.level >= LEVELS.index("ar"):
            return False
        words = m.words if self.with_bare else ""
        if not words or len(words) > _LONGEST_HEADING or "。" in words or words.endswith((";", "!", ",")):
            return False
        below = next(
            (j for j in range(m.index + 1, min(m.index + 4, len(self.lines))) if self.lines[j].text.strip()), -1
        )
        return below >= 0 and below not in self.by_index and begins_bare(self.lines, below)

    def _duties_follow(self, i: int) -> bool:
        """Whether the lines up to the next numbered one name units or limits."""
        for line in self.lines[i + 1 : i + 4]:
            if mark(0, line) is not None:
                return False
            if starts_with_label(fold(line.text).strip()):
                return True
        return False

    def _head(self, level: int, line: Line, body: int) -> None:
        words = passage_of([(line.text[body:], line.start + body)])
        bare, duties = split_tail(words)
        name, declared, says_lead = clean_heading(without_number(unframed(bare.text or words.text)))
        if person := titled_person(name) or (name if is_person(name) else None):
            # a list grouped by leader: who heads the group sponsors its items
            duties = duties.joined(Duties(sponsors=(person.removesuffix("同志"),)))
        while self.headings and self.headings[-1].level >= level:
            self.headings.pop()
        lead = (
            name
            if says_lead and looks_like_unit(name)
            else name
            if looks_like_unit(name) and is_unit_name(name)
            else None
        )
        self.in_notes = False
        self.sections.append(ReadSection(name, line.text.strip(), Span(line.start, line.end), declared))
        self.headings.append(_Heading(level, name, len(self.sections) - 1, lead, duties))

    def _plain(self, i: int, line: Line) -> None:
        folded = fold(line.text).strip()
        if _NOTES.fullmatch(folded):
            self._close()
            self.in_notes = True
        if _NEXT_ANNEX.fullmatch(folded) and (self.items or self.open):
            self._annex(i)
            return
        if not folded or self.in_notes or i == self.titled or (is_furniture(folded) and not self._answers(i, folded)):
            return
        if FRAMED.match(folded) and is_plain_heading(folded):
            self._close()
            self.first = i if self.first is None else self.first
            self._head(LEVELS.index("cn"), line, 0)
            return
        if self.with_bare and (self.open is None or self._is_answered()) and begins_bare(self.lines, i):
            self._bare(i, line)
            return
        if self.open is None:
            if is_plain_heading(folded) and i > self.start:
                self.first = i if self.first is None else self.first
                self._head(LEVELS.index("cn"), line, 0)
            return
        if self._bracket_open():
            self.open.runs.append((line.text, line.start))
            return
        passage = without_bullet(passage_of([(line.text, line.start)]))
        folded = passage.folded
        if not folded:
            # a bullet or marks of emphasis alone
            return
        framed = folded[0] in "([【" and folded.rstrip("。")[-1] in ")]】"
        inside = passage.part(1, len(folded.rstrip("。")) - 1) if framed else passage
        labelled = starts_with_label(folded) or folded[0] in "([【"
        duties = duties_of(inside) if labelled else said_on_a_line(passage)
        if duties is not None:
            self.open.duties = self.open.duties.joined(duties)
        elif self._ended() and is_plain_heading(folded):
            self._close()
            self._head(LEVELS.index("cn"), line, 0)
        elif (shape := line.text.strip()[0]) in _SHAPES and split_tail(passage)[1] != NO_DUTIES:
            self._shape(i, line, shape)
        elif not self._ended() or (i < self.last_item and len(folded) >= 12):
            self.open.runs.append((line.text, line.start))

    def _is_answered(self) -> bool:
        """Whether the open item has its units, so that what follows may be another."""
        assert self.open is not None
        if self.open.duties != NO_DUTIES or not self._ended():
            return self.open.duties != NO_DUTIES
        passage, duties = split_tail(passage_of(self.open.runs))
        return duties != NO_DUTIES or units_before(passage)[1] != NO_DUTIES

    def _bare(self, i: int, line: Line) -> None:
        """A commitment that has no number: it is counted."""
        self._close()
        self.first = i if self.first is None else self.first
        m = bare(i, line, len(self.items) + 1)
        self.open = _Open(m, list(self.headings), [(line.text[m.body :], line.start + m.body)])

    def _shape(self, i: int, line: Line, shape: str) -> None:
        """A line set off by ▲ that names units of its own is a commitment of its own."""
        assert self.open is not None
        headings = self.open.headings
        self._close()
        body = line.text.index(shape) + 1
        self.open = _Open(Marked(i, line, "circ", shape, body), list(headings), [(line.text[body:], line.start + body)])

    def _annex(self, i: int) -> None:
        """附件2: another list begins, under its own title."""
        self._close()
        self.headings.clear()
        self.in_notes = False
        following = next((j for j in range(i + 1, min(i + 4, len(self.lines))) if self.lines[j].text.strip()), None)
        if following is None or following in self.by_index or "。" in self.lines[following].text:
            return
        self._head(LEVELS.index("md") - 1, self.lines[following], 0)
        self.titled = following

    def _answers(self, i: int, folded: str) -> bool:
        """主办单位:县教育局 under an item says who answers for it; at the page's foot it says whose page it is."""
        if self.open is None or self.open.duties != NO_DUTIES or not starts_with_label(folded):
            return False
        self.answered = self.answered or i < self.last_item
        return self.answered

    def _bracket_open(self) -> bool:
        """Whether the open item breaks off inside a bracket: what follows belongs to it whatever it begins with."""
        assert self.open is not None
        text = fold("".join(run for run, _ in self.open.runs[-6:]))
        return text.count("(") > text.count(")") and text.rfind("(") > len(text) - 400

    def _ended(self) -> bool:
        """Whether the open item has come to a full stop, so that what follows may be something else."""
        assert self.open is not None
        text = fold(self.open.runs[-1][0]).rstrip()
        return (
            text.endswith(("。", ";", "。)", "!"))
            or (text.endswith(")") and len(text) > 4)
            or self.open.duties != NO_DUTIES
        )

    def _close(self) -> None:
        if self.open is None:
            return
        opened, self.open = self.open, None
        passage, duties = split_tail(passage_of(opened.runs))
        passage, before = units_before(without_label(passage))
        if not passage.text:
            return
        duties = duties.joined(before)
        above = opened.headings
        for heading in above:
            duties = inherited(duties, heading.duties)
        lead = next((h.lead for h in reversed(above) if h.lead), None)
        section = above[-1] if above else None
        self.items.append(
            Item(
                opened.marked.number,
                section.name if section else None,
                passage,
                duties.joined(opened.duties),
                opened.marked.kind,
                tuple(h.index for h in above),
                lead,
            )
        )


def read_outline(lines: list[Line]) -> Outline:
    """The numbered items of a document's lines under their headings."""
    parted = [list(one_by_one(line)) for line in lines]
    origin = [i for i, pieces in enumerate(parted) for _ in pieces]
    lines = [piece for pieces in parted for piece in pieces]
    marked = [m for i, line in enumerate(lines) if (m := mark(i, line))]
    for more in (spaced_numbers, numbers_before_digits):
        if found_too := more(lines, marked):
            marked = sorted([*marked, *found_too], key=lambda m: m.index)
    start = list_start(lines, marked)
    outline = _Walk(lines, marked, start, with_bare=True).run()
    found = [item.passage for item in outline.items if item.kind == "bare"]
    if found and len(found) == len(outline.items) and not make_a_list(lines, found):
        outline = _Walk(lines, marked, start, with_bare=False).run()
    return replace(outline, start=origin[outline.start] if outline.start < len(origin) else len(parted))
