"""How well links agree with links made by hand: one file of phrases, tasks, relations and shares."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from duixian.aligning import Alignment, Link, LinkRelation

FIGURES = {LinkRelation.CONTRIBUTES, LinkRelation.SAME_RATE}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A county's phrase and what a person linked it with; `task` None: nothing. Doubtful: people may differ."""

    county: str
    text: str
    task: int | None
    relation: str
    share: Decimal | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Figures' links found, missed and invented; shares right of those found; first: of all phrases linked, how many
    have their surest link at a right task; refused: of the phrases nothing takes up, how many are told as such."""

    found: int
    missed: tuple[Wanted, ...]
    invented: tuple[Link, ...]
    shares_right: float
    first: float
    refused: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall over the links with figures."""
        return 2 * self.found / (2 * self.found + len(self.missed) + len(self.invented))


def read_gold(path: Path) -> list[Wanted]:
    """county, phrase, task, relation, share by tabs (# begins a comment, ? a doubt); or the same as JSON."""
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        gold = json.loads(text)
        return [_from_json(one) for one in (*gold["alignment"], *gold["unmatched"])]
    return [_from_line(line) for line in text.splitlines() if line and not line.startswith("#")]


def _from_line(line: str) -> Wanted:
    county, text, task, relation, quotient = line.split("\t")
    part = None
    if quotient:
        ours, theirs = quotient.split("/")
        part = Decimal(ours) / Decimal(theirs)
    return Wanted(county, text, int(task) if task else None, relation.lstrip("?"), part, relation.startswith("?"))


def _from_json(one: Mapping[str, Any]) -> Wanted:
    return Wanted(
        county=one["county_doc"],
        text=one["county_text"],
        task=one.get("city_task"),
        relation=one.get("relation", "unmatched"),
        share=None if one.get("share") is None else Decimal(str(one["share"])),
        doubtful=bool(one.get("doubtful")),
    )


def score(gold: Iterable[Wanted], alignment: Alignment) -> Score:
    """Compare by the words of the phrases and the numbers of the tasks."""
    gold = list(gold)
    figures = [link for link in alignment.links if link.relation in FIGURES]
    wanted = [one for one in gold if one.relation in FIGURES and not one.doubtful]
    left, missed, right, with_share = list(figures), [], 0, 0
    for one in wanted:
        found = min((link for link in left if _is(one, link)), key=lambda link: _off(one, link), default=None)
        if found is None:
            missed.append(one)
            continue
        left.remove(found)
        if one.share is not None:
            with_share += 1
            right += _off(one, found) <= Decimal("0.00006")
    doubtful = [one for one in gold if one.doubtful]
    return Score(
        found=len(wanted) - len(missed),
        missed=tuple(missed),
        invented=tuple(link for link in left if not any(_is_about(one, link) for one in doubtful)),
        shares_right=right / with_share if with_share else 1.0,
        first=_first(gold, alignment),
        refused=_refused(gold, alignment),
    )


def _is(one: Wanted, link: Link) -> bool:
    return one.relation == link.relation and _is_about(one, link)


def _is_about(one: Wanted, link: Link) -> bool:
    return one.county == link.county and one.task == link.city_task and same_words(one.text, link.text)


def _off(one: Wanted, link: Link) -> Decimal:
    if one.share is None or link.share is None:
        return Decimal(0 if one.share is link.share else 1)
    return abs(one.share - link.share)


def _first(gold: list[Wanted], alignment: Alignment) -> float:
    tasks: dict[tuple[str, str], set[int | None]] = {}
    for one in gold:
        if one.task is not None:
            tasks.setdefault((one.county, one.text), set()).add(one.task)
    return sum(_surest(*phrase, alignment) in right for phrase, right in tasks.items()) / len(tasks)


def _surest(county: str, text: str, alignment: Alignment) -> int | str | None:
    about = [link for link in alignment.links if link.county == county and same_words(text, link.text)]
    best = max(about, key=lambda link: link.confidence, default=None)
    return best.city_task if best else None


def _refused(gold: list[Wanted], alignment: Alignment) -> float:
    wanted = [one for one in gold if one.task is None]
    told = [one for one in wanted if any(same_words(one.text, text) for text in _unmatched(one.county, alignment))]
    return len(told) / len(wanted)


def _unmatched(county: str, alignment: Alignment) -> Iterator[str]:
    return (one.text for one in alignment.unmatched if one.county == county)


def same_words(one: str, other: str) -> bool:
    """Whether the longest common run is half of the shorter phrase, and three letters at least."""
    block = difflib.SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return block.size >= max(3, 0.5 * min(len(one), len(other)))
