"""A file handed in with a wish: only plain kinds, of bounded size, and what its ending says."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import ContentFile

from duixian.audit.command import InvalidInput
from duixian.reading.errors import ReadingError
from duixian.reading.formats.guard import content_of, open_archive
from duixian.register.rules import Amendments

LARGEST_FILE = 10 * 1024 * 1024
# ending -> the content it must have
KINDS = {".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".docx": "docx", ".xlsx": "xlsx"}
OFFICE = ("docx", "xlsx")


@dataclass(frozen=True, slots=True)
class Attachment:
    """An uploaded file, in memory."""

    name: str
    data: bytes


def attach(amendment: Amendments, file: Attachment | None) -> str:
    """Put the file on the unsaved wish; returns its SHA-256, "" where there is none. Raises InvalidInput."""
    if file is None:
        return ""
    ending = PurePath(file.name).suffix.lower()
    _check(file, ending)
    digest = hashlib.sha256(file.data).hexdigest()
    amendment.file_name = PurePath(file.name).name[-200:]
    # stored under a name of our own: what a person's file is called is text, never a path
    amendment.file.save(f"{digest[:32]}{ending}", ContentFile(file.data), save=False)
    return digest


def _check(file: Attachment, ending: str) -> None:
    if ending not in KINDS or content_of(file.data) != KINDS[ending]:
        raise InvalidInput(
            f"附件“{file.name}”不是可用的文件。请上传 PDF、图片（png、jpg）、docx 或 xlsx。", {"file": "类型不符"}
        )
    if len(file.data) > LARGEST_FILE:
        raise InvalidInput(f"附件超过{LARGEST_FILE // 1024 // 1024} MB，请压缩后再传。", {"file": "过大"})
    if KINDS[ending] in OFFICE:
        _check_office(file)


def _check_office(file: Attachment) -> None:
    try:
        with open_archive(file.data, file.name) as archive:
            names = archive.namelist()
    except ReadingError as error:
        raise InvalidInput(str(error), {"file": "打不开"}) from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise InvalidInput(f"附件“{file.name}”含有宏，请另存为不含宏的文件后再传。", {"file": "含宏"})
