"""One spelling for the rules, without moving a single offset.

Documents mix full- and half-width forms (６％, 6％, 6%; ，and ,). Every replacement is one character for one
character, so an offset in the folded text is an offset in the printed one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .patterns import lazy

# Full-width ASCII sits at a fixed distance; the full stop 。 and the enumeration comma 、 stay: they carry meaning.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_OTHERS = {
    "　": " ",
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "〜": "~",
    "～": "~",
    "–": "—",
    "―": "—",
    "─": "—",
    "－": "-",
    "﹣": "-",
    "−": "-",
    "〝": "“",
    "〞": "”",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
    "﹪": "%",
    "〔": "(",
    "〕": ")",
    "﹝": "(",
    "﹞": ")",
    "\u200b": " ",
    "\ufeff": " ",
}

_TABLE = {**_FULL_WIDTH, **{ord(a): ord(b) for a, b in _OTHERS.items()}}


#: Part of a pattern: one Chinese character, or more exactly a letter neither Latin nor a digit. The range from 一 to
#: the last character says the same, but a pattern with it takes forty times as long to compile.
HAN = r"[^\W\da-zA-Z_]"

#: Lines are asked for several times over; whole documents are not, and must not stay in memory.
_LONGEST_KEPT = 2_000


def fold(text: str) -> str:
    """The text in half-width forms, of exactly the same length."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _folded(text)


@lru_cache(maxsize=4_096)
def _kept(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    folded = text.translate(_TABLE)
    zeros = "〇" in folded or "零" in folded or "○" in folded or "二O" in folded
    return _CHINESE_YEAR.sub(_year_in_digits, folded) if zeros else folded


# 二〇二六年 (also with letters for the zeros: 二OO八年) is 2026年: four signs for four digits
_CHINESE_YEAR = lazy("(?<![一二三四五六七八九])二[〇零○Oo][一二三四五六七八九〇零○Oo]{2}(?=年)")
_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")


def _year_in_digits(match: re.Match[str]) -> str:
    return match.group().translate(_DIGITS)
