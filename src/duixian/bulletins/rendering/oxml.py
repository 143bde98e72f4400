"""Short ways to make WordprocessingML elements."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from duixian.bulletins.rendering.looks import style_id
from duixian.bulletins.rendering.text import clean

Element = BaseOxmlElement
Value = str | int


def el(tag: str, attributes: dict[str, Value] | None = None, *children: Element | None) -> Element:
    """An element `w:tag` (unless the tag names its prefix), its attributes alike; None children are left out."""
    made = OxmlElement(_prefixed(tag))
    for name, value in (attributes or {}).items():
        made.set(qn(_prefixed(name)), str(value))
    made.extend([child for child in children if child is not None])
    return made


def val(tag: str, value: Value) -> Element:
    """An element whose only attribute is w:val."""
    return el(tag, {"val": value})


def run(text: str, style: str | None = None, *properties: Element) -> Element:
    """A run of cleaned text, in a character style when named (by its Chinese name)."""
    props = el("rPr", None, val("rStyle", style_id(style)) if style else None, *properties)
    return el("r", None, props if len(props) else None, literal("t", clean(text)))


def literal(tag: str, text: str) -> Element:
    """An element holding exactly this text, outer spaces kept. Only for the renderer's own words."""
    made = el(tag, {"xml:space": "preserve"})
    made.text = text
    return made


def mark(tag: str) -> Element:
    """A run holding one empty element: a line break (br) or a tab."""
    return el("r", None, el(tag))


def paragraph(style: str, *runs: Element | str, properties: tuple[Element, ...] = ()) -> Element:
    """A paragraph in a named style; strings become runs. `properties` follow the style in the order of the schema."""
    props = el("pPr", None, val("pStyle", style_id(style)), *properties)
    return el("p", None, props, *[run(part) if isinstance(part, str) else part for part in runs])


def indent(**twips: int) -> Element:
    """w:ind with the sides given."""
    return el("ind", dict(twips.items()))


def _prefixed(name: str) -> str:
    return name if ":" in name else f"w:{name}"
