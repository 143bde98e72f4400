"""版记: a floating table whose last rule lies on the lower edge of the last page's type area (S 7.4)."""

from __future__ import annotations

from duixian.bulletins.content import Imprint
from duixian.bulletins.rendering import measures as m
from duixian.bulletins.rendering.oxml import Element, Value, el, indent, paragraph, run, val
from duixian.bulletins.rendering.text import chinese_date, clean, closed, joined

_COPIES_INDENT, _COPIES_HANGING = 1120, 840
"""抄送 wraps under the first name: 左空一字, then three characters of 14 pt for 抄送：."""


def imprint(content: Imprint) -> list[Element]:
    """The table and the paragraph that carries it."""
    names = joined(content.copies_to)
    rows = [_row(_copies(names))] if names else []
    rows.append(_row(*_printed(content)))
    grid = el("tblGrid", None, *[el("gridCol", {"w": width}) for width in _halves()])
    return [el("tbl", None, _properties(), grid, *rows), paragraph("版记定位")]


def _copies(names: list[str]) -> Element:
    listed = closed("，".join(names), "。", "，、；")
    return paragraph(
        "版记", f"抄送：{listed}", properties=(indent(left=_COPIES_INDENT, hanging=_COPIES_HANGING, right=280),)
    )


def _printed(content: Imprint) -> tuple[Element, Element]:
    """Issuer left, date right, each a character from the edge."""
    issuer = paragraph(
        "版记", run(clean(content.printed_by)), properties=(indent(left=280, right=0), val("jc", "left"))
    )
    day = f"{chinese_date(content.printed_on)}印发"
    return issuer, paragraph("版记", day, properties=(indent(left=0, right=280), val("jc", "right")))


def _properties() -> Element:
    thick: dict[str, Value] = {"val": "single", "sz": m.RULE_THICK, "space": 0, "color": "000000"}
    borders = {"top": thick, "bottom": thick, "insideH": {**thick, "sz": m.RULE_MIDDLE}}
    # Anchored to the page's edge sideways: anchored to the margin at full width, LibreOffice leaves it in the flow.
    place: dict[str, Value] = {
        "leftFromText": 0,
        "rightFromText": 0,
        "vertAnchor": "margin",
        "horzAnchor": "page",
        "tblpX": m.LEFT,
        "tblpYSpec": "bottom",
    }
    return el(
        "tblPr",
        None,
        el("tblpPr", place),
        val("tblOverlap", "never"),
        el("tblW", {"w": m.TYPE_WIDTH, "type": "dxa"}),
        el("tblBorders", None, *[el(side, line) for side, line in borders.items()]),
        el("tblLayout", {"type": "fixed"}),
        el("tblCellMar", None, *[el(side, {"w": 0, "type": "dxa"}) for side in ("left", "right")]),
    )


def _row(*contents: Element) -> Element:
    halves = _halves()
    if len(contents) == 1:
        cells = [_cell(sum(halves), contents[0], val("gridSpan", 2))]
    else:
        cells = [_cell(width, content) for width, content in zip(halves, contents, strict=True)]
    return el("tr", None, el("trPr", None, el("cantSplit")), *cells)


def _cell(width: int, content: Element, span: Element | None = None) -> Element:
    return el("tc", None, el("tcPr", None, el("tcW", {"w": width, "type": "dxa"}), span), content)


def _halves() -> tuple[int, int]:
    """The issuer's name may be long, the date never is."""
    date_width = 3400
    return m.TYPE_WIDTH - date_width, date_width
