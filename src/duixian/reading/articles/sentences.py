"""Paragraphs into sentences, each with its heading and whether it tells of the past.

A commitment and a result read alike; what parts them is where they stand (under 工作回顾, after 过去一年) and how
their sentence begins (去年完成…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..clauses import lay_out
from ..fold import fold
from ..item_numbers import mark
from ..item_words import without_bullet
from ..patterns import lazy
from ..source import Line, Passage, passage_of
from .mixed import divided
from .paragraphs import LONGEST_HEADING, paragraphs
from .past import names_year_before, period_of, review_words, says_how_things_stand, tells_of_past, turn, what_is_said


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its heading and whether it tells of the past."""

    passage: Passage
    section: str | None
    is_result: bool
    period: dict[str, str] | None = None


def sentences(lines: Sequence[Line], year: int | None) -> Iterator[Sentence]:
    """All sentences of an article, each with its heading and its time."""
    title = _part_of_year(lines)
    reports = bool(title) or _reports(lines) or _tells_what_is_done(lines)
    past, planned = reports or _is_review(lines), False
    heading: tuple[str, ...] = ()
    under, looks_back = past, False
    for paragraph in paragraphs(lines):
        if paragraph.headings != heading:
            heading = paragraph.headings
            past = under = turn(heading, past, year, reports=reports)
            planned = planned or any(review_words("headings.plan").search(fold(text)) for text in heading)
            looks_back = bool(heading) and bool(review_words("headings.review").search(fold(heading[-1])))
        passage = _without_number(passage_of(paragraph.runs))
        # where things are reported one by one, each paragraph begins anew with what is done
        before = under if reports else past
        if not (looks_back and passage.folded.startswith(_THIS_YEAR_IS)):
            past = turn((_first_clause(passage.folded),), before, year, opening=True, reports=reports)
        under = past
        parts = list(_split(passage))
        if len(parts) > 1 and _is_run_in_heading(parts[0]):
            parts = parts[1:]
        for part in parts:
            if review_words("sentences.ceremony").search(part.folded):
                continue
            if past and review_words("sentences.troubles").search(part.folded[:_OPENING]):
                break
            told = tells_of_past(part.folded, past, year, planned=planned, reports=reports)
            if looks_back and part.folded.startswith(_THIS_YEAR_IS):
                told = past
            planned = planned or (not told and bool(_PLANS.search(part.folded)))
            if past and not told:
                # 2026年,我县将…: from here on the plan
                past = False
            elif told and not planned and part is parts[0] and names_year_before(part.folded, year):
                # 2018年,… before any plan is spoken of: what follows is told, too
                past = under = True
            span = (_first_clause(passage.folded), *paragraph.headings, *title)
            for piece, is_result in divided(part, told=told, reports=reports):
                # what is done of a plan is done in its year
                own = reports or not told
                period = period_of(piece.folded, span, year, reports=own) if is_result else None
                yield Sentence(piece, heading[-1] if heading else None, is_result, period)


# under 2025年工作回顾, written before the year ended: 今年是…的开局之年
_THIS_YEAR_IS = "今年是"
# what speaks of the year to come
_PLANS = lazy("今年|新的一年|将|力争|计划(?!执行|草案)")
#: How far into a sentence it says that it tells of what went wrong.
_OPENING = 40


def _without_number(passage: Passage) -> Passage:
    """A paragraph without the number or bullet it begins with: (一)着力扩大有效投资。"""
    passage = without_bullet(passage)
    marked = mark(0, Line(passage.text, 0))
    return passage.part(marked.body, len(passage.text)) if marked and marked.kind != "md" else passage


_LONGEST_RUN_IN = 20


def _is_run_in_heading(part: Passage) -> bool:
    """A short first sentence without a figure heads its paragraph: 着力扩大有效投资。"""
    return (
        len(part.folded) <= _LONGEST_RUN_IN and "," not in part.folded and not re.search(r"\d|上半年|年底", part.folded)
    )


_TOP = 8


def _top(lines: Sequence[Line]) -> list[str]:
    """The first short lines of a page, among which its title stands."""
    top = [fold(line.text).strip() for line in lines if line.text.strip()][:_TOP]
    return [text for text in top if len(text) <= LONGEST_HEADING]


def _is_review(lines: Sequence[Line]) -> bool:
    """Whether a page's title calls it a review: 2025年经济社会发展综述."""
    return any(review_words("headings.summary").search(text) for text in _top(lines))


def _reports(lines: Sequence[Line]) -> bool:
    """Whether a page's title says that it tells how things stand: 青禾县9月份民生工程进展情况."""
    return any(says_how_things_stand(text) for text in _top(lines))


# 完成年度任务的82%, 占年度目标的63%, 超时间进度2个百分点
_WORDS_OF_DONE = lazy(
    r"完成(?:了)?(?:年度|全年|年计划|目标|任务)[^,。]{0,10}?的?\d|超额完成|提前完成|(?:全部|全面|整体)完成"
    r"|截[至止](?:目前|20\d\d年|\d)|1[-—~至]\d{1,2}月份?,?(?:累计)?(?:完成|实现)|(?:序时|时间)进度"
    r"|目前已|均已|已(?:经|累计)?(?:完成|建成|开工|新增|投入|竣工|发放|签订|签约|开建|实现)"
    r"|(?:完成|开工|竣工|签约)率(?:为\d|\d+\.\d)|[占为][^,。]{0,12}?(?:计划|任务|目标)(?:投资)?的\d"
)
_WORDS_OF_PLANS = lazy(
    "力争|确保|将(?!近|军|相)|(?<!年)(?<!年度)计划(?!的|总|投资|生育)|年底前|下一步|要(?!求|点|素|件|闻|约)|今后|打造"
    "|加快(?!推进[,。])|重点工作|工作安排|工作任务|预期目标|主要目标|工作要点"
)
_ENOUGH, _ENOUGH_OF_NOTE = 4, 2


def _tells_what_is_done(lines: Sequence[Line]) -> bool:
    """Whether most of a short page says how far things are, and hardly anything what is planned."""
    text = fold("\n".join(line.text for line in lines))
    if len(text) > _SHORT_PAGE:
        return False
    done = len(_WORDS_OF_DONE.findall(text))
    return (
        done >= (_ENOUGH if len(text) > _NOTE else _ENOUGH_OF_NOTE) and len(_WORDS_OF_PLANS.findall(text)) * 3 <= done
    )


_SHORT_PAGE, _NOTE = 6000, 400
_OF_PART = lazy(r"20\d\d年[^,。]{0,12}?(?:上半年|前三季度|一季度|1[-—~至]+\d{1,2}月)[^,。]*(?:情况|总结|综述)")


def _part_of_year(lines: Sequence[Line]) -> list[str]:
    """The title of a page that tells of a part of a year: 2025年1-5月经济运行情况."""
    return [text for text in _top(lines) if _OF_PART.search(text)][:1]


def _first_clause(folded: str) -> str:
    return re.split("[,。;:]", what_is_said(folded), maxsplit=1)[0][:24]


def _split(passage: Passage) -> Iterator[Passage]:
    """Sentences of a paragraph; a full stop inside quotes or brackets ends none."""
    layout = lay_out(passage.folded)
    start = 0
    for at, ch in enumerate(passage.folded):
        if ch in "。!?" and layout.is_plain(at):
            end = at + 1
            if passage.folded[start:end].strip():
                yield _trimmed(passage, start, end)
            start = end
    if passage.folded[start:].strip(" ”"):
        yield _trimmed(passage, start, len(passage.folded))


def _trimmed(passage: Passage, start: int, end: int) -> Passage:
    while start < end and passage.folded[start] in " ”":
        start += 1
    while end > start and passage.folded[end - 1] == " ":
        end -= 1
    return passage.part(start, end)
