"""PDF with a text layer; pages that are pictures go through recognition. Scripts and attachments are never touched."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..errors import BrokenDocumentError, MissingSupportError, TooLargeError
from ..source import Source
from .guard import broken
from .pdf_rules import rules_of
from .printed import Box, Page, Rule, assemble
from .printed.rows import fragments_of

MAX_PAGES = 500
#: Recognising takes some two seconds a page.
MAX_SCANNED = 60
#: Fewer characters than this on a page that carries a picture are a stamp or a page number, not its text.
_FEWEST = 12
_SMALLEST, _LARGEST = 3.0, 2000.0
#: The share of a character's square that lies below its baseline.
_BELOW = 0.12


def load(data: bytes, name: str) -> Source:
    """A PDF as a source, in reading order."""
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingSupportError(f"读 PDF 需要 pypdfium2:{name}。请安装:pip install 'duixian[office]'。") from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise BrokenDocumentError(f"PDF 已加密:{name} 需要密码才能打开。请去除密码后再试。") from error
        raise broken(name) from error
    try:
        return assemble(list(_pages(document, name)), name)
    except pypdfium2.PdfiumError as error:
        raise broken(name, "某一页读不通,PDF") from error
    finally:
        document.close()


def _pages(document: Any, name: str) -> Iterator[Page]:
    count = len(document)
    if count > MAX_PAGES:
        raise TooLargeError(f"PDF 页数过多:{name} 有 {count} 页,上限 {MAX_PAGES} 页。请拆分后再读。")
    scanned = 0
    for index in range(count):
        page = document[index]
        read = _page(page)
        if sum(len(f.text) for f in read.fragments) < _FEWEST and _has_picture(page):
            scanned += 1
            if scanned > MAX_SCANNED:
                raise TooLargeError(f"扫描页过多:{name} 超过 {MAX_SCANNED} 页。请拆分后再读。")
            read = _recognised(page, name)
        page.close()
        yield read


def _page(page: Any) -> Page:
    """A page's words and lines by their places, turned so that most of its words are level."""
    placed = list(_placed(page))
    angle = Counter(angle for _, angle, _ in placed).most_common(1)[0][0] if placed else 0
    turn = _Turn(page.get_cropbox(), angle)
    rules = tuple(turn.rule(rule) for rule in rules_of(page))
    boxes = [(text, turn.box(*corners)) for text, its, corners in placed if its == angle]
    whole = Box(0, 0, turn.width, turn.height)
    seen = [(text, box) for text, box in boxes if box.height >= _SMALLEST and whole.holds(box.center, box.middle)]
    return Page(turn.width, turn.height, tuple(fragments_of(seen, rules)), rules)


class _Turn:
    """From a page's own coordinates, which count from its lower left corner, to what is seen."""

    def __init__(self, crop: tuple[float, float, float, float], angle: int) -> None:
        self._left, self._bottom, self._right, self._top = crop
        self._angle = angle
        across, down = self._right - self._left, self._top - self._bottom
        self.width, self.height = (across, down) if angle in (0, 180) else (down, across)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point, counted from the upper left corner."""
        right, up = x - self._left, y - self._bottom
        left, down = self._right - x, self._top - y
        return {0: (right, down), 90: (up, right), 180: (left, up), 270: (down, left)}[self._angle]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The rectangle between two opposite corners."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))

    def rule(self, rule: Rule) -> Rule:
        """A drawn line."""
        box = self.box(rule.x0, rule.y0, rule.x1, rule.y1)
        return Rule(box.left, box.top, box.right, box.bottom)


Corners = tuple[float, float, float, float]


def _placed(page: Any) -> Iterator[tuple[str, int, Corners]]:
    """Characters with the angle by which the page must be turned to read them, and two corners of their squares."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code < 32 or code == 0xFFFD or 0xD800 <= code <= 0xDFFF:
            continue
        if code == 32 and pdfium.FPDFText_IsGenerated(text, index):
            continue
        found = _corners(text, index)
        if found is not None:
            yield chr(code), *found
    text.close()


def _corners(text: Any, index: int) -> tuple[int, Corners] | None:
    """The angle and the corners of a character's square, by its baseline and size: boxes differ from font to font.

    None for what stands aslant, such as a watermark, or cannot be placed.
    """
    import pypdfium2.raw as pdfium

    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not (
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect))
        and pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        and pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    ):
        return None
    scale = math.hypot(matrix.c, matrix.d)
    size = abs(pdfium.FPDFText_GetFontSize(text, index)) * scale
    if not 0 < size < _LARGEST or min(abs(matrix.c), abs(matrix.d)) > 0.05 * scale:
        return None
    up = (matrix.c / scale, matrix.d / scale)
    along = (up[1], -up[0])
    ends = [
        (px - x.value) * along[0] + (py - y.value) * along[1]
        for px in (rect.left, rect.right)
        for py in (rect.bottom, rect.top)
    ]
    is_wide = pdfium.FPDFText_GetUnicode(text, index) >= 0x2E80
    advance = max(size if is_wide else 0.1 * size, min(max(ends), 1.3 * size))
    angle = {(0, 1): 0, (-1, 0): 90, (0, -1): 180, (1, 0): 270}[round(up[0]), round(up[1])]
    return angle, (
        x.value - _BELOW * size * up[0],
        y.value - _BELOW * size * up[1],
        x.value + advance * along[0] + (1 - _BELOW) * size * up[0],
        y.value + advance * along[1] + (1 - _BELOW) * size * up[1],
    )


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _recognised(page: Any, name: str) -> Page:
    from .ocr import LONGEST_SIDE, recognise

    width, height = page.get_size()
    scale = min(200 / 72, LONGEST_SIDE / max(width, height, 1))
    return recognise(page.render(scale=scale).to_numpy(), name)
