"""Measures a PDF: glyphs, rules and pictures in millimetres from the upper left corner of the page."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: where it starts and stands (its origin) and the box of its ink, in mm."""

    char: str
    x: float
    baseline: float
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A path: its box in mm, whether it is filled, its colour, the width of its pen in points."""

    left: float
    right: float
    top: float
    bottom: float
    is_filled: bool
    color: tuple[int, int, int]
    pen: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def is_rule(self) -> bool:
        """A horizontal line across most of the page."""
        return not self.is_filled and self.bottom - self.top < 1.5 and self.right - self.left > 100


@dataclass(frozen=True, slots=True)
class Page:
    """What is on one page. `text` is in the order the PDF holds it."""

    text: str
    glyphs: tuple[Glyph, ...]
    drawings: tuple[Drawing, ...]

    def lines(self) -> dict[float, str]:
        """Text by its baseline (mm, rounded to 0.1), from top to bottom."""
        found: dict[float, list[Glyph]] = {}
        for glyph in self.glyphs:
            found.setdefault(round(glyph.baseline, 1), []).append(glyph)
        return {
            line: "".join(glyph.char for glyph in sorted(found[line], key=lambda glyph: glyph.x))
            for line in sorted(found)
        }

    @property
    def rules(self) -> list[Drawing]:
        return sorted({drawing for drawing in self.drawings if drawing.is_rule}, key=lambda drawing: drawing.top)


def pages_of(path: Path) -> list[Page]:
    """Every page of a PDF, measured."""
    document = pypdfium2.PdfDocument(str(path))
    return [_page(document[index]) for index in range(len(document))]


def _page(page: pypdfium2.PdfPage) -> Page:
    words, height = page.get_textpage(), page.get_height()
    glyphs = [_glyph(words, index, height) for index in range(words.count_chars())]
    drawings = [_drawing(item, height) for item in page.get_objects() if item.type == pdfium.FPDF_PAGEOBJ_PATH]
    return Page(words.get_text_range(), tuple(glyph for glyph in glyphs if glyph.char.strip()), tuple(drawings))


def _glyph(words: pypdfium2.PdfTextPage, index: int, height: float) -> Glyph:
    left, bottom, right, top = words.get_charbox(index)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(words, index, x, y)
    char = chr(pdfium.FPDFText_GetUnicode(words, index))
    places = (x.value, height - y.value, left, right, height - top, height - bottom)
    return Glyph(char, *[place * MM for place in places])


def _drawing(item: pypdfium2.PdfObject, height: float) -> Drawing:
    left, bottom, right, top = item.get_bounds()
    fill, stroke, pen = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    pdfium.FPDFPageObj_GetStrokeWidth(item, pen)
    color = [ctypes.c_uint() for _ in range(4)]
    read = pdfium.FPDFPageObj_GetFillColor if fill.value else pdfium.FPDFPageObj_GetStrokeColor
    read(item, *color)
    red, green, blue = (part.value for part in color[:3])
    # A stroke's box reaches half a pen beyond the line on every side.
    half = 0 if fill.value else pen.value / 2
    return Drawing(
        left=(left + half) * MM,
        right=(right - half) * MM,
        top=(height - top) * MM,
        bottom=(height - bottom) * MM,
        is_filled=bool(fill.value),
        color=(red, green, blue),
        pen=pen.value,
    )
