"""Word documents: paragraphs, automatic numbers, tables with merged cells, several lines in a cell, text boxes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ..errors import BrokenDocumentError, MissingSupportError
from ..source import Source
from .archives import checked
from .builder import Builder, Place
from .numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}fldData"}


def load(data: bytes, name: str) -> Source:
    """A .docx as a source. Macros, links and pictures are never followed."""
    checked(data, name, "word/document.xml")
    try:
        import docx
    except ImportError as error:
        raise MissingSupportError(f"读 .docx 需要 python-docx:{name}。请安装:pip install python-docx。") from error
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        numbering = Numbering.of(document)
    except Exception as error:  # the library raises whatever its parser meets in a damaged part
        raise BrokenDocumentError(f"文件已损坏:{name} 的正文读不通。请用办公软件打开并另存后再试。") from error
    builder = Builder()
    for text in _header_lines(document):
        builder.line(text)
    for block in _blocks(body):
        if block.tag == f"{_W}p":
            for text in _paragraph_lines(block, numbering):
                builder.line(text, _level(block))
        else:
            builder.table(_places(block, numbering))
    return builder.source(name)


def _header_lines(document: Any) -> list[str]:
    """Short lines of the page header: a secrecy marking stands there."""
    lines: list[str] = []
    for section in document.sections:
        header = section.header
        if not header.is_linked_to_previous:
            lines += [p.text.strip() for p in header.paragraphs if 0 < len(p.text.strip()) <= 12]
    return list(dict.fromkeys(lines))


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in reading order, also those inside content controls and text boxes."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield child
            for box in child.iter(f"{_W}txbxContent"):
                # a box is written twice, for old and new programs; the fallback repeats it
                if not any("Fallback" in ancestor.tag for ancestor in box.iterancestors()):
                    yield from _blocks(box)
        elif child.tag == f"{_W}tbl":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag"):
            yield from _blocks(child)


def _paragraph_lines(paragraph: Any, numbering: Numbering) -> list[str]:
    """A paragraph's lines: its automatic number, its runs, broken at manual line breaks."""
    text = numbering.label(paragraph) + "".join(_runs(paragraph))
    return [line.rstrip() for line in text.split("\n")]


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag == f"{_W}tab":
            yield "\t" if element.tag == f"{_W}r" else ""
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag in (f"{_W}noBreakHyphen", f"{_W}softHyphen"):
            yield "-" if "noBreak" in tag else ""
        elif tag not in (f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr") and "AlternateContent" not in tag:
            yield from _runs(child)


def _level(paragraph: Any) -> int:
    """A heading's depth by its outline level or the number in its style's name."""
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    if outline is not None:
        value = _whole(outline, 9)
        return value + 1 if value < 9 else 0
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    return int(name[-1]) if name.lower().startswith("heading") and name[-1:].isdecimal() else 0


def _places(table: Any, numbering: Numbering) -> list[Place]:
    """The cells of a table; those merged downward are one cell over several rows."""
    places: list[Place] = []
    open_down: dict[int, int] = {}
    for r, row in enumerate(table.iter(f"{_W}tr") if table is not None else ()):
        if row.getparent() is not table and row.getparent().getparent() is not table:
            continue
        column = _skipped_before(row)
        for cell in row.iter(f"{_W}tc"):
            if cell.getparent() is not row and cell.getparent().getparent() is not row:
                continue
            width, merge = _width(cell), _merge(cell)
            if merge == "continue" and column in open_down:
                above = places[open_down[column]]
                places[open_down[column]] = Place(
                    above.row, above.column, r - above.row + 1, above.columns, above.lines
                )
            else:
                places.append(Place(r, column, 1, width, tuple(_cell_lines(cell, numbering))))
                if merge == "restart":
                    open_down[column] = len(places) - 1
                else:
                    open_down.pop(column, None)
            column += width
    return places


def _skipped_before(row: Any) -> int:
    skipped = row.find(f"{_W}trPr/{_W}gridBefore")
    return min(_whole(skipped, 0), _WIDEST)


#: No real table is wider; a forged span must not fill the memory.
_WIDEST = 100
#: A count has no more digits than this, whatever a file says.
_DIGITS = 9


def _width(cell: Any) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return min(max(1, _whole(span, 1)), _WIDEST)


def _whole(element: Any, otherwise: int) -> int:
    """The number an element states; `otherwise` where there is none or no such number can be meant."""
    printed = element.get(f"{_W}val", "") if element is not None else ""
    return int(printed) if printed.isdecimal() and len(printed) <= _DIGITS else otherwise


def _merge(cell: Any) -> str | None:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return None if merge is None else str(merge.get(f"{_W}val", "continue"))


def _cell_lines(cell: Any, numbering: Numbering) -> list[str]:
    """A cell's lines; a table inside it is read row by row."""
    lines: list[str] = []
    for block in _blocks(cell):
        if block.tag == f"{_W}p":
            lines += _paragraph_lines(block, numbering)
        else:
            lines += [line for place in _places(block, numbering) for line in place.lines]
    return lines
