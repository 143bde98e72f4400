"""What a list of units says about itself: who leads, by a mark at the name (市住建局（牵头）, 市水务局★), and notes."""

from __future__ import annotations

import re

from .patterns import lazy

_SAID = lazy(r"(?P<name>[^、,，;；\s()（）]+)\s*[(（]\s*(?:牵头|主办|牵头单位|牵头部门|牵头责任单位|主办单位)\s*[)）]")
_SIGNED = lazy(r"[★☆▲△＊*](?P<before>[^、,，;；\s★☆▲△＊*]{3,})|(?P<behind>[^、,，;；\s★☆▲△＊*]{3,})[★☆▲△＊*]")


def marked_lead(text: str) -> tuple[str, str] | None:
    """(the names marked, the others) of a list of units; None where no name is marked, or every name is."""
    said = list(_SAID.finditer(text))
    signed = [] if said or not re.search("[★☆▲△＊*]", text) else list(_SIGNED.finditer(text))
    if len(signed) > 1 or not (said or signed):
        # several signs say something else than who leads
        return None
    marks = said or signed
    leads = [match.groupdict().get("name") or match["before"] or match["behind"] for match in marks]
    pattern = _SAID if said else _SIGNED
    return "、".join(leads), pattern.sub("", text).strip("、,，;；\n ")


# （列第一位者为牵头单位，下同） speaks of the list; 〈含开发区管委会，下同〉 of what a name takes in
_NOTE = lazy(
    r"[(（〈《<\[]\s*[^()（）〈〉]*(?:下同|列第一位|排第一位|排名第一|为牵头单位|以下简称)[^()（）〈〉]*[)）〉》>\]]"
)


def without_notes(text: str) -> str:
    """A list of units without what it says in brackets about the list itself."""
    if "下同" not in text and "第一" not in text and "牵头单位" not in text and "简称" not in text:
        return text
    return _NOTE.sub("", text)
