"""Usernames for people: their names in pinyin without tones, or their phone numbers. Pure text, no database."""

import re
import tomllib
from collections.abc import Container
from functools import cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon" / "surnames.toml"
LONGEST = 32
# what a username may be made of; it is typed on a phone
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@cache
def _surnames() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads(LEXICON.read_text("utf-8"))["surnames"]
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def pinyin_of(name: str) -> str:
    """The name in small letters: 单雄信 is shanxiongxin, 吕绿 lvlv. Empty where nothing of it can be spelled."""
    from pypinyin import lazy_pinyin

    surname = next((s for s in _surnames() if name.startswith(s)), "")
    read = _surnames().get(surname, "") + "".join(lazy_pinyin(name.removeprefix(surname)))
    return re.sub(r"[^a-z0-9]", "", read.lower())[:LONGEST]


def propose_username(name: str, phone: str, taken: Container[str]) -> str:
    """A username nobody has: pinyin, with 2, 3 ... where somebody has it; the phone where the name spells nothing."""
    wanted = pinyin_of(name)
    stem = wanted if len(wanted) > 1 else phone or "user"
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def is_username(text: str) -> bool:
    """Small letters, digits, dots and dashes; at least two."""
    return USERNAME.fullmatch(text) is not None
