"""The names of units in a list of them, as printed: where one ends and the next begins, which endings they share."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from . import lexicon
from .fold import HAN, fold
from .lead_marks import without_notes
from .patterns import lazy
from .people import is_only_title, is_person


def units(text: str, *, persons: bool = False) -> tuple[str, ...]:
    """The names in a list of units, as printed, with shared endings restored.

    >>> units("东山区、西湖区政府,各县(市、区)政府")
    ('东山区政府', '西湖区政府', '各县(市、区)政府')
    """
    text = text if persons else _without_people(without_notes(text))
    # a person's name is set wide (陶　远): only marks part such names
    raws = re.split("[、,，;；\n]", text) if persons else _split(text)
    names = [clean for raw in raws if (clean := _clean(raw))]
    if persons:
        # 陶　远: a name of two characters is set wide
        return tuple(re.sub(r"\s", "", name) for name in names if not is_only_title(name))
    names = [name for name in names if not is_person(name)]
    return tuple(_with_shared_endings(names))


@cache
def _beside_unit() -> re.Pattern[str]:
    """A person's name behind a unit's, in brackets or after a gap: 市民政局 伍泽国, 县教育局（王秀兰）."""
    surname = lexicon.any_of("duties", "units.surnames")
    gap = rf"(?<=[局委办院会部厅心处司团府署行])[\s　]+{surname}{HAN}{{1,2}}(?=[、,，;；\s　]|$)"
    return re.compile(rf"{gap}|(?<={HAN})[(（]{surname}{HAN}{{1,2}}[)）]")


def _without_people(text: str) -> str:
    """A list of units without the people named beside them."""
    if not any(mark in text for mark in " 　\n(（"):
        return text
    return _beside_unit().sub(
        lambda found: found.group() if looks_like_unit(found.group().strip(" 　\n()（）")) else "", text
    )


# 市医保局等部门和各县市区政府, 市级有关部门及各县市区政府: the last two are joined by a word
_JOINED = lazy("(?:等(?:相关|有关)?(?:部门|单位))?[和与及]以?及?(?=各[县市区乡镇街园旗州有相])")


def _split(text: str) -> list[str]:
    """Cut at enumeration marks, commas, line breaks and wide gaps outside brackets."""
    made, depth, start = [], 0, 0
    if "各" in text:
        text = _JOINED.sub("、", text)
    folded = fold(text)
    for at, ch in enumerate(folded):
        if ch in "(〈":
            depth += 1
        elif ch in ")〉":
            depth = max(0, depth - 1)
        elif depth == 0 and ch in "、,;\n\t /" and not folded.startswith("各乡、镇", max(0, at - 2)):
            made.append(text[start:at])
            start = at + 1
    made.append(text[start:])
    return made


def _clean(name: str) -> str:
    name = name.strip(" 。.;；:：\n\t")
    fillers = lexicon.group("duties", "units.fillers")
    if name.endswith(fillers):
        filler = next((f for f in fillers if name.endswith(f) and len(name) > len(f)), "")
        name = name.removesuffix(filler)
    return "" if name in ("等", "—", "-", "无", "/") else name


def _with_shared_endings(names: list[str]) -> list[str]:
    """东山区、西湖区政府: a bare place takes the ending of the next name that has one."""
    made: list[str] = []
    endings = lexicon.group("duties", "units.shared")
    ending = kind = ""
    for name in reversed(names):
        shared = next((e for e in endings if name.endswith(e)), "") if name.endswith(endings) else ""
        if shared and name != shared:
            stem = name[: -len(shared)]
            ending = shared if _is_place(stem) else ""
            kind = stem[-1] if stem[-1:] in "县区市镇乡" else ""
            # 城关街道、南坪街道办事处 share 办事处, not 街道办事处
            if stem and not _is_place(stem) and shared.startswith("街道"):
                ending = shared.removeprefix("街道")
        elif ending and _is_place(name):
            name += ending
        elif ending and kind and 2 <= len(name) <= 4 and not looks_like_unit(name):
            # 临崖、南浦县政府: the place's own kind is shared, too
            name += kind + ending
        else:
            ending = ""
        made.append(name)
    return made[::-1]


def _is_place(name: str) -> bool:
    return name.endswith(lexicon.group("duties", "units.places")) and not name.startswith("各")


_STOPS = lazy("[,。;:]")


@lru_cache(maxsize=1_024)
def looks_like_unit(name: str) -> bool:
    """Whether a heading names a unit: 市发改委, 人民银行长治分行, 潞州区政府."""
    bare = re.sub(r"\([^()]*\)$", "", fold(name)).strip()
    return 2 <= len(bare) <= 24 and bare.endswith(lexicon.group("duties", "units.endings")) and not _STOPS.search(bare)
