"""A file or a text at the door: read outside any transaction, refused in the reader's words, not yet kept."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from duixian.reading import Reading, TooLargeError, read, read_text
from duixian.reading.formats import MAX_BYTES

# a pasted list; longer ones come as files
LONGEST_TEXT = 2_000_000


@dataclass(frozen=True, slots=True)
class Received:
    """What came in: its reading, and the file's own bytes (none where text was pasted)."""

    reading: Reading
    content: bytes


def receive_file(file: UploadedFile, year: int | None) -> Received:
    """Read an uploaded file. Raises `ReadingError`: too large, of no known kind, damaged, secret."""
    name = Path(file.name or "文件").name
    if file.size is not None and file.size > MAX_BYTES:
        most = MAX_BYTES // 1024 // 1024
        raise TooLargeError(f"文件过大：{name} 有 {file.size // 1024 // 1024} MB，上限 {most} MB。请拆分后再导入。")
    content = file.read()
    with tempfile.TemporaryDirectory(prefix="duixian-") as folder:
        path = Path(folder) / name[-70:]
        path.write_bytes(content)
        return Received(read(path, year=year), content)


def receive_text(text: str, year: int | None) -> Received:
    """Read a pasted text. Raises `ReadingError`."""
    if len(text) > LONGEST_TEXT:
        raise TooLargeError(f"粘贴的文字过长：{len(text)}字，上限{LONGEST_TEXT}字。请存成文件再导入。")
    return Received(read_text(text.replace("\r\n", "\n"), year=year, name="粘贴的文字"), b"")
