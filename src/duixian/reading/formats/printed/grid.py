"""Ruled tables: from drawn lines to cells, merged ones included; a frame around words is one cell and no table."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Box, Grid, GridCell, Rule

#: More lines than this on one page are a drawing.
MAX_RULES = 20_000
#: Cells beyond this on one page are a pattern.
_MAX_CELLS = 20_000
#: A rule closes a side of a cell when it covers this much of it.
_CLOSED = 0.6


def grids_of(rules: Sequence[Rule], unit: float) -> list[Grid]:
    """The tables and frames that rules draw. `unit` is the distance below which two places are one (about 2 pt)."""
    if not rules or len(rules) > MAX_RULES:
        return []
    level = _joined([(r.y0, r.x0, r.x1) for r in rules if r.is_level], unit)
    upright = _joined([(r.x0, r.y0, r.y1) for r in rules if not r.is_level], unit)
    found = []
    for rows, columns in _networks(level, upright, unit):
        if len(rows) >= 2 and len(columns) >= 2:
            grid = _grid(rows, columns, unit)
            if grid is not None:
                found.append(grid)
    return _outermost(found)


Line = tuple[float, float, float]  # where it lies across its direction, where it begins, where it ends


def _joined(lines: list[Line], unit: float) -> list[Line]:
    """Pieces of one line put together."""
    joined: list[Line] = []
    for at, begin, end in sorted(
        ((a, min(b, e), max(b, e)) for a, b, e in lines), key=lambda p: (round(p[0] / unit), p[1])
    ):
        if joined and abs(joined[-1][0] - at) <= unit and begin <= joined[-1][2] + 2 * unit:
            joined[-1] = (joined[-1][0], joined[-1][1], max(joined[-1][2], end))
        else:
            joined.append((at, begin, end))
    return [line for line in joined if line[2] - line[1] > 3 * unit]


def _networks(level: list[Line], upright: list[Line], unit: float) -> list[tuple[list[Line], list[Line]]]:
    """Lines that touch each other, directly or through others."""
    groups = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while groups[i] != i:
            groups[i] = groups[groups[i]]
            i = groups[i]
        return i

    tolerance = 2 * unit
    by_top = sorted(range(len(level)), key=lambda i: level[i][0])
    for k, (x, top, bottom) in enumerate(upright):
        for i in by_top:
            y, left, right = level[i]
            if y > bottom + tolerance:
                break
            if y >= top - tolerance and left - tolerance <= x <= right + tolerance:
                groups[root(i)] = root(len(level) + k)
    made: dict[int, tuple[list[Line], list[Line]]] = {}
    for i in range(len(groups)):
        lists = made.setdefault(root(i), ([], []))
        if i < len(level):
            lists[0].append(level[i])
        else:
            lists[1].append(upright[i - len(level)])
    return list(made.values())


def _grid(rows: list[Line], columns: list[Line], unit: float) -> Grid | None:
    ys, xs = _places([line[0] for line in rows], unit), _places([line[0] for line in columns], unit)
    ys = _with_open_ends(ys, columns, unit)
    # a table may stand open at its sides: its level lines then reach beyond its upright ones
    left, right = min(line[1] for line in rows), max(line[2] for line in rows)
    xs = [*([left] if xs[0] - left > 8 * unit else []), *xs, *([right] if right - xs[-1] > 8 * unit else [])]
    height, width = len(ys) - 1, len(xs) - 1
    if height < 1 or width < 1 or height * width > _MAX_CELLS:
        return None
    groups = list(range(height * width))

    def root(i: int) -> int:
        while groups[i] != i:
            groups[i] = groups[groups[i]]
            i = groups[i]
        return i

    for r in range(height):
        for c in range(width):
            if c + 1 < width and not _is_closed(columns, xs[c + 1], ys[r], ys[r + 1], unit):
                groups[root(r * width + c + 1)] = root(r * width + c)
            if r + 1 < height and not _is_closed(rows, ys[r + 1], xs[c], xs[c + 1], unit):
                groups[root((r + 1) * width + c)] = root(r * width + c)
    members: dict[int, list[tuple[int, int]]] = {}
    for i in range(height * width):
        members.setdefault(root(i), []).append(divmod(i, width))
    cells = [_cell(places, xs, ys) for places in members.values()]
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Grid(box, tuple(sorted(cells, key=lambda c: (c.row, c.column))), height, tuple(xs))


def _with_open_ends(ys: list[float], columns: list[Line], unit: float) -> list[float]:
    """A row that the end of the page cuts has no level line there: its upright lines say how far it reaches."""
    top, bottom = min(line[1] for line in columns), max(line[2] for line in columns)
    above = sum(1 for line in columns if line[1] <= top + 2 * unit)
    below = sum(1 for line in columns if line[2] >= bottom - 2 * unit)
    return [
        *([top] if ys[0] - top > 4 * unit and above >= _FEWEST_UPRIGHT else []),
        *ys,
        *([bottom] if bottom - ys[-1] > 4 * unit and below >= _FEWEST_UPRIGHT else []),
    ]


_FEWEST_UPRIGHT = 3


def _places(values: list[float], unit: float) -> list[float]:
    """Distinct places; those closer than twice the unit are one."""
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > 2 * unit:
            made.append(value)
    return made


def _is_closed(lines: list[Line], at: float, begin: float, end: float, unit: float) -> bool:
    covered = sum(max(0.0, min(line[2], end) - max(line[1], begin)) for line in lines if abs(line[0] - at) <= 2 * unit)
    return covered >= _CLOSED * (end - begin)


def _cell(places: list[tuple[int, int]], xs: list[float], ys: list[float]) -> GridCell:
    top, bottom = min(r for r, _ in places), max(r for r, _ in places)
    left, right = min(c for _, c in places), max(c for _, c in places)
    box = Box(xs[left], ys[top], xs[right + 1], ys[bottom + 1])
    return GridCell(top, left, bottom - top + 1, right - left + 1, box)


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Tables first; a frame within a table, or a table within a frame, leaves the table."""
    tables = [grid for grid in grids if len(grid.cells) > 1]
    kept = [t for t in tables if not any(o is not t and _lies_in(t.box, o.box) for o in tables)]
    frames = [grid for grid in grids if len(grid.cells) == 1]
    for frame in frames:
        if not any(_lies_in(frame.box, t.box) or _lies_in(t.box, frame.box) for t in kept):
            kept.append(frame)
    return kept


def _lies_in(inner: Box, outer: Box) -> bool:
    return outer.holds(inner.center, inner.middle) and inner.width <= outer.width and inner.height <= outer.height
