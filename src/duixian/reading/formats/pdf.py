"""PDF with a text layer; pages that are pictures go through recognition. Scripts and attachments are never touched."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from ..errors import BrokenDocumentError, MissingSupportError, TooLargeError
from ..source import Source
from .guard import broken
from .pdf_rules import rules_of
from .printed import Box, Page, assemble
from .printed.rows import Character, fragments_of

MAX_PAGES = 500
#: Recognising takes some two seconds a page.
MAX_SCANNED = 60
#: Fewer characters than this on a page that carries a picture are a stamp or a page number, not its text.
_FEWEST = 12
_SMALLEST = 3.0


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
    """A page's words and lines by their places, turned as it is shown."""
    width, height = page.get_size()
    turn = _Turn(page)
    rules = tuple(turn.rule(rule) for rule in rules_of(page))
    fragments = fragments_of(_characters(page, turn), rules)
    return Page(width, height, tuple(fragments), rules)


class _Turn:
    """From a page's own coordinates (from its lower left corner, unturned) to what is seen."""

    def __init__(self, page: Any) -> None:
        self._angle = page.get_rotation() % 360
        self._left, self._bottom, self._right, self._top = page.get_cropbox()

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._left, y - self._bottom
        width, height = self._right - self._left, self._top - self._bottom
        return {0: (x, height - y), 90: (y, x), 180: (width - x, y), 270: (height - y, width - x)}.get(
            self._angle, (x, height - y)
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def rule(self, rule: Any) -> Any:
        box = self.box(rule.x0, rule.y0, rule.x1, rule.y1)
        return type(rule)(box.left, box.top, box.right, box.bottom)

    @property
    def angle(self) -> int:
        """How far text must be turned in the page's own coordinates to be seen level, in degrees."""
        return self._angle


def _characters(page: Any, turn: _Turn) -> list[Character]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    rect = pdfium.FS_RECTF()
    whole = turn.box(*page.get_cropbox())
    found: list[Character] = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code < 32 or code == 0xFFFD or not _is_level(pdfium.FPDFText_GetCharAngle(text, index), turn.angle):
            continue
        if code == 32 and pdfium.FPDFText_IsGenerated(text, index):
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            continue
        box = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        if box.height >= _SMALLEST and whole.holds(box.center, box.middle) and not 0xD800 <= code <= 0xDFFF:
            found.append((chr(code), box))
    text.close()
    return found


def _is_level(angle: float, turned: int) -> bool:
    """Whether a character stands upright as seen; a watermark lies aslant."""
    seen = (angle * 57.29578 - turned) % 360
    return seen < 3 or seen > 357 or angle < 0


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _recognised(page: Any, name: str) -> Page:
    from .ocr import LONGEST_SIDE, recognise

    width, height = page.get_size()
    scale = min(200 / 72, LONGEST_SIDE / max(width, height, 1))
    return recognise(page.render(scale=scale).to_numpy(), name)
