"""Numbers of headings, by level: 一、 / （一） / 1. / （1） (GB/T 9704-2012, 7.3.3). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from duixian.bulletins.content import Block, Heading
from duixian.bulletins.rendering.text import chinese_number


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with its number ("" for what is no heading). A level starts again under each higher heading."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if not isinstance(block, Heading):
            yield "", block
            continue
        depth = block.level - 1
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (3 - depth)
        yield heading_number(block.level, counts[depth]), block


def heading_number(level: int, number: int) -> str:
    """The printed number of the n-th heading of a level, its mark included."""
    if level == 1:
        return f"{chinese_number(number)}、"
    if level == 2:
        return f"（{chinese_number(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"
