"""Lines into paragraphs under their headings, put together again where a column or a page broke them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from .. import lexicon
from ..fold import fold
from ..headings import is_furniture
from ..item_numbers import mark
from ..patterns import lazy
from ..quantities.mentions import scan as scan_figures
from ..source import Line
from .past import review_words
from .spaces import is_spaced, runs_of


@dataclass(slots=True)
class Paragraph:
    """The runs of one paragraph, which may be broken over columns, and the headings above it, outermost first."""

    runs: list[tuple[str, int]]
    headings: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


_BULLET = lazy(r"^[▶►●■◆·•○◎◇★☆✓]\s*")
_TERMINALS = ("。", "!", "?", ";", "。”", "!”", "?”", ":", "……")
LONGEST_HEADING = 48


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    words: str


def _heading(index: int, line: Line) -> _Heading | None:
    """A line that heads what follows: marked, numbered, or short and without a full stop."""
    folded = fold(line.text).strip()
    if folded.endswith((",", "、")):
        return None
    marked = mark(index, line)
    if line.level and len(folded) <= LONGEST_HEADING * 2:
        return _Heading(line.level, folded)
    if marked and marked.kind == "md":
        return _Heading(len(str(marked.number)), marked.words)
    if folded.endswith(_TERMINALS) or len(folded) > LONGEST_HEADING or "。" in folded:
        return None
    if marked and marked.kind in ("part", "cn", "cnp"):
        return _Heading(10 + marked.level, marked.words)
    if marked or ("," in folded[:-1] and len(folded) > 30 and not review_words("headings.review").search(folded)):
        return None
    if _promises(folded):
        return None
    return _Heading(20, _BULLET.sub("", folded).rstrip("◢◣◤◥ "))


@cache
def _begins_work() -> re.Pattern[str]:
    return re.compile(
        r"(?:为\d+[^,]{2,16}?)?(?:"
        + lexicon.any_of("phrases", "opening.manner")
        + ")*"
        + lexicon.any_of("phrases", "opening.work")
        + r"(?!.*[:!])"
    )


def _promises(folded: str) -> bool:
    """新增养老床位300张: a line that begins with work and counts something is no heading though it has no full stop.

    Nor is one of a plain list whose bullet stands before a figure (●地区生产总值增长6%).
    """
    bullet = _BULLET.match(folded)
    body = folded[bullet.end() :] if bullet else folded
    if not bullet and not _begins_work().match(body):
        return False
    return any(m.group in _DELIVERED and not m.chinese for m in scan_figures(body))


def _states_figure(line: Line) -> bool:
    """Whether a short line without a full stop says how much: 国内生产总值增长5%."""
    folded = fold(line.text).strip()
    if line.level or len(folded) > LONGEST_HEADING or folded.endswith(_TERMINALS) or not re.search(r"\d", folded):
        return False
    marked = mark(0, line)
    if marked and marked.kind in ("part", "cn", "cnp", "md"):
        return False
    if _REACHES.search(folded):
        return True
    return any(m.group in _DELIVERED and not m.chinese for m in scan_figures(folded))


def _said_again(lines: Sequence[Line]) -> frozenset[int]:
    """Short lines whose words the paragraph under them repeats: a newspaper's headlines, whatever figures they bear."""
    full = [(i, re.sub(r"\s", "", fold(line.text))) for i, line in enumerate(lines) if line.text.strip()]
    return frozenset(
        i
        for (i, text), (_, below) in pairwise(full)
        if _SHORTEST_AGAIN <= len(text) <= LONGEST_HEADING < len(below)
        and text in below
        and not text.endswith(_TERMINALS)
    )


_SHORTEST_AGAIN = 6
# 人均预期寿命提高到80岁
_REACHES = lazy(r"(?:达到?|到|至)\d[\d.]*(?:年|岁|天)(?:以上|左右)?$")


def _columns_of_figures(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that state figures one below the other, as in a newspaper's box: they head nothing."""
    full = [i for i, line in enumerate(lines) if line.text.strip()]
    stated = [_states_figure(lines[i]) for i in full]
    near = [sum(stated[max(0, at - 2) : at + 3]) > 1 for at in range(len(full))]
    return frozenset(i for at, i in enumerate(full) if stated[at] and near[at])


_DELIVERED = ("count", "people", "area", "length", "money", "percent", "points", "capacity")


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:[(（]?"
        + lexicon.any_of("reviews", "noise.begins")
        + r"[/:： ]|\d{1,2}版|\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:来源|$))"
    )


def paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Paragraphs under their headings; one that breaks off in mid-sentence goes on in the next."""
    headings: list[_Heading] = []
    listed = _bullets_of_lists(lines)
    again = _said_again(lines)
    figures = _columns_of_figures(lines) - again
    open_paragraph: Paragraph | None = None
    crossed, spaced = False, is_spaced(lines)
    for i, line in enumerate(lines):
        folded = fold(line.text).strip()
        if not folded or is_furniture(folded) or _noise().match(line.text.lstrip("# ")):
            continue
        goes_on = open_paragraph is not None and _is_broken(open_paragraph.text)
        heading: _Heading | None = None if folded[0] in listed or i in figures else _heading(i, line)
        if i in again:
            heading = _Heading(20, _BULLET.sub("", folded))
        if heading is not None and not (goes_on and _is_tail(folded)):
            while headings and headings[-1].level >= heading.level:
                headings.pop()
            headings.append(heading)
            crossed = True
            continue
        if open_paragraph and _promises(folded) and _promises(fold(open_paragraph.text).strip()):
            # lines of a plain list, one commitment each
            goes_on = False
        if folded[0] in listed or (i in figures and not (open_paragraph and fold(open_paragraph.text).endswith(","))):
            goes_on = False
        if goes_on and open_paragraph and (not crossed or _quote_open(open_paragraph.text)):
            open_paragraph.runs.extend(runs_of(line, spaced=spaced))
        else:
            if open_paragraph:
                yield open_paragraph
            open_paragraph = Paragraph([*runs_of(line, spaced=spaced)], tuple(h.words for h in headings))
        crossed = False
    if open_paragraph:
        yield open_paragraph


def _bullets_of_lists(lines: Sequence[Line]) -> frozenset[str]:
    """The bullets that stand before promises: lines that bear them are no headings, whatever they say."""
    starts = (fold(line.text).strip() for line in lines)
    return frozenset(text[0] for text in starts if _BULLET.match(text) and _promises(text))


def _is_broken(text: str) -> bool:
    """A paragraph of some length without a full stop at its end was cut by a column."""
    folded = fold(text[-60:]).rstrip()
    return len(folded) > 20 and not folded.endswith(_TERMINALS) and not folded.endswith((")", "】"))


def _is_tail(folded: str) -> bool:
    """A short line that can only be the end of a cut sentence: it closes with a full stop."""
    return folded.endswith(("。", ";"))


def _quote_open(text: str) -> bool:
    return text.count("“") > text.count("”")
