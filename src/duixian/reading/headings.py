"""Headings of a list and lines of the page: what a line that is no item may be."""

from __future__ import annotations

import re
from functools import cache

from . import lexicon
from .fold import fold
from .numerals import chinese_value
from .patterns import lazy
from .people import is_person
from .unit_names import looks_like_unit


@cache
def _heading_tail() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("duties", "headings.tails") + "$")


_COUNT = lazy(r"\s*\(?(?:共|计|共计)?\s*(?<!\d)(\d{1,6}|[一二三四五六七八九十]{1,6})\s*[项条件个]\)?\s*$")


def clean_heading(printed: str) -> tuple[str, int | None, bool]:
    """(name, declared count, whether it says 牵头) of a heading without its number: 市发改委牵头工作(22项)."""
    folded = fold(printed).strip(" :。")
    declared = None
    count = _COUNT.search(folded)
    if count and (
        "(" in folded[count.start() : count.start() + 2] or folded[: count.start()].endswith(("任务", "工作"))
    ):
        digits = count.group(1)
        declared = int(digits) if digits.isdigit() else int(chinese_value(digits) or 0)
        folded = folded[: count.start()].rstrip(" (")
    leads = "牵头" in folded
    match = _heading_tail().search(folded)
    owner = folded[: match.start()] if match else ""
    if match and match.start() >= 2 and (leads or looks_like_unit(owner) or is_person(owner)):
        folded = folded[: match.start()]
    return printed.strip()[: len(folded)].strip(), declared, leads


def is_unit_name(name: str) -> bool:
    """A heading that is a unit's name and nothing else: 市发改委, but not 做好就业工作中心."""
    return bool(re.match(r"(?:市|县|区|省|州|国家|中国|人民银行|各)", name)) or name.endswith(
        ("人民政府", "县政府", "区政府", "管委会")
    )


def unframed(text: str) -> str:
    """A heading without the frame it is set in: 【市教育局】."""
    bare = text.strip()
    framed = FRAMED.match(fold(bare))
    return bare[1 : framed.end("name")] + bare[framed.end("name") + 1 :] if framed else text


FRAMED = lazy(r"[【\[](?P<name>[^】\]]{2,24})[】\]]\s*(?:\(?\d+项\)?)?$")


_LONGEST_PLAIN = 30


def is_plain_heading(folded: str) -> bool:
    """An unnumbered line that heads a group: 市教育局(3项), 【市教育局】."""
    if framed := FRAMED.match(folded):
        return looks_like_unit(framed["name"])
    if len(folded) > _LONGEST_PLAIN or "。" in folded:
        return False
    name, declared, leads = clean_heading(folded)
    return looks_like_unit(name) and (declared is not None or leads)


@cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str]]:
    begins = lexicon.any_of("furniture", "lines.begins")
    return re.compile(r"\s*" + begins), re.compile(lexicon.any_of("furniture", "lines.contains"))


def is_furniture(folded: str) -> bool:
    """Whether a line belongs to the page: 扫一扫, 打印, ICP备."""
    begins, contains = _furniture()
    return bool(begins.match(folded) or contains.search(folded))
