"""Word's automatic numbers: they are not in the text, but the reader of the page sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
#: A list's number has no more digits than this, whatever a file says.
_LONGEST = 6
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    gap: str = " "


@dataclass(slots=True)
class Numbering:
    """The numbering of one document and how far each list has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """Read the numbering part and the styles that number by themselves."""
        made = cls()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return made
        abstract = {a.get(f"{_W}abstractNumId"): _levels(a) for a in root.findall(f"{_W}abstractNum")}
        for num in root.findall(f"{_W}num"):
            link = num.find(f"{_W}abstractNumId")
            made.levels[num.get(f"{_W}numId")] = abstract.get(link.get(f"{_W}val") if link is not None else None, {})
        for style in document.styles.element.findall(f"{_W}style"):
            found = _number_of(style.find(f"{_W}pPr"))
            if found:
                made.styles[style.get(f"{_W}styleId")] = found
        return made

    def label(self, paragraph: Any) -> str:
        """The number a paragraph is printed with, counting it; empty where it has none."""
        properties = paragraph.find(f"{_W}pPr")
        found = _number_of(properties)
        if found is None and properties is not None and (style := properties.find(f"{_W}pStyle")) is not None:
            found = self.styles.get(style.get(f"{_W}val"))
        if found is None:
            return ""
        number, depth = found
        levels = self.levels.get(number, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(number, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        label = level.text
        for d, other in levels.items():
            label = label.replace(f"%{d + 1}", _printed(counts.get(d, other.start), other.form))
        return "" if level.form in ("bullet", "none") or not label else label + level.gap


def _levels(abstract: Any) -> dict[int, _Level]:
    made: dict[int, _Level] = {}
    for level in abstract.findall(f"{_W}lvl"):
        value = {name: _value(level, name) for name in ("start", "numFmt", "lvlText", "suff")}
        start = _whole(value["start"], 1)
        made[int(level.get(f"{_W}ilvl", "0"))] = _Level(
            start, value["numFmt"] or "decimal", value["lvlText"] or "", "" if value["suff"] == "nothing" else " "
        )
    return made


def _value(parent: Any, name: str) -> str | None:
    element = parent.find(f"{_W}{name}")
    return None if element is None else element.get(f"{_W}val")


def _number_of(properties: Any) -> tuple[str, int] | None:
    """(list, depth) of a paragraph's or style's properties; list 0 takes a number away."""
    numbered = None if properties is None else properties.find(f"{_W}numPr")
    number = None if numbered is None else _value(numbered, "numId")
    if number is None or number == "0":
        return None
    return number, _whole(_value(numbered, "ilvl"), 0)


def _whole(printed: str | None, otherwise: int) -> int:
    """The number an attribute states; `otherwise` where it states none or one no list reaches."""
    return int(printed) if printed and printed.isdecimal() and len(printed) <= _LONGEST else otherwise


def _printed(count: int, form: str) -> str:
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
    ):
        return _chinese(count)
    if form.startswith("decimalEnclosedCircle") and 1 <= count <= len(_CIRCLED):
        return _CIRCLED[count - 1]
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (count - 1) % 26)
        return letter if form == "upperLetter" else letter.lower()
    return str(count)


def _chinese(count: int) -> str:
    """Numbers up to 999 in Chinese: 二十一; a list beyond them is numbered in digits."""
    if count > 999:
        return str(count)
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (_DIGITS[ones] if ones else "") if count else "零"
