"""A unit's ordinary monthly report against what it owes: figures by the indicator's name, words by task.

Nothing is decided here: what was found is a proposal, each figure with the words it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from duixian.aligning.measures import in_unit, measure_of
from duixian.aligning.names import fold, match_names, pairs
from duixian.reading import Quantity, QuantityKind, Reading
from duixian.reporting.month_counting import Counting, counting_before

LEXICON = Path(__file__).parent / "lexicon" / "month.toml"
#: A passage belongs to a task of whose letter pairs it holds this share.
ALIKE_FROM = 0.3
LONGEST_SHOWN = 120
HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,3}\s*[.．、])\s*")
SENTENCE = re.compile(r"[^。；！？\n]*[。；！？]?")
# 城镇新增就业 … 2.3 … 万人, as cells of one line
NUMBER = re.compile(r"(?<![\d.])-?\d+(?:,\d{3})*(?:\.\d+)?(?![\d.])")
#: Longer lines are sentences, and are the reader's.
LONGEST_CELLS = 200


@dataclass(frozen=True, slots=True)
class OwedFigure:
    """A figure asked for: its field, its series' name, unit of measure, and whether it is a change in percent.

    A flow counts from the year's beginning, so that a month's own figure is something else.
    """

    field: str
    name: str
    uom: str
    is_growth: bool
    is_flow: bool = False


@dataclass(frozen=True, slots=True)
class OwedNode:
    """An outcome asked about: its field, the object's name and the stage promised."""

    field: str
    object: str
    stage: str


@dataclass(frozen=True, slots=True)
class OwedTask:
    """What a unit owes of one task."""

    key: int
    text: str
    figures: Sequence[OwedFigure] = ()
    nodes: Sequence[OwedNode] = ()


@dataclass(slots=True)
class ToldTask:
    """What the report says of one task; `words`: field -> the words it was read from.

    `of_month` names the figures that count the month alone.
    """

    figures: dict[str, Decimal] = field(default_factory=dict)
    of_month: set[str] = field(default_factory=set)
    reached: dict[str, bool] = field(default_factory=dict)
    account: str = ""
    next_step: str = ""
    blocker: str = ""
    words: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ToldMonth:
    """What the report says: by the tasks' keys, and the passages that belong to none."""

    tasks: dict[int, ToldTask] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Passage:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@cache
def _lexicon() -> dict[str, Any]:
    return tomli.loads(LEXICON.read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure, the words it stands in, where they stand, and whether it counts the month alone."""

    value: Decimal
    words: str
    at: int
    is_of_month: bool = False


def read_month_report(reading: Reading, tasks: Sequence[OwedTask], *, month: int) -> ToldMonth:
    """Find in the report of a month (1 to 12) what its unit owes."""
    told: dict[int, ToldTask] = {}
    places: dict[int, list[int]] = {}
    for task in tasks:
        for figure in task.figures:
            found = _figure(reading, figure, month)
            if found is not None:
                one = told.setdefault(task.key, ToldTask())
                one.figures[figure.field], one.words[figure.field] = found.value, found.words
                one.of_month |= {figure.field} if found.is_of_month else set()
                places.setdefault(task.key, []).append(found.at)
    told_month = ToldMonth(told)
    for passage in _passages(reading.text):
        key = _whose(passage, tasks, places)
        if key is not None:
            _tell(told_month.tasks.setdefault(key, ToldTask()), passage)
        elif HEADING.match(passage.text) and len(passage.text) > 20:
            told_month.unplaced.append(_shown(passage.text))
    for task in tasks:
        if task.key in told_month.tasks:
            _tell_nodes(told_month.tasks[task.key], task, reading.text)
    return told_month


def _figure(reading: Reading, owed: OwedFigure, month: int) -> _Found | None:
    """The value in the series' own unit; the likeliest of all that have the name."""
    best: tuple[float, _Found] | None = None
    for quantity in _quantities(reading):
        clause = _sentence_before(reading.text, quantity.span.start, quantity.span.end)
        counting = _counting(clause)
        is_of_month = owed.is_flow and counting is not None and counting.is_one_month
        if is_of_month and counting is not None and not counting.is_of(month):
            continue
        score = _score(quantity, owed, clause, counting)
        if score > 0 and (best is None or score > best[0]):
            found = _Found(_in(quantity, owed.uom), quantity.text, quantity.span.start, is_of_month)
            best = score, found
    return best[1] if best else _in_cells(reading.text, owed)


def _counting(clause: str) -> Counting | None:
    words = _lexicon()
    return counting_before(clause, whole_year=words["whole_year"], one_month=words["one_month"])


def _in(quantity: Quantity, uom: str) -> Decimal:
    """12500吨 asked for in 万吨 is 1.25."""
    amount = quantity.base_value * measure_of(quantity.base_unit)[1]
    return in_unit(amount, uom).quantize(Decimal("0.000001")).normalize() + 0


def _quantities(reading: Reading) -> Iterator[Quantity]:
    for item in (*reading.results, *reading.tasks):
        yield from item.quantities


def _score(quantity: Quantity, owed: OwedFigure, clause: str, counting: Counting | None) -> float:
    """How likely the quantity is the figure; 0 where it cannot be. The year so far is what is asked for."""
    is_growth = quantity.kind is QuantityKind.GROWTH
    if is_growth != owed.is_growth or measure_of(quantity.base_unit)[0] != measure_of(owed.uom)[0]:
        return 0
    name = match_names(quantity.indicator, _bare(owed.name))
    if name is None:
        return 0
    score = name.score
    if any(word in clause for word in _lexicon()["not_actual"]):
        score -= 0.5
    if counting is not None:
        score += -0.3 if counting.is_one_month else 0.2
    return score


def _bare(name: str) -> str:
    """A series of growth is named 地区生产总值增速; the report says 地区生产总值增长."""
    return re.sub(r"(?:增速|增长率|增幅|涨幅)$", "", name) or name


def _sentence_before(text: str, start: int, end: int) -> str:
    """The clause up to the figure: 上年同期2万人 after it says nothing of it."""
    begin = max(text.rfind(mark, 0, start) for mark in "。；\n")
    return text[begin + 1 : end]


def _in_cells(text: str, owed: OwedFigure) -> _Found | None:
    """From a line of a table: the name, then the first number that is no serial number."""
    name = fold(_bare(owed.name))
    for found in re.finditer(r"[^\n]+", text):
        line = found[0]
        at = fold(line).find(name)
        if at < 0 or len(line) > LONGEST_CELLS or not re.search(r"[\t|｜]|\s{2,}", line):
            continue
        rest = line[max(0, line.find(_bare(owed.name))) :]
        number = NUMBER.search(rest.replace(_bare(owed.name), "", 1))
        if number and (owed.uom in line or owed.uom == "%"):
            return _Found(Decimal(number[0].replace(",", "")), _shown(line), found.start())
    return None


def _passages(text: str) -> Iterator[_Passage]:
    """Paragraphs; a heading that is a paragraph by itself goes with the one after it."""
    held: _Passage | None = None
    for found in re.finditer(r"[^\n]+", text):
        if not found[0].strip():
            continue
        passage = _Passage(found.start(), found[0])
        if held is not None and not HEADING.match(passage.text):
            passage = _Passage(held.start, text[held.start : passage.end])
        held = passage if _is_heading(found[0]) else None
        if held is None:
            yield passage


def _is_heading(line: str) -> bool:
    return bool(HEADING.match(line)) and len(line.strip()) <= 40 and not re.search(r"[。；！]\s*\S", line.strip())


def _whose(passage: _Passage, tasks: Sequence[OwedTask], places: Mapping[int, Sequence[int]]) -> int | None:
    """The task a passage tells of: the one whose figures stand in it, else the one whose words it repeats."""
    scores = []
    for order, task in enumerate(tasks):
        inside = sum(1 for at in places.get(task.key, ()) if passage.start <= at < passage.end)
        named = any(fold(node.object) in fold(passage.text) for node in task.nodes)
        scores.append((inside + named, _alike(task.text, passage.text), -order, task.key))
    if not scores:
        return None
    certain, alike, _order, key = max(scores)
    return key if certain or alike >= ALIKE_FROM else None


def _alike(task: str, passage: str) -> float:
    wanted = pairs(fold(task))
    return len(wanted & pairs(fold(passage))) / len(wanted)


def _tell(told: ToldTask, passage: _Passage) -> None:
    """Sentence by sentence: what was done, what comes next, what stands in the way."""
    kinds: dict[str, list[str]] = {"account": [], "next_step": [], "blocker": []}
    kind = "account"
    for sentence in _sentences(passage.text):
        kind = _kind_of(sentence, kind)
        kinds[kind].append(sentence)
    for name, sentences in kinds.items():
        words = "".join(sentences)
        if words:
            setattr(told, name, getattr(told, name) + words)
            told.words.setdefault(name, _shown(words))


def _sentences(text: str) -> Iterator[str]:
    """Without the number and the short title before them."""
    found = [s for s in (m[0].strip() for m in SENTENCE.finditer(HEADING.sub("", text, count=1))) if s]
    if len(found) > 1 and len(found[0]) <= 24 and not re.search(r"\d", found[0]):
        found = found[1:]
    yield from found


def _kind_of(sentence: str, before: str) -> str:
    """下一步 goes on until the paragraph's end or another such word."""
    for kind in ("next_step", "blocker"):
        if any(sentence.startswith(word) for word in _lexicon()[kind]):
            return kind
    return before


def _tell_nodes(told: ToldTask, task: OwedTask, text: str) -> None:
    for node in task.nodes:
        sentence = next((s for s in _about(text, node.object)), "")
        if sentence:
            told.reached[node.field], told.words[node.field] = _is_reached(sentence, node.stage), _shown(sentence)


def _about(text: str, thing: str) -> Iterable[str]:
    return (m[0].strip() for m in SENTENCE.finditer(text) if thing in m[0])


def _is_reached(sentence: str, stage: str) -> bool:
    """幸福桥已建成通车 says so; 正在加快建设 and 尚未建成 do not."""
    for word in _lexicon()["reached"].get(stage, ()):
        at = sentence.find(word)
        if at >= 0 and not any(no in sentence[:at] for no in _lexicon()["not_yet"]):
            return True
    return False


def _shown(words: str) -> str:
    words = words.strip()
    return words if len(words) <= LONGEST_SHOWN else f"{words[: LONGEST_SHOWN - 1]}…"
