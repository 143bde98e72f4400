"""The text: paragraphs, headings of four levels, tables in between (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterable

from docx.oxml.ns import qn

from duixian.bulletins.content import Block, Heading, Paragraph, Table
from duixian.bulletins.rendering.numbering import numbered
from duixian.bulletins.rendering.oxml import Element, el, paragraph, run
from duixian.bulletins.rendering.tables import table
from duixian.bulletins.rendering.text import clean

_LEVELS = {1: "一级标题", 2: "二级标题", 3: "三级标题", 4: "四级标题"}
_ENDS = "。！？；：…"


def blocks_to_elements(blocks: Iterable[Block]) -> list[Element]:
    """The blocks in their order, headings numbered. Paragraphs without any text are left out."""
    elements: list[Element] = []
    for number, block in numbered(blocks):
        if isinstance(block, Table):
            elements.extend(table(block))
        elif isinstance(block, Heading):
            elements.append(_heading(number, block))
        elif clean(block.text):
            elements.append(body_paragraph(block))
    return elements


def body_paragraph(block: Paragraph) -> Element:
    """Running text, first line two characters in."""
    return paragraph("公文正文", block.text)


def keep_last_with_next(elements: list[Element]) -> None:
    """The last paragraph goes along to the page of the signature, which must not stand alone (7.3.5.4)."""
    if elements and elements[-1].tag == qn("w:p"):
        elements[-1].pPr.pStyle.addnext(el("keepNext"))


def _heading(number: str, heading: Heading) -> Element:
    title = f"{number}{clean(heading.title)}"
    if not clean(heading.text):
        return paragraph(_LEVELS[heading.level], title)
    if not title.endswith(tuple(_ENDS)):
        title += "。"
    return paragraph("公文正文", run(title, f"{_LEVELS[heading.level]}字"), run(heading.text))
