"""Prose into sentences that commit to something: work reports, county plans, newspaper pages.

A commitment and a result read alike; what parts them is where they stand (under 工作回顾, after 过去一年) and how
their sentence begins (去年完成…).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from . import lexicon
from .clauses import lay_out
from .fold import fold
from .head import date_of
from .headings import is_furniture
from .items import read_passage
from .model import DocumentHead, ReadTask
from .model import Warning as ReadingWarning
from .outline import mark, without_bullet
from .quantities.mentions import scan as scan_figures
from .responsible import Duties
from .source import Line, Passage, passage_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its heading and whether it tells of the past."""

    passage: Passage
    section: str | None
    is_result: bool
    period: dict[str, str] | None = None


@dataclass(slots=True)
class _Paragraph:
    """The runs of one paragraph, which may be broken over columns, and the headings above it, outermost first."""

    runs: list[tuple[str, int]]
    headings: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


# --- lines into paragraphs under headings -----------------------------------------------------------------------------

_TERMINALS = ("。", "!", "?", ";", "。”", "!”", "?”", ":", "……")
_LONGEST_HEADING = 48


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    words: str


def _heading(index: int, line: Line) -> _Heading | None:
    """A line that heads what follows: marked, numbered, or short and without a full stop."""
    folded = fold(line.text).strip()
    marked = mark(index, line)
    if line.level and len(folded) <= _LONGEST_HEADING * 2:
        return _Heading(line.level, folded)
    if marked and marked.kind == "md":
        return _Heading(len(str(marked.number)), marked.words)
    if folded.endswith(_TERMINALS) or len(folded) > _LONGEST_HEADING or "。" in folded:
        return None
    if marked and marked.kind in ("part", "cn", "cnp"):
        return _Heading(10 + marked.level, marked.words)
    if marked or ("," in folded[:-1] and len(folded) > 30 and not _is_review_words(folded)):
        return None
    if _promises(folded):
        return None
    return _Heading(20, folded)


@cache
def _begins_work() -> re.Pattern[str]:
    return re.compile(r"[▶►●■◆·•\s]*(?:为\d+[^,]{2,16}?)?" + lexicon.any_of("phrases", "opening.work") + r"(?!.*[:!])")


def _promises(folded: str) -> bool:
    """新增养老床位300张: a line that begins with work and counts something is no heading though it has no full stop."""
    return bool(_begins_work().match(folded)) and any(m.group in _DELIVERED for m in scan_figures(folded))


_DELIVERED = ("count", "people", "area", "length")


def _is_review_words(text: str) -> bool:
    return bool(_pattern("headings.review").search(text))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(lexicon.any_of("reviews", key))


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(r"\s*(?:[(（]?" + lexicon.any_of("reviews", "noise.begins") + r"[/:： ]|\d{1,2}版)")


def _paragraphs(lines: Sequence[Line]) -> Iterator[_Paragraph]:
    """Paragraphs under their headings; one that breaks off in mid-sentence goes on in the next."""
    headings: list[_Heading] = []
    open_paragraph: _Paragraph | None = None
    crossed = False
    for i, line in enumerate(lines):
        folded = fold(line.text).strip()
        if not folded or is_furniture(folded) or _noise().match(line.text.lstrip("# ")):
            continue
        goes_on = open_paragraph is not None and _is_broken(open_paragraph.text)
        heading = _heading(i, line)
        if heading is not None and not (goes_on and _is_tail(folded)):
            while headings and headings[-1].level >= heading.level:
                headings.pop()
            headings.append(heading)
            crossed = True
            continue
        if open_paragraph and _promises(folded) and _promises(fold(open_paragraph.text).strip()):
            # lines of a plain list, one commitment each
            goes_on = False
        if goes_on and open_paragraph and (not crossed or _quote_open(open_paragraph.text)):
            open_paragraph.runs.append((line.text, line.start))
        else:
            if open_paragraph:
                yield open_paragraph
            open_paragraph = _Paragraph([(line.text, line.start)], tuple(h.words for h in headings))
        crossed = False
    if open_paragraph:
        yield open_paragraph


def _is_broken(text: str) -> bool:
    """A paragraph of some length without a full stop at its end was cut by a column."""
    folded = fold(text[-60:]).rstrip()
    return len(folded) > 20 and not folded.endswith(_TERMINALS) and not folded.endswith((")", "】"))


def _is_tail(folded: str) -> bool:
    """A short line that can only be the end of a cut sentence: it closes with a full stop."""
    return folded.endswith(("。", ";"))


def _quote_open(text: str) -> bool:
    return text.count("“") > text.count("”")


# --- paragraphs into sentences ----------------------------------------------------------------------------------------


def sentences(lines: Sequence[Line], year: int | None) -> Iterator[Sentence]:
    """All sentences of an article, each with its heading and its time."""
    past = _is_review(lines)
    heading: tuple[str, ...] = ()
    for paragraph in _paragraphs(lines):
        if paragraph.headings != heading:
            heading = paragraph.headings
            past = _turn(heading, past, year)
        passage = _without_number(passage_of(paragraph.runs))
        past = _turn((_first_clause(passage.folded),), past, year, opening=True)
        parts = list(_split(passage))
        for part in parts[1:] if len(parts) > 1 and _is_run_in_heading(parts[0]) else parts:
            if _pattern("sentences.ceremony").search(part.folded):
                continue
            if past and _pattern("sentences.troubles").search(part.folded[:_OPENING]):
                break
            told = _tells_of_past(part.folded, past, year)
            if past and not told:
                # 2026年,我县将…: from here on the plan
                past = False
            span = (_first_clause(passage.folded), *paragraph.headings)
            period = _period(part.folded, span, year) if told else None
            yield Sentence(part, heading[-1] if heading else None, told, period)


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


def _is_review(lines: Sequence[Line]) -> bool:
    """Whether a page's title calls it a review: 2025年经济社会发展综述."""
    top = [fold(line.text).strip() for line in lines if line.text.strip()][:_TOP]
    return any(len(text) <= _LONGEST_HEADING and _pattern("headings.summary").search(text) for text in top)


def _first_clause(folded: str) -> str:
    return re.split("[,。;:]", folded, maxsplit=1)[0][:24]


def _turn(words: Sequence[str], past: bool, year: int | None, *, opening: bool = False) -> bool:
    """Whether headings (or a paragraph's opening words) lead into a review or out of it; the innermost decides."""
    for text in reversed(words):
        folded = fold(text)
        named = re.search(r"(20\d\d)\s*年", folded)
        if (
            year
            and named
            and not opening
            and int(named.group(1)) < year
            and not _pattern("headings.plan").search(folded)
        ):
            return True
        if year and named and int(named.group(1)) == year and not _pattern("headings.review").search(folded):
            return past and opening and bool(_SO_FAR.match(folded[named.end() :]))
        if opening:
            if (ended := _plan_ended(folded, year)) is not None:
                return ended
            if _pattern("sentences.past").match(folded):
                return True
            if _pattern("sentences.future").match(folded):
                return False
            continue
        if _pattern("headings.review").search(folded):
            return True
        if _pattern("headings.plan").search(folded):
            return False
    return past


# “十四五”时期: past in 2026, to come in 2021
_OF_PLAN = re.compile(r"[^,]{0,4}“(十三五|十四五|十五五|十六五)”(?:时期|期间|规划)(?!以来)")


def _plan_ended(folded: str, year: int | None) -> bool | None:
    """Whether the five-year plan a text begins with has ended before the planning year; None where that is open."""
    match = _OF_PLAN.match(folded) if year else None
    if match is None or year is None:
        return None
    first = _FIRST_YEARS[match.group(1)]
    return True if first + 4 < year else False if first >= year else None


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


def _tells_of_past(folded: str, past: bool, year: int | None) -> bool:
    """Whether one sentence tells of the past, which its own beginning may decide against its heading."""
    opening = folded[:16]
    if (ended := _plan_ended(opening, year)) is not None:
        return ended
    if _pattern("sentences.past").match(opening):
        return True
    named = re.match(r"(?:截至|到|在)?(20\d\d)年", opening)
    if named and year:
        # 2026年上半年 in a report of that half year is told, 2026年,我县将 is not
        return int(named.group(1)) < year or (past and bool(_SO_FAR.match(folded[named.end() :])))
    if so_far := _THIS_YEAR.match(opening):
        return past or "以来" in so_far.group()
    if _pattern("sentences.future").match(opening):
        return False
    return past


_SO_FAR = re.compile(r"(?:上半年|前[一二三四五六七八九十\d]|[一二三]季度|以来|1[-—~至])")
_THIS_YEAR = re.compile(r"今年(?:以来|上半年|前[一二三四五六七八九十\d]|[一二三]季度|1[-—~至])")

_PERIODS = (
    (re.compile(r"前三季度|1[-—~至]9月"), ("01", "09")),
    (re.compile(r"上半年|1[-—~至]6月"), ("01", "06")),
    (re.compile(r"一季度|1[-—~至]3月"), ("01", "03")),
    (re.compile(r"1[-—~至]11月"), ("01", "11")),
    (re.compile(r"1[-—~至]10月"), ("01", "10")),
)
_FIVE_YEARS = re.compile(r"过去的?五年|[这近]五年|五年[来间]|“十[三四五]五”(?:时期|以来|期间)")


def _period(folded: str, headings: Sequence[str], year: int | None) -> dict[str, str] | None:
    """The time a result covers: as said, else the year before the plan's."""
    named = re.search(r"(20\d\d)年", folded)
    told = int(named.group(1)) if named else year - 1 if year else None
    if told is None:
        return None
    for text in (folded, *headings):
        if re.search(r"20\d\d年", fold(text)) and not _FIVE_YEARS.search(fold(text)):
            # 刚刚过去的2025年 under a heading of five years
            break
        if _FIVE_YEARS.search(fold(text)) and year:
            return {"from": f"{year - 5}-01", "to": f"{year - 1}-12"}
    for pattern, (first, last) in _PERIODS:
        if pattern.search(folded):
            return {"from": f"{told}-{first}", "to": f"{told}-{last}"}
    return {"from": f"{told}-01", "to": f"{told}-12"}


# --- sentences into tasks ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Article:
    """Commitments and results, each numbered in reading order by itself, and what was odd on the page."""

    tasks: list[ReadTask] = field(default_factory=list)
    results: list[ReadTask] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)


_SHORTEST_REPEAT = 30


def read_article(lines: Sequence[Line], head: DocumentHead) -> Article:
    """Read an article; a sentence printed twice is read once and said."""
    made = Article()
    seen: set[str] = set()
    for sentence in sentences(lines, head.year):
        key = sentence.passage.folded
        if len(key) > _SHORTEST_REPEAT and key in seen:
            span = sentence.passage.span(0, len(key))
            made.warnings.append(ReadingWarning("repeated", f"同一句话出现两次,只计一次:{key[:20]}……", span))
            continue
        seen.add(key)
        into = made.results if sentence.is_result else made.tasks
        number, told = len(into) + 1, sentence.is_result
        task = read_passage(number, sentence.section, sentence.passage, Duties(), head, is_result=told)
        if sentence.is_result:
            task = _as_result(task, sentence.period)
        if _commits(task):
            into.append(task)
    return made


def _commits(task: ReadTask) -> bool:
    return bool(task.quantities or task.deadlines or task.outcomes or task.relations)


def _as_result(task: ReadTask, period: dict[str, str] | None) -> ReadTask:
    """A result has a time it covers and no limit."""
    quantities = tuple(replace(q, period=period, by=None) for q in task.quantities)
    outcomes = tuple(replace(o, by=None, implied=False) for o in task.outcomes)
    return replace(task, quantities=quantities, outcomes=outcomes, deadlines=(), review=())


# --- what an article says of itself -----------------------------------------------------------------------------------


def article_head(lines: Sequence[Line], head: DocumentHead, given: int | None) -> DocumentHead:
    """Year and government of an article, where no head states them."""
    text = fold("\n".join(line.text for line in lines))
    stated = head.year if head.year and head.year != given else None
    year = _year_after_summary(text) or stated or _year(text, head.title) or given
    head = replace(head, written_on=head.written_on or _spoken_on(text))
    return replace(
        head, year=year, government=head.government or _of_meeting(text) or _government(text), kind="article"
    )


# ——2025年1月10日在东川市第七届人民代表大会第五次会议上: who was reported to, and when
_MEETING = re.compile(
    r"(?P<on>20\d\d年\d{1,2}月\d{1,2}日)?在"
    r"(?P<place>[一-鿿]{1,10}?(?:省|自治区|自治州|自治县|市|县|区|州|旗|盟|镇|乡)(?=第|人))?"
    r"(?:第[一二三四五六七八九十百\d]+届)?\s*(?:全国)?(?:人民代表大会|人大)"
)


def _of_meeting(text: str) -> str | None:
    """The government whose congress a report was given to."""
    found = _MEETING.search(text[:_MASTHEAD])
    return None if found is None or found["place"] in lexicon.words("reviews")["places"]["none"] else found["place"]


def _spoken_on(text: str) -> date | None:
    """The day a report was given, as its own line says."""
    found = _MEETING.search(text[:_MASTHEAD])
    return date_of(found["on"]) if found and found["on"] else None


_TITLE_PART = 200
#: How far down a newspaper page its date is looked for.
_MASTHEAD = 400


def _year_after_summary(text: str) -> int | None:
    """A page whose title sums up 2025 stands at the beginning of 2026."""
    summed = re.search(r"(20\d\d)年[^。\n]{0,24}?" + lexicon.any_of("reviews", "headings.summary"), text[:_TITLE_PART])
    return int(summed.group(1)) + 1 if summed else None


def _year(text: str, title: str | None) -> int | None:
    """The year the plan is for: said to be a year of beginning, else the one after 过去的X年, else the most named."""
    named = re.search(r"(20\d\d)年", fold(title or ""))
    if named:
        return int(named.group(1))
    if opening := re.search(r"(20\d\d)年是[^。]{0,30}?" + lexicon.any_of("reviews", "sentences.opening_year"), text):
        return int(opening.group(1))
    if ahead := re.search(r"(20\d\d)年[^,。]{0,12}?(?:将|要|计划|力争|预期目标)", text):
        return int(ahead.group(1))
    if past := re.search(r"过去的(20\d\d)年", text):
        return int(past.group(1)) + 1
    if plan := _PLAN_YEAR.search(text):
        first = _FIRST_YEARS[plan.group(1)]
        return first if plan.group(2) not in ("收官", "最后一年") else first + 4
    if printed := re.search(r"(20\d\d)(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2})", text[:_MASTHEAD]):
        return int(printed.group(1))
    counted = Counter(re.findall(r"(?<![到至])(20\d\d)年", text))
    return int(counted.most_common(1)[0][0]) if counted else None


# The year of beginning and of end of a five-year plan name a year without its digits.
_PLAN_YEAR = re.compile("“(十三五|十四五|十五五|十六五)”[^,。]{0,8}?(开局|起步|收官|第一年|首年|最后一年)")
_FIRST_YEARS = {"十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}


_PLACE = re.compile(r"[一-鿿]{1,3}?[县区市](?![区级域长委政])")


def _government(text: str) -> str | None:
    """The place named most often."""
    none = set(lexicon.words("reviews")["places"]["none"])
    found = Counter(
        name for match in re.finditer(r"(?<=[年,。、\n “是在])([一-鿿]{2,3}[县区市])(?=[将聚深保从上承人委全2])", text)
        if (name := match.group(1)) not in none and name[-3:] not in none and name[-2:] not in none
    )  # fmt: skip
    return found.most_common(1)[0][0] if found else None
