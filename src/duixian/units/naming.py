"""Names of units: when two of them mean the same one. Pure text, no database.

Within one government 市市场监管局 and 市市场监督管理局 are one unit, 国运公司 and 市国运公司, 高新区 and 高新区管委会.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from duixian.units.enums import UnitKind

LEXICON = Path(__file__).parent / "lexicon" / "names.toml"


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(LEXICON.read_text("utf-8"))


def unit_key(name: str) -> str:
    """What is left of a name once level, ending and abbreviation are evened out; equal keys mean the same unit."""
    text = "".join(name.split()).translate(str.maketrans("()", "（）"))
    text = _without_ending(text)
    text = _without_level(text)
    return str(_lexicon()["abbreviations"].get(text, text))


def place_of(name: str) -> str:
    """The place a county or zone is: 沁源县政府 governs 沁源县, 高新区管委会 the 高新区."""
    return _without_ending("".join(name.split()))


def _without_ending(text: str) -> str:
    for ending in _lexicon()["endings"]:
        if text.endswith(ending) and len(text) > len(ending) + 1:
            return text.removesuffix(ending)
    return text


def _without_level(text: str) -> str:
    # 市政府办公室 keeps what follows the level; a bare 市政府 has nothing left and stays whole
    if len(text) <= 3 or text.startswith(tuple(_lexicon()["no_levels"])):
        return text
    return text[1:] if text[0] in _lexicon()["levels"] else text


def is_group_name(name: str) -> bool:
    """各县区政府, 相关成员单位."""
    return name.startswith(tuple(_lexicon()["group_beginnings"]))


def is_county_group(name: str) -> bool:
    """Whether the group means the counties."""
    return is_group_name(name) and any(word in name for word in _lexicon()["county_group_words"])


def guess_kind(name: str) -> UnitKind:
    """The kind of a unit known only by its name, for the office to mend."""
    if name.endswith("市政府") and len(name) > len("市政府"):
        return UnitKind.COUNTY
    for kind, endings in _lexicon()["endings_of_kinds"].items():
        if name.endswith(tuple(endings)):
            return UnitKind(kind)
    return UnitKind.DEPARTMENT
