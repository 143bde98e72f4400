"""Content in, a .docx out: the official document after GB/T 9704-2012."""

from __future__ import annotations

import io
from collections.abc import Iterable

from docx import Document

from duixian.bulletins.content import BulletinContent, Paragraph
from duixian.bulletins.rendering.body import blocks_to_elements, keep_last_with_next
from duixian.bulletins.rendering.head import head
from duixian.bulletins.rendering.imprint import imprint
from duixian.bulletins.rendering.oxml import Element
from duixian.bulletins.rendering.package import deterministic, prune, write_properties
from duixian.bulletins.rendering.page import write_page
from duixian.bulletins.rendering.styles import write_settings, write_styles
from duixian.bulletins.rendering.tail import tail


def render_docx(content: BulletinContent) -> bytes:
    """The bulletin as a .docx file.

    The same content gives the same bytes (with the same versions of this package, python-docx and zlib): no clock is
    read, nothing is drawn by chance. What needs a finished layout is not decided here: whether the number of pages
    is even, and so whether an empty page goes before the imprint (GB/T 9704-2012, 7.5).
    """
    document = Document()
    prune(document)
    write_styles(document)
    write_settings(document)
    write_page(document, is_simulated=content.is_simulated)
    _write_body(document.element.body, _elements(content))
    write_properties(document, content)
    packed = io.BytesIO()
    document.save(packed)
    return deterministic(packed.getvalue())


def _elements(content: BulletinContent) -> Iterable[Element]:
    yield from head(content)
    text = [*blocks_to_elements(tuple(map(Paragraph, content.opening))), *blocks_to_elements(content.body)]
    keep_last_with_next(text)
    yield from text
    yield from tail(content)
    if content.imprint:
        yield from imprint(content.imprint)


def _write_body(body: Element, elements: Iterable[Element]) -> None:
    """Puts the elements before the section's properties, which close the body."""
    for element in elements:
        body[-1].addprevious(element)
