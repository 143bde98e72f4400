"""How well a reading agrees with gold made by hand.

The measures, each a count of what is right among what was expected and what was made:

tasks     list: gold tasks found under their number with their text (likeness from 0.97, white space ignored)
leads     list: tasks whose set of lead units is exactly right; coop the same, sections their heading
amounts   matched on value (万, 亿 carried in) and bare unit
strict    the same, right also in comparator, kind, direction, upper end, strive and per
indicator of the amounts matched, those whose indicator shares half of the gold's characters
dates     limits, matched on their date
results   amounts a review says were achieved
head      the document's own fields that the gold knows

In a list amounts and limits count only under the right task; in an article over the whole document. Amounts of a
quarter's cell are interim and neither expected nor held against the reader.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from duixian.reading import read
from tests.corpus.documents import Case, squeeze

Json = dict[str, Any]

#: How alike two texts must be to be the same task.
SAME_TEXT = 0.97
FACTORS = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8}
#: Units that begin with a multiplier's character without being multiplied.
WHOLE_UNITS = ("千米", "千瓦", "千克", "千伏", "千帕", "百分点")
SAME_UNITS = {"个百分点": "百分点", "公里": "千米"}
MEASURES = (
    *("tasks", "leads", "coop", "sections"),
    *("amounts", "strict", "indicator", "dates", "results", "head"),
)


@dataclass
class Tally:
    """What was expected, what was made, and how much of both agrees."""

    gold: int = 0
    made: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def compare(self, gold: Iterable[Any], made: Iterable[Any], where: object = "") -> None:
        """Count two collections of keys against each other, each key as often as it stands."""
        expected, found = Counter(gold), Counter(made)
        self.gold += expected.total()
        self.made += found.total()
        self.right += (expected & found).total()
        self.missed += [f"{where} {key}" for key in (expected - found).elements()]
        self.invented += [f"{where} {key}" for key in (found - expected).elements()]

    def mark(self, right: bool, words: str) -> None:
        """Count one field that is right or wrong."""
        self.gold += 1
        self.made += 1
        self.right += right
        if not right:
            self.missed.append(words)

    def add(self, other: Tally) -> None:
        """Take over another document's counts."""
        self.gold += other.gold
        self.made += other.made
        self.right += other.right

    @property
    def f1(self) -> float:
        """1.0 where nothing was expected and nothing made."""
        return 2 * self.right / (self.gold + self.made) if self.gold + self.made else 1.0


Score = dict[str, Tally]


def read_case(case: Case) -> Json:
    """What the reader makes of a document, as it prints it."""
    made: Json = json.loads(json.dumps(read(case.document).to_dict(), ensure_ascii=False))
    return made


def score(case: Case, made: Json) -> Score:
    """Every measure for one document."""
    figures = {name: Tally() for name in MEASURES}
    _score_head(case.gold, made, figures["head"])
    if case.is_list:
        for gold, mine in pair_tasks(case.gold["tasks"], made["tasks"]):
            _score_task(gold, mine, figures)
    else:
        _score_values("全文", case.gold["tasks"], made["tasks"], figures)
    achieved = [key(q) for task in case.gold.get("achieved", []) for q in task["quantities"]]
    found = [key(q) for task in made["results"] for q in task["quantities"]]
    figures["results"].compare(achieved, found if "achieved" in case.gold else [])
    return figures


def total(scores: Iterable[Score]) -> Score:
    """The counts of several documents together."""
    summed = {name: Tally() for name in MEASURES}
    for one in scores:
        for name in MEASURES:
            summed[name].add(one[name])
    return summed


def pair_tasks(gold: list[Json], made: list[Json]) -> Iterator[tuple[Json | None, Json | None]]:
    """Gold and reading task by task: under one number the most alike, since numbers may restart; then what is left."""
    left = list(made)
    for task in gold:
        same = [mine for mine in left if str(mine["number"]) == str(task["number"])]
        best = max(same, key=lambda mine: likeness(task["text"], mine["text"]), default=None)
        if best is not None:
            left.remove(best)
        yield task, best
    for extra in left:
        yield None, extra


def likeness(one: str, other: str) -> float:
    """0 to 1, without regard to white space and a closing mark."""
    return SequenceMatcher(None, squeeze(one).rstrip("。.;,"), squeeze(other).rstrip("。.;,"), autojunk=False).ratio()


def _score_head(gold: Json, made: Json, tally: Tally) -> None:
    mine = {**made["document"], **{f"declared_{k}": v for k, v in (made["declared"] or {}).items()}}
    right = {**gold["document"], **{f"declared_{k}": v for k, v in (gold["declared"] or {}).items()}}
    for name, value in right.items():
        if value is not None:
            same = squeeze(str(value)) == squeeze(str(mine.get(name)))
            tally.mark(same, f"{name}：应为{value}，读作{mine.get(name)}")


def _score_task(gold: Json | None, mine: Json | None, figures: Score) -> None:
    if gold is None:
        assert mine is not None
        figures["tasks"].compare([], [f"{mine['number']} {mine['text'][:40]}"])
        _score_values(mine["number"], [], [mine], figures)
        return
    _score_fields(gold, mine, figures)
    _score_values(gold["number"], [gold], [mine] if mine else [], figures)


def _score_fields(gold: Json, mine: Json | None, figures: Score) -> None:
    number = gold["number"]
    if mine is None:  # nothing of a task that was not found is right, not even an empty field
        for measure in ("tasks", "leads", "coop", "sections"):
            figures[measure].mark(False, f"{number} 未读到：{gold['text']}")
        return
    same = likeness(gold["text"], mine["text"]) >= SAME_TEXT
    figures["tasks"].mark(same, f"{number} 应为「{gold['text']}」，读作「{mine['text']}」")
    for measure, name in (("leads", "leads"), ("coop", "cooperating")):
        same = {squeeze(unit) for unit in gold[name]} == {squeeze(unit) for unit in mine[name]}
        figures[measure].mark(same, f"{number} 应为{gold[name]}，读作{mine[name]}")
    same = squeeze(gold["section"]) == squeeze(mine["section"])
    figures["sections"].mark(same, f"{number} 应为{gold['section']}，读作{mine['section']}")


def _score_values(where: object, golds: list[Json], mine: list[Json], figures: Score) -> None:
    expected = [q for task in golds for q in task["quantities"]]
    found = [q for task in mine for q in task["quantities"] if "from" not in q]
    interim = [q for q in expected if "from" in q]
    expected = [q for q in expected if "from" not in q]
    found = _without_interim(found, expected, interim)
    figures["amounts"].compare(map(key, expected), map(key, found), where)
    figures["strict"].compare(map(strict_key, expected), map(strict_key, found), where)
    for gold, match in pair_quantities(expected, found):
        if gold is not None and match is not None:
            right = same_indicator(gold["indicator"], match["indicator"])
            words = f"{where} 「{gold['text']}」应为{gold['indicator']}，读作{match['indicator']}"
            figures["indicator"].mark(right, words)
    limits = [limit["date"] for task in golds for limit in task["deadlines"]]
    read_limits = [limit["date"] for task in mine for limit in task["deadlines"]]
    figures["dates"].compare(limits, read_limits, where)


def _without_interim(found: list[Json], expected: list[Json], interim: list[Json]) -> list[Json]:
    """Drop what repeats a quarter's interim amount beyond what the year's own words ask for."""
    room = Counter(key(q) for q in expected)
    spare = Counter(key(q) for q in interim)
    kept = []
    for quantity in found:
        mine = key(quantity)
        if room[mine] > 0:
            room[mine] -= 1
        elif spare[mine] > 0:
            spare[mine] -= 1
            continue
        kept.append(quantity)
    return kept


def pair_quantities(gold: list[Json], made: list[Json]) -> Iterator[tuple[Json | None, Json | None]]:
    """Amounts of one value and unit, those with a like indicator first; then what is left of either."""
    left = list(made)
    for quantity in gold:
        same = [mine for mine in left if key(mine) == key(quantity)]
        best = max(same, key=lambda mine: same_indicator(quantity["indicator"], mine["indicator"]), default=None)
        if best is not None:
            left.remove(best)
        yield quantity, best
    for extra in left:
        yield None, extra


def same_indicator(gold: str, mine: str) -> bool:
    """Half of the gold's characters are there, without dragging in a whole sentence."""
    expected, found = squeeze(gold), squeeze(mine)
    common = (Counter(expected) & Counter(found)).total()
    return common >= 0.5 * len(expected) and len(found) <= 2.5 * len(expected) + 4


def bare(value: float | None, unit: str | None) -> tuple[float | None, str]:
    """4.3, 万人 -> 43000, 人."""
    name = squeeze(unit).replace("m2", "平方米")
    number = value
    while name and name[0] in FACTORS and not name.startswith(WHOLE_UNITS):
        number = None if number is None else number * FACTORS[name[0]]
        name = name[1:]
    return None if number is None else round(number, 6), SAME_UNITS.get(name, name)


def key(quantity: Json) -> tuple[float | None, str]:
    """What an amount is matched on."""
    return bare(quantity["value"], quantity["unit"])


def strict_key(quantity: Json) -> tuple[Any, ...]:
    """What an amount is matched on where every field must be right."""
    upper, _ = bare(quantity["value_max"], quantity["unit"])
    fields = (quantity[name] for name in ("comparator", "kind", "direction"))
    return (*key(quantity), *fields, upper, bool(quantity["strive"]), quantity["per"] or None)


#: Stages of one group are taken for one another: what comes before, has begun, is under way, is done.
STAGE_GROUPS = (
    ("PLAN", "APPROVE"),
    ("START", "RESUME"),
    ("ADVANCE", "HOLD", "ESTABLISH", "RECTIFY", "SUSTAIN"),
    ("COMPLETE", "IN_USE", "OBTAIN"),
)
_GROUP = {stage: place for place, stages in enumerate(STAGE_GROUPS) for stage in stages}


def score_outcomes(case: Case, made: Json) -> Tally:
    """States of objects: right where the stage is of the gold's group and the object shares half of the shorter one."""
    tally = Tally()
    tasks = {str(task["number"]): task["outcomes"] for task in made["tasks"]}
    for marked in case.outcomes or []:
        left = list(tasks.get(str(marked["number"]), []))
        tally.made += len(left)
        for outcome in marked["outcomes"]:
            match = next((mine for mine in left if _same_outcome(outcome, mine)), None)
            tally.gold += 1
            tally.right += match is not None
            if match is None:
                tally.missed.append(f"{marked['number']} {outcome['stage']} {outcome['object']}")
            else:
                left.remove(match)
        tally.invented += [f"{marked['number']} {mine['stage']} {mine['object']}" for mine in left]
    return tally


def _same_outcome(gold: Json, mine: Json) -> bool:
    one, other = squeeze(gold["object"]), squeeze(mine["object"])
    if _GROUP[gold["stage"]] != _GROUP[mine["stage"]] or not one or not other:
        return False
    shorter, longer = sorted((len(one), len(other)))
    common = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return common >= 0.5 * shorter and longer <= 4 * shorter + 8
