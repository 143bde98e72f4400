"""Recognition of pages that are pictures: words by rapidocr, their places measured on the picture itself.

rapidocr's own order is useless on a page of columns, and its boxes run across narrow gutters. So each box is cut where
the picture shows a blank wider than a character, and the order is worked out like a PDF's. Its models lie in its wheel:
nothing is fetched.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Lock
from typing import Any

from ..errors import MissingSupportError
from .image_ink import Ink, ink_of
from .printed import Box, Fragment, Page

#: A page of a scanned PDF is drawn at most this large.
LONGEST_SIDE = 3400
#: A character is read well from this height on; larger pictures only take longer.
_HEIGHT = 24.0
#: The paper left above and below a line, as a share of its height: more of it is read faster and no worse.
_PAPER = 0.32
#: Words are found well from this height on.
_FOUND = 15.0
#: Smaller ones are enlarged to this.
_LEAST = 15.0
#: The largest picture that is searched for words, in pixels: more takes a gigabyte.
_MOST_PIXELS = 9_000_000
#: The picture is searched in strips of this height, which bounds the memory; neighbouring strips overlap.
_STRIP, _OVERLAP = 1100, 90
#: Below this a reading is a guess at a stain.
_SURE = 0.55

#: Lines recognised side by side; each holds its own memory.
_MOST_AT_ONCE = 4

Quad = Any  # four corners as an array of shape (4, 2)


def recognise(picture: Any, name: str) -> Page:
    """A page from an array of shape (height, width[, channels])."""
    try:
        engine = _engine()
    except ImportError as error:
        raise MissingSupportError(f"识别图片文字需要 rapidocr:{name}。请安装:pip install 'duixian[ocr]'。") from error
    with _ONE_PAGE:
        return _recognised(engine, picture)


#: The engine keeps in itself what it was last asked for: one page at a time, also where several threads read.
_ONE_PAGE = Lock()


def _recognised(engine: Any, picture: Any) -> Page:
    picture = _scaled(_with_three_channels(picture))
    ink = ink_of(picture)
    quads = list(_found(engine, ink))
    angle = _skew(quads)
    if abs(angle) > 0.25:
        picture = _turned(picture, angle)
        ink = ink_of(picture)
        quads = list(_found(engine, ink))
    fragments = _read_all(engine, ink, quads)
    height, width = picture.shape[:2]
    return Page(width, height, tuple(fragments), tuple(ink.rules), is_image=True)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # text_score 0: what is unsure is dropped here, after its words are known
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.max_side_len": 100_000,
            "Global.min_side_len": 1,
            "Global.use_vertical_padding": False,
            "Global.text_score": 0.0,
            "Det.max_candidates": 3000,
            "Det.limit_side_len": 64,
        }
    )


def _with_three_channels(picture: Any) -> Any:
    import cv2

    if picture.ndim == 2:
        return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    return picture[:, :, :3] if picture.shape[2] >= 3 else cv2.cvtColor(picture[:, :, 0], cv2.COLOR_GRAY2BGR)


def _scaled(picture: Any) -> Any:
    """Made smaller until its characters are just large enough, or larger where they are tiny."""
    import cv2

    height, width = picture.shape[:2]
    character = ink_of(picture).character_height
    wanted = 1.0
    if character > 1.2 * _HEIGHT:
        wanted = max(_HEIGHT / character, 0.25)
    elif 0 < character < _LEAST:
        wanted = _LEAST / character
    factor = min(wanted, math.sqrt(_MOST_PIXELS / (width * height)))
    if factor == 1.0:
        return picture
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, (max(1, round(width * factor)), max(1, round(height * factor))), interpolation=how)


def _found(engine: Any, ink: Ink) -> Iterator[Quad]:
    """Where words stand, strip by strip; a line cut by a strip's edge is whole in the next.

    Smaller characters than can be read can still be found, in a fraction of the time.
    """
    import cv2
    import numpy as np

    factor = min(1.0, _FOUND / ink.character_height) if ink.character_height else 1.0
    picture = ink.clean
    if factor < 1:
        picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    height = picture.shape[0]
    top = 0
    while True:
        bottom = min(top + _STRIP, height)
        found = engine(picture[top:bottom], use_det=True, use_cls=False, use_rec=False)
        first = top + _OVERLAP / 2 if top else 0
        last = bottom - _OVERLAP / 2 if bottom < height else height
        for quad in found.boxes if found.boxes is not None else ():
            placed = np.add(quad, (0, top))
            if first <= placed[:, 1].mean() < last:
                yield placed / factor
        if bottom >= height:
            return
        top = bottom - _OVERLAP


def _skew(quads: list[Quad]) -> float:
    """How far the lines slope, in degrees: the median of the long ones."""
    angles = []
    for quad in quads:
        dx, dy = (quad[1] - quad[0]).tolist()
        if dx > 200:
            angles.append(math.degrees(math.atan2(dy, dx)))
    return sorted(angles)[len(angles) // 2] if len(angles) >= 5 else 0.0


def _turned(picture: Any, angle: float) -> Any:
    import cv2

    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def _read_all(engine: Any, ink: Ink, quads: list[Quad]) -> list[Fragment]:
    """The fragments of all boxes in their order. Lines are short work for the network: one a core at a time."""
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, _MOST_AT_ONCE)) as pool:
        read = pool.map(lambda quad: list(_read(engine, ink, quad)), quads)
        return [fragment for found in read for fragment in found]


def _read(engine: Any, ink: Ink, quad: Quad) -> Iterator[Fragment]:
    """The fragments in a box, cut at wide blanks and upright rules."""
    left, top = (int(max(v, 0)) for v in quad.min(axis=0))
    right, bottom = (math.ceil(v) for v in quad.max(axis=0))
    for box in ink.pieces(Box(left, top, right, bottom)):
        crop = _line(ink, box)
        if crop is None:
            continue
        found = engine(crop, use_det=False, use_cls=False, use_rec=True)
        text = found.txts[0].strip() if found.txts else ""
        if text and found.scores[0] >= _SURE:
            yield Fragment(text, box, _size(text, box))


def _line(ink: Ink, box: Box) -> Any:
    """A line's picture with paper above and below, which recognition expects; not the neighbouring lines' feet."""
    import cv2

    x0, y0, x1, y1 = ink.around(box, 2)
    crop = ink.clean[y0:y1, x0:x1]
    height, width = crop.shape[:2]
    if height < 6 or width < 4 or height > 4 * width + 20:
        return None
    paper = round(_PAPER * height)
    return cv2.copyMakeBorder(crop, paper, paper, 2, 2, cv2.BORDER_REPLICATE)


def _size(text: str, box: Box) -> float:
    """The width of one Chinese character: from the whole line where it is long enough, else its height."""
    units = sum(0.55 if ch < "\u2000" else 1.0 for ch in text)
    if units >= 4 and re.search("[⺀-鿿]", text):
        return box.width / units
    return box.height
