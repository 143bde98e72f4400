"""Reading order: where columns part, what spans them, what interrupts them.

A page is cut again and again: at a gutter that nothing crosses into what stands left and right of it; else at what
crosses the fewest lines, a headline, a table, into what stands above and below. A caption that only interrupts two
columns is set aside and read after them, so that their sentences stay whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from .model import Box, Fragment, Grid, around


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page to be read as one: fragments of a column, a table, or the words in a frame."""

    box: Box
    fragments: tuple[Fragment, ...] = ()
    grid: Grid | None = None
    inner: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    """What is moved about: a fragment, or a whole table or frame."""

    box: Box
    size: float
    block: Block | None = None
    fragment: Fragment | None = None


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A blank stretch between columns, and the items that cross it."""

    x: float
    width: float
    crossing: tuple[_Item, ...]


#: A gutter is at least this wide, in characters.
_NARROWEST = 0.8
#: Each column beside it is at least this wide, in characters.
_COLUMN = 6.0
#: Print this much larger than the running text is a headline.
_LARGE = 1.4
#: At least this many lines stand on both sides of it.
_PAIRS = 3
#: The share of a column's lines that reach across at least half of it: a list of labels is no column.
_FILLED = 0.5


def in_order(fragments: Sequence[Fragment], blocks: Sequence[Block]) -> list[Block]:
    """Fragments and blocks of a page as blocks in reading order."""
    size = median([f.size for f in fragments for _ in f.text]) if fragments else 1.0
    items = [_Item(f.box, f.size, fragment=f) for f in fragments]
    items += [_Item(b.box, size, block=b) for b in blocks]
    return _order(items, size, 0)


def _order(items: list[_Item], size: float, depth: int) -> list[Block]:
    if not items:
        return []
    gutter = _best_gutter(items, size) if depth < 60 else None
    if gutter is None:
        return _column(items)
    if not gutter.crossing:
        left = [item for item in items if item.box.center < gutter.x]
        right = [item for item in items if item.box.center >= gutter.x]
        return _order(left, size, depth + 1) + _order(right, size, depth + 1)
    aside = [item for item in gutter.crossing if _is_caption(item, items, gutter, size)]
    if aside and len(aside) == len(gutter.crossing):
        ids = {id(item) for item in aside}
        rest = [item for item in items if id(item) not in ids]
        return _order(rest, size, depth + 1) + _column(aside)
    made: list[Block] = []
    for band in _bands(items, [c for c in gutter.crossing if c not in aside], size):
        made += _order(band, size, depth + 1) if len(band) < len(items) else _column(band)
    return made


def _column(items: Sequence[_Item]) -> list[Block]:
    """Items one below the other; neighbouring fragments are one block."""
    made: list[Block] = []
    run: list[Fragment] = []
    for item in sorted(items, key=lambda i: (i.box.top if i.block else i.box.middle, i.box.left)):
        if item.fragment is not None:
            run.append(item.fragment)
            continue
        if run:
            made.append(Block(around(f.box for f in run), tuple(run)))
            run = []
        if item.block is not None:
            made.append(item.block)
    if run:
        made.append(Block(around(f.box for f in run), tuple(run)))
    return made


def _best_gutter(items: Sequence[_Item], size: float) -> _Gutter | None:
    """The gutter crossed by the fewest items, the widest among equals."""
    region = around(item.box for item in items)
    # headlines and tables show no columns: they are what lies across them
    narrow = [i for i in items if i.fragment and i.box.width <= 0.6 * region.width and i.size <= _LARGE * size]
    best: _Gutter | None = None
    spanning: list[_Item] = []
    gaps = _gaps(narrow, size)
    for i, gap in enumerate(gaps):
        # the columns beside it reach to the next gaps
        begin = gaps[i - 1][0] if i else region.left - size
        end = gaps[i + 1][1] if i + 1 < len(gaps) else region.right + size
        gutter = _gutter(items, [item.box for item in narrow], gap, (begin, end), size)
        if gutter is None:
            continue
        if best is None or (len(gutter.crossing), -gutter.width) < (len(best.crossing), -best.width):
            best = gutter
        spanning += gutter.crossing
    if best is None:
        return None
    known = {id(item) for item in best.crossing}
    alone = [item for item in spanning if id(item) not in known and _is_alone(item, items)]
    return replace(best, crossing=(*best.crossing, *{id(item): item for item in alone}.values()))


def _is_alone(item: _Item, items: Sequence[_Item]) -> bool:
    """Whether nothing stands beside it: a headline over columns of which it happens to cover but some."""
    return not any(o is not item and o.box.top < item.box.bottom and o.box.bottom > item.box.top for o in items)


def _gaps(items: Sequence[_Item], size: float) -> list[tuple[float, float]]:
    """Blank stretches between items, seen from above. A few items may lie across: they are what interrupts columns."""
    if len(items) < 2 * _PAIRS:
        return []
    step = size * 0.25
    start = min(item.box.left for item in items)
    count = int((max(item.box.right for item in items) - start) / step) + 2
    changes = [0] * (count + 1)
    for item in items:
        changes[int((item.box.left - start) / step)] += 1
        changes[int((item.box.right - start) / step)] -= 1
    allowed = max(len(items) * 0.04, 1 if len(items) >= 12 else 0)
    gaps: list[tuple[float, float]] = []
    covered, begin = 0, None
    for i in range(count):
        covered += changes[i]
        if covered <= allowed and begin is None:
            begin = i
        elif covered > allowed and begin is not None:
            if (i - begin) * step >= _NARROWEST * size:
                gaps.append((start + begin * step, start + i * step))
            begin = None
    return gaps


def _gutter(
    items: Sequence[_Item], narrow: Sequence[Box], gap: tuple[float, float], reach: tuple[float, float], size: float
) -> _Gutter | None:
    """The gutter in a gap, if columns of running text stand on both sides of it."""
    x, slack = sum(gap) / 2, 0.3 * size
    crossing = tuple(i for i in items if i.box.left < x - slack and i.box.right > x + slack)
    left = [box for box in narrow if reach[0] <= box.left and box.right <= x + slack]
    right = [box for box in narrow if box.left >= x - slack and box.right <= reach[1]]
    if min(len(left), len(right)) < _PAIRS or _level_pairs(left, right) < _PAIRS:
        return None
    for side in (left, right):
        hull = around(side)
        if hull.width < _COLUMN * size:
            return None
        if sum(1 for box in side if box.width >= 0.5 * hull.width) < _FILLED * len(side):
            return None
    return _Gutter(x, gap[1] - gap[0], crossing)


def _level_pairs(left: Sequence[Box], right: Sequence[Box]) -> int:
    """How many lines on the left have one on the right beside them."""
    tops = sorted(box.top for box in right)
    bottoms = sorted(box.bottom for box in right)
    return sum(1 for box in left if bisect_right(tops, box.middle) > bisect_left(bottoms, box.middle))


def _is_caption(item: _Item, items: Sequence[_Item], gutter: _Gutter, size: float) -> bool:
    """Small print that crosses a gutter in the midst of two columns."""
    if item.fragment is None or item.size > 1.05 * size:
        return False
    crossing = {id(c) for c in gutter.crossing}
    if len(gutter.crossing) > 6:
        return False
    others = [i for i in items if id(i) not in crossing]
    sides = (
        [i.box for i in others if i.box.right <= gutter.x + size],
        [i.box for i in others if i.box.left >= gutter.x - size],
    )
    return all(
        any(box.bottom <= item.box.middle for box in side) and any(box.top >= item.box.middle for box in side)
        for side in sides
    )


def _bands(items: Sequence[_Item], crossing: Sequence[_Item], size: float) -> list[list[_Item]]:
    """Items cut into what stands above, at and below each of those that cross."""
    cuts: list[tuple[float, float]] = []
    for item in sorted(crossing, key=lambda i: i.box.top):
        if cuts and item.box.top <= cuts[-1][1] + 1.2 * size:
            cuts[-1] = (cuts[-1][0], max(cuts[-1][1], item.box.bottom))
        else:
            cuts.append((item.box.top, item.box.bottom))
    bands: list[list[_Item]] = [[] for _ in range(2 * len(cuts) + 1)]
    for item in items:
        middle = item.box.middle
        index = 0
        for k, (top, bottom) in enumerate(cuts):
            if middle > bottom:
                index = 2 * k + 2
            elif middle >= top:
                index = 2 * k + 1
                break
            else:
                break
        bands[index].append(item)
    return [band for band in bands if band]
