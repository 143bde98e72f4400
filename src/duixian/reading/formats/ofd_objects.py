"""Text and drawn lines of an OFD page: each object has a box of its own, in which its places are counted."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from ..patterns import lazy
from .printed import Box, Rule
from .printed.rows import Character

_COMMANDS = lazy(r"([SMLQBACsmlqbac])|(-?\d*\.?\d+(?:[eE]-?\d+)?)")
_MAX_CHARACTERS = 20_000
_MAX_STEPS = 5_000
#: A rectangle filled thinner than this (mm) is a line.
_THIN = 0.9

Matrix = tuple[float, float, float, float, float, float]


def characters_of(element: Any) -> Iterator[Character]:
    """The characters of a text object with their boxes, in millimetres."""
    box, matrix = _frame(element)
    size = _first(element.get("Size"), 4.0)
    width = size * _first(element.get("HScale"), 1.0)
    count = 0
    for code in element.iter("{*}TextCode"):
        text = code.text or ""
        x, y = _first(code.get("X"), 0.0), _first(code.get("Y"), 0.0)
        dx, dy = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        for i, character in enumerate(text):
            count += 1
            if count > _MAX_CHARACTERS:
                return
            advance = width if character >= "\u2000" else width * 0.5
            if i < len(dx) and 0 < dx[i] <= 1.1 * width:
                advance = dx[i]
            left, base = _on_page(box, matrix, x, y)
            right, _ = _on_page(box, matrix, x + advance, y)
            _, top = _on_page(box, matrix, x, y - 0.85 * size)
            _, bottom = _on_page(box, matrix, x, y + 0.15 * size)
            if not character.isspace() or character in " \u3000":
                yield character, Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom, base))
            x += dx[i] if i < len(dx) else (0.0 if dy else advance)
            y += dy[i] if i < len(dy) else 0.0


def rules_of(element: Any) -> Iterator[Rule]:
    """The level and upright lines of a path object."""
    box, matrix = _frame(element)
    data = next((d.text or "" for d in element.iter("{*}AbbreviatedData")), "")
    filled = element.get("Fill") == "true" and element.get("Stroke") == "false"
    for points in _polygons(data):
        placed = [_on_page(box, matrix, x, y) for x, y in points]
        if filled:
            yield from _bar(placed)
            continue
        for (x0, y0), (x1, y1) in itertools.pairwise(placed):
            if min(abs(x1 - x0), abs(y1 - y0)) <= 0.4 and max(abs(x1 - x0), abs(y1 - y0)) >= 1.5:
                yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _bar(points: list[tuple[float, float]]) -> Iterator[Rule]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if bottom - top <= _THIN < right - left:
        yield Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif right - left <= _THIN < bottom - top:
        yield Rule((left + right) / 2, top, (left + right) / 2, bottom)


def _polygons(data: str) -> Iterator[list[tuple[float, float]]]:
    """The straight pieces of a path: M x y, L x y, C closes; curves only move the pen."""
    points: list[tuple[float, float]] = []
    command = ""
    values: list[float] = []
    needs = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
    for letter, number in _COMMANDS.findall(data)[:_MAX_STEPS]:
        if letter:
            command, values = letter.upper(), []
            if command == "C" and points:
                points.append(points[0])
            continue
        values.append(float(number))
        if len(values) < needs.get(command, 2):
            continue
        if command != "L" and len(points) > 1:
            yield points
        points = [*points, (values[0], values[1])] if command == "L" else [(values[-2], values[-1])]
        values = []
    if len(points) > 1:
        yield points


def _frame(element: Any) -> tuple[tuple[float, float], Matrix]:
    """The upper left corner of an object's box, and the matrix that holds within it."""
    boundary = _numbers(element.get("Boundary"))
    matrix = _numbers(element.get("CTM"))
    corner = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    if len(matrix) != 6:
        return corner, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = matrix
    return corner, (a, b, c, d, e, f)


def _on_page(corner: tuple[float, float], matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return corner[0] + a * x + c * y + e, corner[1] + b * x + d * y + f


def _steps(text: str | None, count: int) -> list[float]:
    """The distances between characters; "g 5 4.2" says five times 4.2."""
    if not text:
        return []
    steps: list[float] = []
    parts = text.split()
    i = 0
    while i < len(parts) and len(steps) < count:
        if parts[i].lower() == "g" and i + 2 < len(parts):
            steps += [float(parts[i + 2])] * min(max(int(float(parts[i + 1])), 0), count)
            i += 3
        else:
            steps.append(float(parts[i]))
            i += 1
    return steps


def _numbers(text: str | None) -> list[float]:
    return [float(n) for n in (text or "").replace(",", " ").split()]


def _first(text: str | None, otherwise: float) -> float:
    values = _numbers(text)
    return values[0] if values else otherwise
