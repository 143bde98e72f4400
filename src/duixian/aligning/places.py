"""Whose place a phrase speaks of: a task that one county owes, a project that stands in one county."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from duixian.reading.places import of_city

from .model import Commitment

# 潞州区政府, 高新区管委会: a heading under which one county or zone owes what follows
OWNER = re.compile(r"^(?P<place>.{2,6}?)(?:人民政府|政府|管委会|管理委员会)$")
# 各县区政府 is a group, of which each owes its own
MANY = re.compile(r"各|相关|有关|其他|全市|市直")
NAME = re.compile(r"^[\u4e00-\u9fff]{2,8}(?:县|区|市|旗)(?:人民政府|政府|管委会)?$")
KIND = re.compile(r"(?:自治县|新区|[县区市旗])$")


@lru_cache(maxsize=4096)
def stem(government: str) -> str:
    """沁源县 -> 沁源, 高新区 -> 高新; a name of two letters is kept whole."""
    short = KIND.sub("", re.sub(r"(?:人民政府|政府|管委会)$", "", government))
    return short if len(short) >= 2 else government


def owner(phrase: Commitment) -> str | None:
    """The place that alone owes what stands under a heading; None for a department's, a group's and the city's own."""
    found = OWNER.match(phrase.section or "")
    if not found or not KIND.search(found["place"]) or MANY.match(found["place"]):
        return None
    place = stem(found["place"])
    return None if phrase.government and place == stem(phrase.government) else place


@lru_cache(maxsize=64)
def _counties_of(city: str) -> tuple[str, ...]:
    """The counties of a real city, as texts call them; none of an invented one."""
    return tuple(stem(full) for full in of_city(city) if full != city)


class Places:
    """The places plans know: the counties that are read, those the city's headings name, those that belong to it."""

    def __init__(self, city: Iterable[Commitment], counties: Mapping[str, Sequence[Commitment]]) -> None:
        self._of = {key: self._government(key, phrases) for key, phrases in counties.items()}
        city = list(city)
        owners = {place for phrase in city if (place := owner(phrase))}
        belonging = {name for phrase in city[:1] if phrase.government for name in _counties_of(phrase.government)}
        self._known = owners | belonging | {place for place in self._of.values() if place}

    @staticmethod
    def _government(county: str, phrases: Sequence[Commitment]) -> str | None:
        """Whose plan it says it is; else the name it goes by here, where that is a place's."""
        named = next((phrase.government for phrase in phrases if phrase.government), None)
        named = named or (county if NAME.search(county) else None)
        return stem(named) if named else None

    def of(self, county: str) -> str | None:
        """The county's own name, as texts use it."""
        return self._of.get(county)

    def is_others_task(self, county: str, city: Commitment) -> bool:
        """Whether another county alone owes the city's task."""
        place, ours = owner(city), self.of(county)
        return place is not None and ours is not None and place != ours

    def is_elsewhere(self, county: str, text: str) -> bool:
        """Whether a text names other places and not the county's own."""
        ours = self.of(county)
        return ours is not None and ours not in text and any(place in text for place in self._known if place != ours)

    def is_here(self, county: str, text: str) -> bool:
        """Whether a text names the county."""
        ours = self.of(county)
        return bool(ours) and str(ours) in text

    def without(self, county: str, text: str) -> str:
        """A text without the county's own name: 沁源抽水蓄能 is the county's 抽水蓄能."""
        ours = self.of(county)
        return re.sub(re.escape(ours) + "[县区市]?", "", text) if ours else text
