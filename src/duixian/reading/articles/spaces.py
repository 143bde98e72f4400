"""Spaces that a PDF's text sets between letters and figures: 增长 4.0% ,新增企业 6850 家."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..fold import HAN, fold
from ..patterns import lazy
from ..source import Line

_BY_FIGURES = lazy(rf"{HAN} +\d|[\d%] +{HAN}")
_IN_DATES = lazy(r"(?<=\d) +(?=[年月日])|(?<=[年月]) +(?=\d)")
# between letters of which one is no Latin one, and around marks
_NEEDLESS = lazy(r"(?<=[^\x00-\x7f]) +|(?<=[\x00-\x7f]) +(?=[^\x00-\x7f])|(?<=[\d%a-zA-Z]) +(?=[,;:)])|(?<=[,;:(]) +")
#: How many such spaces make a text one that is set so throughout.
_ENOUGH = 5


def is_spaced(lines: Sequence[Line]) -> bool:
    """Whether spaces stand between letters and figures throughout."""
    found = 0
    for line in lines:
        if " " in line.text:
            found += len(_BY_FIGURES.findall(fold(line.text)))
            if found >= _ENOUGH:
                return True
    return False


def runs_of(line: Line, *, spaced: bool) -> Iterator[tuple[str, int]]:
    """The stretches of a line between spaces that say nothing; each keeps its offset."""
    at = 0
    for space in _NEEDLESS.finditer(fold(line.text).rstrip()) if spaced else ():
        if space.start() > at:
            yield line.text[at : space.start()], line.start + at
        at = space.end()
    yield line.text[at:], line.start + at


def dates_closed(text: str) -> str:
    """2023 年 1 月 9 日 as 2023年1月9日."""
    return _IN_DATES.sub("", text) if " 年" in text or "年 " in text else text
