"""Pages into a document: running heads off, tables filled, columns in order, rows joined into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...source import Source
from ..builder import Builder
from .grid import grids_of
from .model import Box, Fragment, Grid, Page, Row, around
from .order import Block, in_order
from .paragraphs import Paper, logical_lines, paper_of
from .rows import rows_of
from .running import without_running
from .tables import continued, filled, goes_on, places_of

#: A frame that holds more than this share of a page is the page's border.
_BORDER = 0.7
#: Two places closer than this share of a page's width are one: 2 pt of A4.
_UNIT = 0.0034

Column = list[Row]


def assemble(pages: Sequence[Page], name: str) -> Source:
    """The document on these pages."""
    flow: list[Column | Grid] = []
    for page in without_running(pages):
        for part in _parts(page):
            if isinstance(part, Grid) and _goes_on(flow, part, page):
                flow[-1] = continued(_last_grid(flow), part)
            else:
                flow.append(part)
    return _write(_with_common_edges(flow), any(page.is_image for page in pages), name)


def _goes_on(flow: list[Column | Grid], grid: Grid, page: Page) -> bool:
    return bool(flow) and isinstance(flow[-1], Grid) and goes_on(flow[-1], grid, _UNIT * page.width)


def _last_grid(flow: list[Column | Grid]) -> Grid:
    last = flow[-1]
    assert isinstance(last, Grid)
    return last


def _parts(page: Page) -> list[Column | Grid]:
    """A page's columns and tables in reading order."""
    unit = max(_UNIT * page.width, 1.0)
    rest = list(page.fragments)
    blocks: list[Block] = []
    for grid in grids_of(page.rules, unit):
        if len(grid.cells) > 1:
            table, outside = filled(grid, rest)
            if sum(1 for cell in table.cells if cell.lines) >= 2:
                blocks.append(Block(grid.box, grid=table))
                rest = outside
            continue
        framed = [f for f in rest if grid.box.holds(f.box.center, f.box.middle)]
        if len(framed) >= 2 and grid.box.width * grid.box.height < _BORDER * page.width * page.height:
            blocks.append(Block(grid.box, inner=tuple(in_order(framed, []))))
            rest = [f for f in rest if f not in framed]
    return [part for block in in_order(rest, blocks) for part in _flat(block)]


def _flat(block: Block) -> list[Column | Grid]:
    if block.grid is not None:
        return [block.grid]
    if block.inner:
        return [part for inner in block.inner for part in _flat(inner)]
    return [_column(block.fragments)] if block.fragments else []


def _column(fragments: Sequence[Fragment]) -> Column:
    box = around(f.box for f in fragments)
    return rows_of(fragments, box.left, box.right)


def _with_common_edges(flow: list[Column | Grid]) -> list[Column | Grid]:
    """Columns that begin at one place share their right edge: a page's last lines do not tell how wide it is."""
    edges: list[Box] = []
    columns = [part for part in flow if isinstance(part, list) and part]
    for column in sorted(columns, key=len, reverse=True):
        size, row = column[0].size, column[0]
        if len(column) >= 6:
            edges.append(Box(row.left, 0, row.right, 0))
            continue
        for edge in edges:
            # few rows may all be indented or centred: the column they belong to reaches around them
            if edge.left - size <= row.left and row.right <= edge.right + size:
                column[:] = [replace(r, left=min(edge.left, r.left), right=max(edge.right, r.right)) for r in column]
                break
    return flow


def _write(flow: Sequence[Column | Grid], is_image: bool, name: str) -> Source:
    builder = Builder()
    paper = paper_of([part for part in flow if isinstance(part, list)], is_image)
    run: list[Column] = []
    for part in flow:
        if isinstance(part, list):
            run.append(part)
            continue
        _write_lines(builder, run, paper)
        run = []
        builder.table(places_of(part))
    _write_lines(builder, run, paper)
    return builder.source(name)


def _write_lines(builder: Builder, run: Sequence[Column], paper: Paper) -> None:
    for line in logical_lines(run, paper):
        if line.strip():
            builder.line(line)
