"""Writes the style, font and settings parts from the tables in styles.toml and fonts.toml."""

from __future__ import annotations

from docx.document import Document
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from duixian.bulletins.rendering.looks import Font, Look, character_looks, fonts, paragraph_looks
from duixian.bulletins.rendering.oxml import Element, Value, el, val


def write_styles(document: Document) -> None:
    """Replaces every style the library's template brings by those of the table."""
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(_defaults())
    root.append(el("latentStyles", {"defLockedState": 0, "defUIPriority": 99, "defSemiHidden": 0, "count": 0}))
    root.extend([_paragraph_style(look) for look in paragraph_looks()])
    root.append(_plain_style("character", "DefaultParagraphFont", "Default Paragraph Font"))
    root.append(_table_base())
    root.append(_plain_style("numbering", "NoList", "No List"))
    root.extend([_character_style(look) for look in character_looks()])


def font_table() -> bytes:
    """word/fontTable.xml: the faces named, each with the first of its substitutes for programs that look there."""
    root = parse_xml(f"<w:fonts {nsdecls('w')}/>")
    root.extend([_font_entry(font) for font in fonts().values()])
    return bytes(serialize_part_xml(root))


def write_settings(document: Document) -> None:
    """Odd and even footers, no compressed punctuation, layout as Word 2013 and later do it."""
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    root.extend(
        [
            val("zoom", "bestFit"),
            val("bordersDoNotSurroundHeader", 1),
            val("defaultTabStop", 420),
            el("evenAndOddHeaders"),
            val("drawingGridVerticalSpacing", 579),
            val("characterSpacingControl", "doNotCompress"),
            _compatibility(),
            el("themeFontLang", {"val": "en-US", "eastAsia": "zh-CN"}),
            val("decimalSymbol", "."),
            val("listSeparator", ","),
        ]
    )
    root[0].set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}percent", "100")


def _compatibility() -> Element:
    uri = "http://schemas.microsoft.com/office/word"
    rows = {"compatibilityMode": 15, "overrideTableStyleFontSizeAndJustification": 1, "enableOpenTypeFeatures": 1}
    return el(
        "compat",
        None,
        el("balanceSingleByteDoubleByteWidth"),
        el("useFELayout"),
        *[el("compatSetting", {"name": name, "uri": uri, "val": value}) for name, value in rows.items()],
    )


def _defaults() -> Element:
    fallback = _fonts_of("fangsong")
    language = el("lang", {"val": "en-US", "eastAsia": "zh-CN", "bidi": "ar-SA"})
    return el(
        "docDefaults",
        None,
        el("rPrDefault", None, el("rPr", None, fallback, val("sz", 32), val("szCs", 32), language)),
        el("pPrDefault"),
    )


def _paragraph_style(look: Look) -> Element:
    is_normal = look.id == "Normal"
    style = el("style", {"type": "paragraph", "styleId": look.id})
    style.extend([val("name", look.name)])
    if is_normal:
        style.set(_w("default"), "1")
    else:
        style.set(_w("customStyle"), "1")
        style.append(val("basedOn", look.based_on))
    if look.next:
        style.append(val("next", look.next))
    style.extend([el("qFormat"), _paragraph_properties(look, is_normal), _run_properties(look, is_normal)])
    return style


def _character_style(look: Look) -> Element:
    style = el("style", {"type": "character", "customStyle": 1, "styleId": look.id}, val("name", look.name))
    style.extend([val("basedOn", "DefaultParagraphFont"), el("qFormat"), _run_properties(look, is_normal=False)])
    return style


def _plain_style(kind: str, identifier: str, name: str) -> Element:
    attributes: dict[str, Value] = {"type": kind, "default": 1, "styleId": identifier}
    return el("style", attributes, val("name", name), val("uiPriority", 99), el("semiHidden"))


def _table_base() -> Element:
    style = _plain_style("table", "TableNormal", "Normal Table")
    sides = [el(side, {"w": 0, "type": "dxa"}) for side in ("top", "left", "bottom", "right")]
    style.append(el("tblPr", None, el("tblInd", {"w": 0, "type": "dxa"}), el("tblCellMar", None, *sides)))
    return style


def _paragraph_properties(look: Look, is_normal: bool) -> Element:
    """In the order the schema demands."""
    spacing: dict[str, Value | None] = {"before": look.before, "after": look.after, "line": look.line}
    if look.line is not None:
        spacing["lineRule"] = "exact"
    indents = {
        "left": look.left,
        "right": look.right,
        "hanging": look.hanging,
        "firstLineChars": look.first_chars,
        "firstLine": look.first_line,
    }
    return el(
        "pPr",
        None,
        el("keepNext") if look.keep_next else None,
        el("pageBreakBefore") if look.page_break_before else None,
        val("widowControl", 0) if is_normal else None,
        _rule_below(look.rule_below) if look.rule_below else None,
        *(_east_asian_setting() if is_normal else ()),
        _given("spacing", spacing),
        _given("ind", indents),
        val("jc", look.align) if look.align else None,
        val("outlineLvl", look.outline) if look.outline is not None else None,
    )


def _east_asian_setting() -> tuple[Element, ...]:
    """No space between Chinese and digits, no hanging punctuation, no snapping to the declared grid (FORM: P).

    With snapping on, LibreOffice gives each character two cells; the exact pitch and the -0.3 pt fill the grid instead.
    """
    values = {"kinsoku": 1, "overflowPunct": 0, "autoSpaceDE": 0, "autoSpaceDN": 0, "snapToGrid": 0}
    return tuple(val(tag, value) for tag, value in values.items())


def _rule_below(color: str) -> Element:
    return el("pBdr", None, el("bottom", {"val": "single", "sz": 12, "space": 8, "color": color}))


def _run_properties(look: Look, is_normal: bool) -> Element:
    """In the order the schema demands."""
    size = round(look.size * 2) if look.size is not None else None
    return el(
        "rPr",
        None,
        _fonts_of(look.font) if look.font else None,
        el("b") if look.bold else None,
        el("bCs") if look.bold else None,
        val("snapToGrid", 0) if is_normal else None,
        val("color", look.color) if look.color else None,
        val("spacing", look.spacing) if look.spacing is not None else None,
        val("w", look.stretch) if look.stretch is not None else None,
        val("kern", 0) if is_normal else None,
        val("sz", size) if size else None,
        val("szCs", size) if size else None,
    )


def _fonts_of(key: str) -> Element:
    """All four script slots: left to themselves, digits and quotation marks would turn Latin."""
    name = fonts()[key].name
    return el("rFonts", {"ascii": name, "hAnsi": name, "eastAsia": name, "cs": name, "hint": "eastAsia"})


def _font_entry(font: Font) -> Element:
    return el(
        "font",
        {"name": font.name},
        val("altName", font.fallback[0]),
        val("charset", "86"),
        val("family", font.family),
        val("pitch", "variable"),
    )


def _given(tag: str, attributes: dict[str, Value | None] | dict[str, int | None]) -> Element | None:
    present = {name: value for name, value in attributes.items() if value is not None}
    return el(tag, present) if present else None


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
