"""One module per file type; each turns a file into a `Source`: a text with offsets, its lines and its tables."""

from __future__ import annotations

import hashlib
import importlib
import os
from dataclasses import replace
from pathlib import Path

from ..errors import BrokenDocumentError, EmptyDocumentError, FileMissingError, NotADocumentError, TooLargeError
from ..source import Source
from .guard import content_of

#: The largest file that is read. A year's list has 20,000 characters, a scanned one some megabytes.
MAX_BYTES = 64 * 1024 * 1024

#: Which module reads which ending. A module is imported only when a file needs it: office formats are extras.
_MODULES = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".markdown": "plain",
    "": "plain",
    ".docx": "docx",
    ".docm": "docx",
    ".htm": "html",
    ".html": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".xlsx": "sheet",
    ".xlsm": "sheet",
    ".xls": "sheet",
    ".et": "sheet",
    ".csv": "separated",
    ".tsv": "separated",
    ".pdf": "pdf",
    ".ofd": "ofd",
    ".doc": "office_old",
    ".wps": "office_old",
    ".rtf": "office_old",
    ".odt": "office_old",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
    ".bmp": "image",
}
#: Which module reads which content, where it shows.
_CONTENTS = {
    "docx": "docx", "html": "html", "xlsx": "sheet", "xls": "sheet", "pdf": "pdf",
    "ofd": "ofd", "doc": "office_old", "rtf": "office_old", "odt": "office_old",
    "png": "image", "jpg": "image", "tif": "image", "bmp": "image",
}  # fmt: skip
#: Office programs open these whatever the ending says, so their endings are often wrong: web tables exported as .xls,
#: new documents saved under an old name.
_OFFICE = {"docx", "html", "sheet", "office_old"}


def load(path: str | os.PathLike[str]) -> Source:
    """Open a file by its ending. Raises `ReadingError` with one Chinese line: what, where, what to do."""
    file = Path(path)
    data = _bytes_of(file)
    module = _module_of(file, data)
    source: Source = importlib.import_module(f".{module}", __name__).load(data, file.name)
    if not source.text.strip():
        raise EmptyDocumentError(f"文件里没有文字:{file.name}。请确认选对了文件。")
    return replace(source, name=file.name, sha256=hashlib.sha256(data).hexdigest())


def _module_of(file: Path, data: bytes) -> str:
    """The module for a file by its ending, or, among office programs' own kinds, by what it really is."""
    ending = file.suffix.lower()
    module = _MODULES.get(ending)
    if module is None:
        known = "、".join(sorted(filter(None, _MODULES)))
        raise NotADocumentError(f"不认识的文件类型:{file.name}(可读 {known})。请另存为其中一种后重试。")
    if module in ("plain", "separated"):
        return module
    content = content_of(data)
    real = _CONTENTS.get(content or "")
    if real == module or (real in _OFFICE and module in _OFFICE):
        return real or module
    if real is not None:
        raise NotADocumentError(
            f"扩展名与内容不符:{file.name} 其实是 .{content} 文件。请把扩展名改为 .{content} 后再试。"
        )
    if module == "html":
        return module
    if content == "ole" and "EncryptedPackage".encode("utf-16-le") in data:
        raise BrokenDocumentError(f"文件已加密:{file.name} 需要密码才能打开。请去除密码后再试。")
    raise BrokenDocumentError(f"文件已损坏或不是真正的 {ending}:{file.name}。请用办公软件打开并重新另存后再试。")


def _bytes_of(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise FileMissingError(f"这是文件夹,不是文件:{file}。请指明要读的文件。")
        if size > MAX_BYTES:
            raise too_large(file.name)
        # a device or a pipe says it holds nothing and may never end
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise too_large(file.name)
    except FileNotFoundError as error:
        raise FileMissingError(f"找不到文件:{file}。请检查路径和文件名。") from error
    except OSError as error:
        raise FileMissingError(f"打不开文件:{file}({error.strerror})。请检查读取权限。") from error
    if not data.strip():
        raise EmptyDocumentError(f"文件是空的:{file.name}。请确认选对了文件。")
    return data


def too_large(name: str) -> TooLargeError:
    """The error for a file or a stream beyond `MAX_BYTES`."""
    return TooLargeError(f"文件过大:{name} 超过上限 {MAX_BYTES // 1024 // 1024} MB。请拆分后再读。")
