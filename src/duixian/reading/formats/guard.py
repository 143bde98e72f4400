"""What a file must pass before a parser sees it: it is what its name says, unpacks within bounds, its XML is plain."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from copy import copy
from typing import Any

from ..errors import BrokenDocumentError, NotADocumentError, TooLargeError
from ..patterns import lazy

#: What an archive may unpack to altogether, and what one part of it may.
MAX_UNPACKED = 256 * 1024 * 1024
MAX_PART = 64 * 1024 * 1024
#: A list of 5,000 rows packs about 30 to 1. Beyond this it is made to fill the memory.
MAX_RATIO = 300
MAX_ENTRIES = 10_000
_CHUNK = 1024 * 1024

_MARKS = (
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("jpg", b"\xff\xd8\xff"),
    ("tif", b"II*\x00"),
    ("tif", b"MM\x00*"),
    ("bmp", b"BM"),
    ("gif", b"GIF8"),
    ("rtf", b"{\\rtf"),
)
_HTML = lazy(rb"<(?:!doctype\s+html|html|head|body|meta|table|div)\b", re.IGNORECASE)
# parts and streams that only this kind of office file has
_ZIP_KINDS = (
    ("docx", "word/document.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("ofd", "OFD.xml"),
)
_OLE_KINDS = (("doc", "WordDocument"), ("xls", "Workbook"), ("xls", "Book"))


def content_of(data: bytes) -> str | None:
    """The kind of file by its content: docx, xlsx, ofd, doc, xls, pdf, png, html ...; None where it does not show."""
    for kind, mark in _MARKS:
        if data.startswith(mark):
            return kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((kind for kind, stream in _OLE_KINDS if stream.encode("utf-16-le") in data), "ole")
    head = data[:2048].replace(b"\x00", b"")
    return "html" if _HTML.search(head) else None


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "zip"
    if b"opendocument" in mime:
        return "ods" if b"spreadsheet" in mime else "odt"
    return next((kind for kind, part in _ZIP_KINDS if part in names), "zip")


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """A zip archive that keeps the limits, measured by unpacking: what an archive says of its sizes may be a lie."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise _too_large(name)
        total = 0
        for entry in entries:
            for size in _chunks(archive, entry):
                total += size
                if total > MAX_UNPACKED or (total > 16 * _CHUNK and total > MAX_RATIO * len(data)):
                    raise _too_large(name)
    except TooLargeError:
        raise
    except Exception as error:  # zipfile and zlib raise whatever a damaged archive makes them
        raise broken(name) from error
    return archive


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[int]:
    """The sizes of an XML part's pieces as they come out, whatever size the archive declares."""
    if not entry.filename.lower().endswith((".xml", ".rels", ".bin", ".vml")):
        return
    honest = copy(entry)
    honest.file_size = MAX_UNPACKED + 1
    size = 0
    with archive.open(honest) as part:
        while piece := part.read(_CHUNK):
            size += len(piece)
            yield len(piece) if size <= MAX_PART else MAX_UNPACKED + 1


def parse_xml(data: bytes, name: str) -> Any:
    """The root of an XML part. A document type is refused: entities are how a small file becomes a large one."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(name) from error
    if root.getroottree().docinfo.doctype:
        raise NotADocumentError(f"文件含有不允许的内容:{name} 里有 XML 实体定义。请用办公软件重新另存后再试。")
    return root


def broken(name: str, why: str = "内容读不通") -> BrokenDocumentError:
    """The error for a damaged file: what, which, what to do."""
    return BrokenDocumentError(f"文件已损坏:{name} 的{why}。请用办公软件打开并重新另存后再试。")


def _too_large(name: str) -> TooLargeError:
    return TooLargeError(
        f"文件展开后过大:{name} 超过 {MAX_UNPACKED // _CHUNK} MB 或压缩比异常。请删去图片等附带内容,或另存后再试。"
    )
