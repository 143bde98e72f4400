"""One spelling for the rules, without moving a single offset.

Documents mix full- and half-width forms (６％, 6％, 6%; ，and ,). Every replacement is one character for one
character, so an offset in the folded text is an offset in the printed one.
"""

from __future__ import annotations

from functools import lru_cache

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
    "〔": "〔",
    "﹝": "〔",
    "﹞": "〕",
    "\u200b": " ",
    "\ufeff": " ",
}

_TABLE = {**_FULL_WIDTH, **{ord(a): ord(b) for a, b in _OTHERS.items()}}


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """The text in half-width forms, of exactly the same length. Lines are asked for several times over."""
    return text.translate(_TABLE)
