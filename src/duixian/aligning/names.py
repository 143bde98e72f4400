"""Whether two names mean one thing: by the dictionary, by the wider thing a name belongs to, by its letters.

The dictionary is names.toml, the words about names are in words.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli


class Sameness(StrEnum):
    """How the county's name stands to the city's."""

    SAME = "same"
    NARROWER = "narrower"  # part of what the city counts
    WIDER = "wider"  # the city counts part of it


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What two names have to do with each other, how sure that is (0 to 1) and by which rule."""

    sameness: Sameness
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: the dictionary's entry it ends in, what stands before that, and its bare letters."""

    concept: str | None
    qualifier: str
    core: str


@cache
def table(name: str) -> dict[str, Any]:
    """NAME.toml of this folder."""
    return tomli.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


TAG = re.compile(r"<[^>]{1,10}>")
# quotation marks, spaces, what stands in brackets: no part of a name
DRESS = re.compile(r"[“”\"'‘’《》〈〉\s·\-—~]|[（(][^（()）]*[)）]")
# a limit inside a name: 新建项目一季度开工率
TIME = re.compile(r"[一二三四]季度|[上下]半年|年[底末]前?|\d{1,2}月[底末]?前?")
# names that mean the same wherever they stand inside a name
ALIKE = (("规模以上", "规上"), ("限额以上", "限上"), ("数智化", "数字化"), ("资质等级以上", "资质以上"))


# 国道341, G341 and 341国道 are one road
ROADS = ((re.compile(r"(?:国道|G)(\d{3})(?!\d)"), r"\1国道"), (re.compile(r"(?:省道|S)(\d{3})(?!\d)"), r"\1省道"))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Letters only, in one form: 规模以上 is 规上, full width is half width, a road's number stands before its kind."""
    text = DRESS.sub("", TAG.sub("", unicodedata.normalize("NFKC", text))).upper()
    text = TIME.sub("", text)
    for word, short in ALIKE:
        text = text.replace(word, short)
    for road, one_form in ROADS:
        text = road.sub(one_form, text)
    return text


@cache
def _edges(key: str) -> tuple[str, ...]:
    return tuple(sorted((fold(word) for word in table("words")["names"][key]), key=len, reverse=True))


@cache
def _bare() -> frozenset[str]:
    return frozenset(fold(word) for word in table("words")["names"]["bare"])


@cache
def _concepts() -> dict[str, str]:
    """Every printed name -> its entry."""
    return {
        fold(word): concept for concept, entry in table("names").items() for word in (concept, *entry.get("also", ()))
    }


@cache
def _longest_concept() -> int:
    return max(len(word) for word in _concepts())


@cache
def wider_concepts(concept: str) -> frozenset[str]:
    """All that an entry is part of, near and far."""
    near = table("names")[concept].get("within", ())
    return frozenset(near).union(*(wider_concepts(one) for one in near))


def _without_edges(text: str) -> Iterator[str]:
    """The name, then without one more leading or trailing word each time, while two letters stay."""
    yield text
    changed = True
    while changed:
        changed = False
        for word in _edges("leading"):
            if text.startswith(word) and len(text) - len(word) >= 2:
                text, changed = text[len(word) :], True
                yield text
                break
        for word in _edges("trailing"):
            if text.endswith(word) and len(text) - len(word) >= 2:
                text, changed = text[: -len(word)], True
                yield text
                break


@lru_cache(maxsize=65536)
def taken_apart(text: str) -> Name:
    """A printed name as entry, qualifier and bare letters."""
    forms = list(_without_edges(fold(text)))
    for form in forms:
        if form in _concepts():
            return Name(_concepts()[form], "", forms[-1])
    for form in forms:
        # the longest entry a name ends in: 民营企业进出口总额 is a kind of 进出口总额
        for length in range(min(len(form) - 1, _longest_concept()), 2, -1):
            concept = _concepts().get(form[-length:])
            if concept:
                return Name(concept, form[:-length], forms[-1])
    return Name(None, "", forms[-1])


@lru_cache(maxsize=65536)
def is_bare(text: str) -> bool:
    """Whether a name is so wide that it names nothing by itself (项目, 企业)."""
    name = taken_apart(text)
    return name.concept is None and (name.core in _bare() or fold(text) in _bare() or len(name.core) < 2)


@lru_cache(maxsize=65536)
def match_names(county: str, city: str) -> NameMatch | None:
    """What the county's name has to do with the city's; None where they are different things."""
    if not county or not city or is_bare(county) or is_bare(city):
        return None
    found = _match(county, city) or _match_parts(county, city)
    return None if found is None or contradict(county, city) else found


def _match(county: str, city: str) -> NameMatch | None:
    ours, theirs = taken_apart(county), taken_apart(city)
    if ours.concept and theirs.concept:
        return _by_dictionary(ours, theirs)
    return _by_letters(ours, theirs)


def _by_dictionary(ours: Name, theirs: Name) -> NameMatch | None:
    assert ours.concept
    assert theirs.concept
    if ours.concept == theirs.concept:
        return _by_qualifier(ours, theirs)
    if theirs.concept in wider_concepts(ours.concept):
        return NameMatch(Sameness.NARROWER, 0.85, "dictionary-narrower")
    if ours.concept in wider_concepts(theirs.concept):
        return NameMatch(Sameness.WIDER, 0.6, "dictionary-wider")
    return None


def _by_qualifier(ours: Name, theirs: Name) -> NameMatch | None:
    """One entry on both sides: what stands before it decides."""
    if ours.qualifier == theirs.qualifier:
        return NameMatch(Sameness.SAME, 0.97, "dictionary")
    if not theirs.qualifier:
        return NameMatch(Sameness.NARROWER, 0.88, "dictionary-qualified")
    if not ours.qualifier:
        return NameMatch(Sameness.WIDER, 0.75, "dictionary-unqualified")
    alike = dice(ours.qualifier, theirs.qualifier)
    return NameMatch(Sameness.SAME, 0.8, "dictionary-qualified") if alike >= 0.5 else None


#: Names of unlike length share this much of their letter pairs before they are taken for one.
ALIKE_FROM = 0.6


def _by_letters(ours: Name, theirs: Name) -> NameMatch | None:
    """Names the dictionary lacks: the same, one the end of the other, or nearly the same with the same last word."""
    a, b = ours.core, theirs.core
    if a == b:
        return NameMatch(Sameness.SAME, 0.95, "same-name")
    if len(b) >= 3 and a.endswith(b) and b not in _bare():
        return NameMatch(Sameness.NARROWER, 0.85, "name-qualified")
    if len(a) >= 4 and b.endswith(a) and a not in _bare():
        return NameMatch(Sameness.SAME, 0.8, "name-unqualified")
    if a[-2:] == b[-2:] and dice(a, b) >= ALIKE_FROM:
        return NameMatch(Sameness.SAME, 0.5 + dice(a, b) / 3, "like-name")
    return None


@cache
def _joining() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in _edges("joining")))


@lru_cache(maxsize=65536)
def parts_of(name: str) -> tuple[str, ...]:
    """甲和乙 -> 甲, 乙; a single name is its only part."""
    parts = tuple(part for part in _joining().split(fold(name)) if len(part) >= 2)
    return parts or (name,)


def _match_parts(county: str, city: str) -> NameMatch | None:
    """Two things under one figure: the city's 甲和乙 takes up a county's 甲; a county's 甲和乙 goes in if both do."""
    ours, theirs = parts_of(county), parts_of(city)
    if len(ours) == len(theirs) == 1:
        return None
    found = [max((m for b in theirs if (m := _single(a, b))), key=lambda m: m.score, default=None) for a in ours]
    sure = [m for m in found if m]
    if not sure:
        return None
    score = min(m.score for m in sure)
    if len(sure) == len(ours):
        return NameMatch(Sameness.NARROWER, score * 0.95, "one-of-several")
    return NameMatch(Sameness.WIDER, score * 0.7, "several-of-which-one")


def _single(county: str, city: str) -> NameMatch | None:
    if is_bare(county) or is_bare(city) or not (found := _match(county, city)):
        return None
    return None if contradict(county, city) else found


def contradict(county: str, city: str) -> bool:
    """Whether the words themselves forbid taking two names for one: a near miss, or 城镇 against 农村."""
    return is_near_miss(county, city) or contrast(county, city)


def is_near_miss(county: str, city: str) -> bool:
    """Whether two names sound alike and are known to be different things.

    Of a pair in which one holds the other (微型消防站, 消防站), the longer is never the shorter.
    """
    return _disjoint(_near_misses(county), _near_misses(city))


def contrast(county: str, city: str, *, of_goals: bool = False) -> bool:
    """Whether each name has a word that shuts out the other's: 城镇 and 农村, 产量 and 储备.

    `of_goals` asks whether even the goals differ: 省级 and 市级 of one thing have one goal.
    """
    return _disjoint(_sides(county, of_goals), _sides(city, of_goals))


def _disjoint(ours: Mapping[int, set[Any]], theirs: Mapping[int, set[Any]]) -> bool:
    """Whether of some row both names hold something, and nothing in common."""
    return any(row in theirs and not held & theirs[row] for row, held in ours.items())


@lru_cache(maxsize=65536)
def _near_misses(name: str) -> dict[int, set[Any]]:
    """The rows of near misses a name speaks of -> what of the pair it means."""
    folded = fold(name)
    rows = enumerate(table("words")["near_miss"])
    return {number: held for number, row in rows if (held := _meant(folded, row["words"]))}


def _meant(name: str, pair: list[str]) -> set[Any]:
    held = {word for word in pair if _has(name, word)}
    return {word for word in held if not any(word != other and word in other for other in held)}


def _has(name: str, words: str) -> bool:
    """Whether a name holds the words, or both halves in order: 新能源和清洁能源装机占比 holds 新能源装机占比."""
    words = fold(words)
    return words in name or (len(words) >= 6 and any(_halves(name, words, cut) for cut in range(2, len(words) - 1)))


def _halves(name: str, words: str, cut: int) -> bool:
    at = name.find(words[:cut])
    return at >= 0 and name.find(words[cut:], at + cut) >= 0


@lru_cache(maxsize=65536)
def _sides(name: str, of_goals: bool) -> dict[int, set[Any]]:
    """The rows of contrasts a name speaks of -> which of their sides."""
    folded = fold(name)
    rows = [row for row in table("words")["contrast"] if not (of_goals and row.get("same_goal", False))]
    found = {
        number: {side for side, words in enumerate(row["words"]) if any(word in folded for word in words)}
        for number, row in enumerate(rows)
    }
    return {number: sides for number, sides in found.items() if sides}


@lru_cache(maxsize=65536)
def pairs(text: str) -> frozenset[str]:
    """The letter pairs of a text; of a single letter, itself."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def dice(a: str, b: str) -> float:
    """How many of their letter pairs two texts share, 0 to 1."""
    ours, theirs = pairs(a), pairs(b)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))
