"""What is printed on a picture, as black on white: drawn lines, the height of its characters, blanks within a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .printed import Box, Rule

#: A blank wider than this share of a line's height parts columns; within a line no two characters stand so far apart.
_APART = 1.15
#: A rule is at least this many characters long and at most this share of a character thick.
_LONG, _THICK = 2.2, 0.4


@dataclass(slots=False)
class Ink:
    """A picture and its ink (255 where something is printed)."""

    picture: Any
    black: Any
    character_height: float
    rules: list[Rule] = field(default_factory=list)
    rule_mask: Any = None

    @cached_property
    def clean(self) -> Any:
        """The picture with its drawn lines painted over."""
        if self.rule_mask is None:
            return self.picture
        picture = self.picture.copy()
        picture[self.rule_mask > 0] = 255
        return picture

    @cached_property
    def words(self) -> Any:
        """The ink without drawn lines."""
        if self.rule_mask is None:
            return self.black
        black = self.black.copy()
        black[self.rule_mask > 0] = 0
        return black

    def around(self, box: Box, margin: int) -> tuple[int, int, int, int]:
        """A box with some paper around it, as whole pixels inside the picture."""
        height, width = self.black.shape[:2]
        return (
            max(0, int(box.left) - margin),
            max(0, int(box.top) - margin),
            min(width, int(box.right) + margin + 1),
            min(height, int(box.bottom) + margin + 1),
        )

    def pieces(self, box: Box) -> Iterator[Box]:
        """The inked stretches of a line, each by its own outline, parted at wide blanks and upright rules."""
        x0, y0, x1, y1 = self.around(box, 0)
        area = self.words[y0:y1, x0:x1]
        if area.size == 0:
            return
        levels = area.any(axis=1).nonzero()[0]
        columns = area.any(axis=0).nonzero()[0]
        if len(columns) == 0:
            return
        height = float(levels[-1] - levels[0] + 1)
        apart = _APART * min(height, 1.6 * self.character_height if self.character_height else height)
        walls = [r.x0 - x0 for r in self.rules if not r.is_level and r.y0 <= (y0 + y1) / 2 <= r.y1 and x0 < r.x0 < x1]
        begin = last = int(columns[0])
        for column in columns[1:].tolist():
            if column - last > apart or any(last < wall <= column for wall in walls):
                yield _outline(area, begin, last, x0, y0)
                begin = column
            last = column
        yield _outline(area, begin, last, x0, y0)


def _outline(area: Any, begin: int, end: int, x0: int, y0: int) -> Box:
    levels = area[:, begin : end + 1].any(axis=1).nonzero()[0]
    return Box(x0 + begin, y0 + int(levels[0]), x0 + end + 1, y0 + int(levels[-1]) + 1)


def ink_of(picture: Any) -> Ink:
    """The ink of a picture in colours or grey."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    _, black = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if black.mean() > 127:  # light print on a dark ground
        black = 255 - black
    character = _character_height(black)
    ink = Ink(picture, black, character)
    if character:
        ink.rules, ink.rule_mask = _rules(black, character)
    return ink


def _character_height(black: Any) -> float:
    """The height of a Chinese character in running text: most patches of its size are one, or most of one."""
    import cv2
    import numpy as np

    # what stands a hair apart belongs together: strokes of one character
    joined = cv2.dilate(black, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    if count < 20 or count > 200_000:
        return 0.0
    widths, heights = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    square = (heights >= 9) & (heights <= 160) & (widths * 10 >= heights * 6) & (widths * 10 <= heights * 16)
    if square.sum() < 10:
        return 0.0
    return float(np.percentile(heights[square], 60)) - 2.0


def _rules(black: Any, character: float) -> tuple[list[Rule], Any]:
    """Drawn lines, and a mask that covers them."""
    import cv2
    import numpy as np

    length, thick = max(int(_LONG * character), 30), max(int(_THICK * character), 4)
    # the long strokes of a headline's characters end with the character; a rule goes on or belongs to a grid
    _, patch_of, patches, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    mask = np.zeros_like(black)
    rules: list[Rule] = []
    for level in (True, False):
        kernel = np.ones((1, length) if level else (length, 1), np.uint8)
        lines = cv2.morphologyEx(black, cv2.MORPH_OPEN, kernel)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        if count > 4000:
            continue
        for i in range(1, count):
            x, y, width, height, _ = stats[i].tolist()
            if (height if level else width) > thick:
                continue
            inside = labels[y : y + height, x : x + width] == i
            patch = patches[patch_of[y : y + height, x : x + width][inside][0]]
            if max(width, height) < 6 * character and max(patch[2], patch[3]) < 8 * character:
                continue
            mask[y : y + height, x : x + width][inside] = 255
            middle = (x + width / 2, y + height / 2)
            rules.append(
                Rule(x, middle[1], x + width, middle[1]) if level else Rule(middle[0], y, middle[0], y + height)
            )
    return rules, cv2.dilate(mask, np.ones((3, 3), np.uint8)) if rules else None
