"""Office files are zip archives: looked at before they are opened, so that none unpacks to fill the memory."""

from __future__ import annotations

import io
import zipfile

from ..errors import BrokenDocumentError, TooLargeError

#: What an archive may unpack to altogether.
MAX_UNPACKED = 256 * 1024 * 1024


def checked(data: bytes, name: str, must_hold: str) -> None:
    """Raise unless `data` is a sound archive of reasonable size that holds the part `must_hold`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(entry.file_size for entry in archive.infolist())
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BrokenDocumentError(
            f"文件已损坏或不是真正的 {name.rsplit('.', 1)[-1]}:{name}。请重新导出后再试。"
        ) from error
    if total > MAX_UNPACKED:
        raise TooLargeError(
            f"文件展开后过大:{name} 超过 {MAX_UNPACKED // 1024 // 1024} MB。请删去图片等附带内容后再试。"
        )
    if must_hold not in names:
        raise BrokenDocumentError(f"文件缺少正文:{name} 里没有 {must_hold}。请用办公软件重新另存后再试。")
