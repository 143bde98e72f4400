"""Characters into fragments, and fragments of one column into rows."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from statistics import median

from .model import Box, Fragment, Row, Rule, around

Character = tuple[str, Box]

#: A gap wider than this many characters parts two fragments; a justified line stretches less.
_APART = 1.05
_WIDE = ("\u2e80", "\uffef")


def fragments_of(characters: Iterable[Character], rules: Sequence[Rule] = ()) -> list[Fragment]:
    """Characters that stand on one line without a wide gap or an upright rule between them."""
    found: list[Fragment] = []
    for row in _by_lines(characters):
        uprights = _uprights(rules, row)
        run: list[Character] = []
        for character in row:
            if run and _parts(run[-1], character, uprights):
                found.append(_fragment(run))
                run = []
            elif run and _is_double(run[-1], character):
                continue
            run.append(character)
        found.append(_fragment(run))
    return [fragment for fragment in found if fragment.text]


def _by_lines(characters: Iterable[Character]) -> list[list[Character]]:
    """Characters grouped by the height at which they stand, each group from left to right."""
    lines: list[list[Character]] = []
    at = height = 0.0
    for character in sorted(characters, key=lambda c: (c[1].middle, c[1].left)):
        middle = character[1].middle
        if not lines or middle - at > 0.35 * min(height, character[1].height):
            lines.append([])
            at, height = middle, character[1].height
        lines[-1].append(character)
    return [sorted(line, key=lambda c: c[1].left) for line in lines]


def _uprights(rules: Sequence[Rule], row: Sequence[Character]) -> list[float]:
    middle = row[0][1].middle
    return sorted(rule.x0 for rule in rules if not rule.is_level and rule.y0 <= middle <= rule.y1)


def _parts(before: Character, after: Character, uprights: Sequence[float]) -> bool:
    gap = after[1].left - before[1].right
    if gap > _APART * max(before[1].height, after[1].height) * 0.8:
        return True
    i = bisect_left(uprights, before[1].center)
    return i < len(uprights) and uprights[i] < after[1].center


def _is_double(before: Character, after: Character) -> bool:
    """Bold print made by printing twice."""
    return before[0] == after[0] and abs(before[1].left - after[1].left) < 0.2 * before[1].width


def _fragment(run: Sequence[Character]) -> Fragment:
    """A run without the blanks around it: an indent made of spaces is an indent."""
    while run and run[0][0].isspace():
        run = run[1:]
    while run and run[-1][0].isspace():
        run = run[:-1]
    if not run:
        return Fragment("", Box(0, 0, 0, 0), 1.0)
    box = around(c[1] for c in run)
    wide = [c[1].width for c in run if _WIDE[0] <= c[0] <= _WIDE[1] and c[1].width > 0]
    size = median(wide) if wide else box.height * 0.75
    parts: list[str] = []
    for i, (text, place) in enumerate(run):
        if i and place.left - run[i - 1][1].right > 0.4 * size and not text.isspace() and parts[-1] != " ":
            parts.append(" ")
        parts.append(text)
    return Fragment("".join(parts).strip(), box, max(size, 0.1))


def rows_of(fragments: Sequence[Fragment], left: float, right: float) -> list[Row]:
    """The rows of a column with the given edges, from top to bottom."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: f.box.middle):
        if rows and _on_one_row(rows[-1], fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [_row(sorted(row, key=lambda f: f.box.left), left, right) for row in rows]


def _on_one_row(row: Sequence[Fragment], fragment: Fragment) -> bool:
    last = row[-1].box
    overlap = min(last.bottom, fragment.box.bottom) - max(last.top, fragment.box.top)
    if overlap < 0.5 * min(last.height, fragment.box.height):
        return False
    # a skewed photograph lets neighbours overlap; what stands above each other is no row
    return all(min(f.box.right, fragment.box.right) - max(f.box.left, fragment.box.left) < fragment.size for f in row)


def _row(fragments: Sequence[Fragment], left: float, right: float) -> Row:
    box = around(f.box for f in fragments)
    size = max(fragments, key=lambda f: len(f.text)).size
    text = fragments[0].text
    for before, after in itertools.pairwise(fragments):
        gap = (after.box.left - before.box.right) / size
        text += ("  " if gap > 1.5 else " " if gap > 0.3 else "") + after.text
    return Row(text, box, size, left, right)
