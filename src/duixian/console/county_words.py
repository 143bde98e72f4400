"""The city's words beside the county's, with what was compared marked in both."""

from collections.abc import Sequence
from dataclasses import dataclass

from duixian.aligning.wording import SHORTFALL_WORDS
from duixian.console.marks import Mark, Piece, marked
from duixian.console.views.task import printed_words
from duixian.register.coverage import Cell
from duixian.register.enums import LinkRelation
from duixian.register.models import AlignmentLink, Target, Task

# a county's report sets whole paragraphs; so much before and after the marked phrase is shown
AROUND = 60
SENTENCE_ENDS = "。；;\n"


@dataclass(frozen=True, slots=True)
class CountyWords:
    """One place of the county's document and the links that rest on it."""

    pieces: list[Piece]
    heading: str
    links: list[AlignmentLink]


@dataclass(frozen=True, slots=True)
class Beside:
    """Both wordings of one cell."""

    cell: Cell
    target: Target
    city: list[Piece]
    county: list[CountyWords]
    # other words of the county's for the same goal, which count nothing
    supporting: list[AlignmentLink]


def beside(target: Target, cell: Cell) -> Beside:
    """The chosen cell: the target's own words, and every phrase of the county's that was linked with it."""
    text = printed_words(target.task)
    marks = [Mark(target.span_start, target.span_end, 1, "target", target.text)]
    main = [link for link in cell.links if link.relation != LinkRelation.SUPPORTS] or list(cell.links[:1])
    rest = [link for link in cell.links if link not in main]
    city = _around(text, target.task.span_start, marks)
    return Beside(cell, target, city, county_words(main), rest)


def county_words(links: Sequence[AlignmentLink]) -> list[CountyWords]:
    """The county's sentences, each once, with the linked phrases marked."""
    by_task: dict[int, list[AlignmentLink]] = {}
    for link in links:
        by_task.setdefault(link.county_task_id, []).append(link)
    return [_place(group[0].county_task, group) for group in by_task.values()]


def _place(task: Task, links: list[AlignmentLink]) -> CountyWords:
    marks = [Mark(x.span_start, x.span_end, n, "target", x.text) for n, x in enumerate(links, 1)]
    return CountyWords(_around(printed_words(task), task.span_start, marks), task.section.heading, links)


def _around(text: str, offset: int, marks: Sequence[Mark]) -> list[Piece]:
    """Only the sentences around the marks, of a long paragraph."""
    first, last = min(m.start for m in marks) - offset, max(m.end for m in marks) - offset
    start = max((text.rfind(end, 0, max(first - AROUND, 0)) for end in SENTENCE_ENDS), default=-1) + 1
    ends = [at for end in SENTENCE_ENDS if (at := text.find(end, last + AROUND)) >= 0]
    stop = min(ends) + 1 if ends else len(text)
    pieces = marked(text[start:stop], offset + start, marks)
    before, after = [Piece("……")] * (start > 0), [Piece("……")] * (stop < len(text))
    return [*before, *pieces, *after]


def shortfall_words(codes: Sequence[str]) -> str:
    """低一个阶段, 未写期限: the worst first."""
    known = {member.value: words for member, words in SHORTFALL_WORDS.items()}
    return "，".join(known.get(code, code) for code in codes)


__all__ = ["Beside", "CountyWords", "beside", "county_words", "shortfall_words"]
