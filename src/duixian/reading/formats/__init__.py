"""One module per file type; each turns a file into a `Source`: a text with offsets, its lines and its tables."""

from __future__ import annotations

import hashlib
import importlib
import os
from dataclasses import replace
from pathlib import Path

from ..errors import EmptyDocumentError, FileMissingError, NotADocumentError, TooLargeError
from ..source import Source

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
}


def load(path: str | os.PathLike[str]) -> Source:
    """Open a file by its ending. Raises `ReadingError` with one Chinese line: what, where, what to do."""
    file = Path(path)
    data = _bytes_of(file)
    module = _MODULES.get(file.suffix.lower())
    if module is None:
        raise NotADocumentError(
            f"不认识的文件类型:{file.name}(可读 {'、'.join(sorted(filter(None, _MODULES)))})。请另存为其中一种后重试。"
        )
    source: Source = importlib.import_module(f".{module}", __name__).load(data, file.name)
    if not source.text.strip():
        raise EmptyDocumentError(f"文件里没有文字:{file.name}。请确认选对了文件。")
    return replace(source, name=file.name, sha256=hashlib.sha256(data).hexdigest())


def _bytes_of(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise FileMissingError(f"这是文件夹,不是文件:{file}。请指明要读的文件。")
        if size > MAX_BYTES:
            megabytes, most = size // 1024 // 1024, MAX_BYTES // 1024 // 1024
            raise TooLargeError(f"文件过大:{file.name} 有 {megabytes} MB,上限 {most} MB。请拆分后再读。")
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise FileMissingError(f"找不到文件:{file}。请检查路径和文件名。") from error
    except OSError as error:
        raise FileMissingError(f"打不开文件:{file}({error.strerror})。请检查读取权限。") from error
    if not data.strip():
        raise EmptyDocumentError(f"文件是空的:{file.name}。请确认选对了文件。")
    return data
