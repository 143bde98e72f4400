"""The lines drawn on a PDF page: strokes, and the thin filled rectangles that many programs draw instead."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any

from .printed.grid import MAX_RULES
from .printed.model import Rule

#: A filled rectangle thinner than this is a line.
_THIN = 3.0
#: A line shorter than this is part of a letter or an ornament.
_SHORTEST = 4.0
#: Paths with more pieces than this are drawings.
_MOST_PIECES = 2_000

Point = tuple[float, float]


def rules_of(page: Any) -> list[Rule]:
    """Level and upright lines, in the page's own coordinates."""
    import pypdfium2.raw as pdfium

    found: list[Rule] = []
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=5):
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroked))
        if not mode.value and not stroked.value:
            continue
        for points in _polygons(path):
            found += _strokes(points) if stroked.value else _bar(points)
        if len(found) > MAX_RULES:
            return []
    return found


def _polygons(path: Any) -> Iterator[list[Point]]:
    """The straight pieces of a path, each as its corners on the page."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_PIECES:
        return
    matrix = path.get_matrix()
    container = path.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for index in range(count):
        piece = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(piece, ctypes.byref(x), ctypes.byref(y))
        if pdfium.FPDFPathSegment_GetType(piece) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(piece):
            yield [*points, points[0]]
            points = []
    if points:
        yield points


def _strokes(points: list[Point]) -> list[Rule]:
    return [rule for a, b in itertools.pairwise(points) if (rule := _rule(a, b))]


def _bar(points: list[Point]) -> list[Rule]:
    """The middle of a thin filled rectangle; a wide one is a background."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    if top - bottom <= _THIN < right - left:
        rule = _rule((left, (top + bottom) / 2), (right, (top + bottom) / 2))
    elif right - left <= _THIN < top - bottom:
        rule = _rule(((left + right) / 2, bottom), ((left + right) / 2, top))
    else:
        return []
    return [rule] if rule else []


def _rule(a: Point, b: Point) -> Rule | None:
    dx, dy = abs(a[0] - b[0]), abs(a[1] - b[1])
    if max(dx, dy) < _SHORTEST or min(dx, dy) > 1.0:
        return None
    return Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
