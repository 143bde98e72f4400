"""From a printed amount to the series it is measured by. Pure text, no database."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from duixian.reading import Full, Outcome, Quantity, QuantityKind, Reading, ReadTask, Relation

LEXICON = Path(__file__).parent / "lexicon" / "series.toml"

# a series with so short a name (项目, 覆盖率) says too little to be the same as another
SHORTEST_SHARED_NAME = 4


@dataclass(frozen=True, slots=True)
class SeriesName:
    """A series: equal names within one government are one series if `is_shared`.

    `is_statistic`: surely a statistic; of counts their stage and size tell (docs/rules/profile.md).
    """

    name: str
    unit_of_measure: str
    is_shared: bool
    is_statistic: bool


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(LEXICON.read_text("utf-8"))


def stem(name: str) -> str:
    """The thing a figure is about: 经济增长水平 and 地区生产总值增速 are both 地区生产总值."""
    text = "".join(name.split())
    for ending in _lexicon()["growth_endings"]:
        if text.endswith(ending) and len(text) > len(ending):
            text = text.removesuffix(ending)
            break
    return str(_lexicon()["synonyms"].get(text, text))


def series_of(quantity: Quantity) -> SeriesName:
    """The series an amount is measured by. Only rates and growths are shared: a count belongs to its own task."""
    if quantity.kind is QuantityKind.GROWTH:
        return growth_series(quantity.indicator)
    is_shared = (
        quantity.kind is QuantityKind.RATE and len(quantity.indicator) >= SHORTEST_SHARED_NAME and not quantity.per
    )
    return SeriesName(quantity.indicator, quantity.unit, is_shared, is_statistic=False)


def growth_series(name: str) -> SeriesName:
    """The growth rate of a thing, in percent."""
    return SeriesName(f"{stem(name)}增速", "%", is_shared=True, is_statistic=True)


def counterpart_series(relation: Relation) -> SeriesName:
    """What a relation is held against; 高于全省平均水平 means the province's own figure of the thing."""
    words = "".join(relation.against.split())
    for place in _lexicon()["places"]:
        if words.startswith(place) and words.removeprefix(place) in ("", *_lexicon()["average_words"]):
            return growth_series(f"{place.removeprefix('同期')}{stem(relation.indicator)}")
    return growth_series(words)


def full_series(full: Full) -> SeriesName:
    """A total without digits is a share that must reach 100 %: 新建项目全部开工."""
    name = full.object if full.text in full.object else f"{full.object}{full.text}"
    return SeriesName(f"{name}比例", "%", is_shared=False, is_statistic=False)


def holds_at_all_times(reading: Reading, start: int, end: int) -> bool:
    """Whether the clause of an amount promises it for every moment (动态清零, 始终保持)."""
    clause_start = max((reading.text.rfind(mark, 0, start) for mark in "，,。;；\n"), default=-1) + 1
    clause = reading.text[clause_start:end]
    return any(word in clause for word in _lexicon()["at_all_times"])


def covering(outcome: Outcome, quantity: Quantity) -> bool:
    """Whether an amount already measures this state of this object, so that it is not graded twice."""
    return quantity.stage == outcome.stage and _alike(quantity.indicator, outcome.object)


def full_covering(outcome: Outcome, full: Full) -> bool:
    """The same for a total without digits."""
    return _alike(full.object, outcome.object)


def limit_of_full(task: ReadTask, year: int) -> date:
    """The date a total must be reached by: that of its outcome, else the year's end."""
    assert task.full is not None
    limits = [o.by for o in task.outcomes if o.by and _alike(task.full.object, o.object)]
    return max(limits, default=date(year, 12, 31))


def _alike(a: str, b: str) -> bool:
    """One wording contains the other, spaces and quotation marks apart."""
    drop = str.maketrans("", "", ' “”"')
    a, b = a.translate(drop), b.translate(drop)
    return bool(a and b) and (a in b or b in a)
