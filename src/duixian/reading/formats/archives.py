"""Office files are zip archives: looked at before they are opened, so that none unpacks to fill the memory."""

from __future__ import annotations

from ..errors import BrokenDocumentError
from .guard import open_archive


def checked(data: bytes, name: str, must_hold: str) -> None:
    """Raise unless `data` is a sound archive within the limits that holds the part `must_hold`."""
    with open_archive(data, name) as archive:
        if must_hold not in archive.namelist():
            raise BrokenDocumentError(f"文件缺少正文:{name} 里没有 {must_hold}。请用办公软件重新另存后再试。")
