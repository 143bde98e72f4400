"""Official tables: 156 mm wide, black rules only, header row on every page, no row ever split."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, zip_longest

from duixian.bulletins.content import Align, Column, Row, RowKind, Table, TableSize
from duixian.bulletins.rendering import measures as m
from duixian.bulletins.rendering.oxml import Element, Value, el, indent, paragraph, run, val
from duixian.bulletins.rendering.text import clean, is_wide, joined


@dataclass(frozen=True, slots=True)
class _Form:
    """Style names and measures (twips) of a table size."""

    text: str
    head: str
    group: str
    size: int
    margin: int
    padding: int
    head_height: int


_NARROWEST = 80
"""Per cent: a figure slightly too wide for its cell is set narrower, down to here, rather than broken in two."""
_OFF_THE_RULE = 40
"""Twips between a rule and text set against it."""
_HALF_WIDTH = Decimal("0.56")
"""Width of a digit in its size; 0.5 in the 仿宋 faces, more in what may stand in for them."""

_FORMS = {
    TableSize.COMPACT: _Form("表文", "表头", "表组", 180, 20, 18, 440),
    TableSize.REGULAR: _Form("表文（正文表）", "表头（正文表）", "表组（正文表）", 240, 60, 40, 480),
}


def table(content: Table) -> list[Element]:
    """The caption, the table and its notes, as elements that follow one another."""
    form = _FORMS[content.size]
    widths = grid_widths(content.columns)
    rows = [_head_row(content.columns, widths, form)]
    for row, following in zip_longest(content.rows, content.rows[1:]):
        keeps_next = bool(content.notes) if following is None else following.kind is RowKind.TOTAL
        rows.append(_row(row, content.columns, widths, form, keeps_next=keeps_next))
    grid = el("tblGrid", None, *[el("gridCol", {"w": width}) for width in widths])
    caption = [paragraph("表题", content.caption)] if clean(content.caption) else []
    notes = [paragraph("表注", note) for note in joined(content.notes)]
    return [*caption, el("tbl", None, _properties(form), grid, *rows), *(notes or [paragraph("表后")])]


def grid_widths(columns: tuple[Column, ...]) -> list[int]:
    """Widths in twips in the proportions asked for; their sum is exactly the width of the type area."""
    total = sum(column.width_mm for column in columns)
    edges, reached = [0], total * 0
    for column in columns:
        reached += column.width_mm
        edges.append(round(m.TYPE_WIDTH * reached / total))
    return [right - left for left, right in pairwise(edges)]


def _properties(form: _Form) -> Element:
    outer: dict[str, Value] = {"val": "single", "sz": m.RULE_THICK, "space": 0, "color": "000000"}
    inner = {**outer, "sz": m.RULE_TABLE}
    sides = {"top": outer, "left": inner, "bottom": outer, "right": inner, "insideH": inner, "insideV": inner}
    margins = {"top": form.padding, "left": form.margin, "bottom": form.padding, "right": form.margin}
    return el(
        "tblPr",
        None,
        el("tblW", {"w": m.TYPE_WIDTH, "type": "dxa"}),
        val("jc", "center"),
        el("tblBorders", None, *[el(side, line) for side, line in sides.items()]),
        el("tblLayout", {"type": "fixed"}),
        el("tblCellMar", None, *[el(side, {"w": width, "type": "dxa"}) for side, width in margins.items()]),
    )


def _head_row(columns: tuple[Column, ...], widths: list[int], form: _Form) -> Element:
    height = el("trHeight", {"val": form.head_height, "hRule": "atLeast"})
    cells = [_cell(width, paragraph(form.head, column.title)) for column, width in zip(columns, widths, strict=True)]
    return el("tr", None, el("trPr", None, el("cantSplit"), height, el("tblHeader")), *cells)


def _row(row: Row, columns: tuple[Column, ...], widths: list[int], form: _Form, *, keeps_next: bool) -> Element:
    whole = el("trPr", None, el("cantSplit"))
    if row.kind is RowKind.GROUP:
        return el("tr", None, whole, _cell(sum(widths), paragraph(form.group, row.cells[0]), span=len(widths)))
    style = form.head if row.kind is RowKind.TOTAL else form.text
    cells = [
        _cell(width, _figure(style, text, column, width, form, keeps_next=keeps_next))
        for text, column, width in zip(row.cells, columns, widths, strict=True)
    ]
    return el("tr", None, whole, *cells)


def _figure(style: str, text: str, column: Column, width: int, form: _Form, *, keeps_next: bool) -> Element:
    stretch = 100 if column.align is Align.LEFT else fitting_stretch(clean(text), width - 2 * form.margin, form.size)
    narrower = (val("w", stretch),) if stretch < 100 else ()
    return paragraph(style, run(text, None, *narrower), properties=_alignment(column, keeps_next))


def fitting_stretch(text: str, room: int, size: int) -> int:
    """Horizontal scale in % at which the text fits into `room`; 100 where it fits or would become too narrow.

    `room` and `size` (of a full-width character) in twips. Without a layout at hand the width is an estimate.
    """
    width = sum((1 if is_wide(char) else _HALF_WIDTH) * size for char in text)
    if width <= room:
        return 100
    stretch = int(100 * room / width)
    return stretch if stretch >= _NARROWEST else 100


def _alignment(column: Column, keeps_next: bool) -> tuple[Element, ...]:
    side = column.align.value.lower()
    aligned = () if column.align is Align.CENTER else (indent(**{side: _OFF_THE_RULE}), val("jc", side))
    # Neither a total nor a note should stand alone on a page.
    return ((el("keepNext"),) if keeps_next else ()) + aligned


def _cell(width: int, content: Element, *, span: int = 1) -> Element:
    merged = val("gridSpan", span) if span > 1 else None
    properties = el("tcPr", None, el("tcW", {"w": width, "type": "dxa"}), merged, val("vAlign", "center"))
    return el("tc", None, properties, content)
