"""Text made safe for XML and for the page. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

# What XML 1.0 cannot carry (control characters, lone surrogates, noncharacters), and marks that turn the direction
# of text or hide in it: a bulletin has no use for them, and they can make a line read other than it is stored.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069]|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff]"
)
# Python's \s covers U+3000 and U+0085 too: indents typed as spaces vanish, no two spaces ever follow one another.
_SPACES = re.compile(r"\s+")
# A space between two Chinese characters is a line break of the source, not a word boundary.
_SPACE_IN_CHINESE = re.compile(
    r"(?<=[\u3001-\u303f\u4e00-\u9fff\uff01-\uff65]) (?=[\u3001-\u303f\u4e00-\u9fff\uff01-\uff65])"
)
_DIGITS = "〇一二三四五六七八九"


def clean(text: str) -> str:
    """The text as it may stand in the document: nothing XML forbids, no outer space, no run of two spaces."""
    single = _SPACES.sub(" ", _FORBIDDEN.sub("", text)).strip()
    return _SPACE_IN_CHINESE.sub("", single)


def chinese_date(day: date) -> str:
    """2026年7月28日: no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese numerals, as headings count: 一, 十, 十一, 二十, 二十一. Raises ValueError beyond."""
    if not 1 <= number <= 99:
        raise ValueError(f"标题序号{number}超出1至99，请减少同级标题")
    tens, ones = divmod(number, 10)
    leading = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
    return leading + (_DIGITS[ones] if ones else "")


def is_wide(char: str) -> bool:
    """Whether a character takes a full cell of the grid."""
    return unicodedata.east_asian_width(char) in "WFA"


def closed(text: str, mark: str, replaces: str) -> str:
    """The text ending in `mark`, which takes the place of any of the `replaces` characters at its end."""
    return clean(text).rstrip(replaces + mark) + mark


def joined(lines: Sequence[str]) -> list[str]:
    """Cleaned lines, empty ones left out."""
    return [line for line in map(clean, lines) if line]
