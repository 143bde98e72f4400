"""Paper, margins, grid, page numbers and the mark of simulated data: what every page carries."""

from __future__ import annotations

from docx.document import Document
from docx.section import _BaseHeaderFooter

from duixian.bulletins.rendering import measures as m
from duixian.bulletins.rendering.oxml import Element, el, indent, literal, paragraph, val
from duixian.bulletins.rendering.simulated import simulated_mark


def write_page(document: Document, *, is_simulated: bool) -> None:
    """One section for the whole document; page numbers on the outer side, numbered through the annexes."""
    section = document.sections[0]
    _replace(section.footer, _page_number("right"))
    _replace(section.even_page_footer, _page_number("left"))
    if is_simulated:
        _replace(section.header, simulated_mark(1))
        _replace(section.even_page_header, simulated_mark(2))
    properties = document.element.body.sectPr
    for child in list(properties):
        if not child.tag.endswith("Reference"):
            properties.remove(child)
    properties.extend(_geometry())


def _geometry() -> list[Element]:
    margins = {"top": m.TOP, "right": m.RIGHT, "bottom": m.BOTTOM, "left": m.LEFT}
    edges = {"header": m.HEADER, "footer": m.FOOTER, "gutter": 0}
    return [
        el("pgSz", {"w": m.PAGE_WIDTH, "h": m.PAGE_HEIGHT}),
        el("pgMar", {**margins, **edges}),
        el("cols", {"space": 425}),
        el("docGrid", {"type": "linesAndChars", "linePitch": m.LINE_PITCH, "charSpace": m.CHAR_SPACE}),
    ]


def _replace(part: _BaseHeaderFooter, content: Element) -> None:
    part.is_linked_to_previous = False
    root = part._element
    for child in list(root):
        root.remove(child)
    root.append(content)


def _page_number(side: str) -> Element:
    """— 1 — at the outer edge, one character in (GB/T 9704-2012, 7.5)."""
    return paragraph(
        "页码",
        el("r", None, literal("t", "— ")),
        el("r", None, el("fldChar", {"fldCharType": "begin"})),
        el("r", None, literal("instrText", " PAGE ")),
        el("r", None, el("fldChar", {"fldCharType": "separate"})),
        el("r", None, literal("t", "1")),
        el("r", None, el("fldChar", {"fldCharType": "end"})),
        el("r", None, literal("t", " —")),
        properties=(indent(**{side: m.PAGE_NUMBER_INDENT}), val("jc", side)),
    )
