"""Uploads on disk: a file is there whole or not at all, whatever happens while it is written."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

# file systems that know no second name for a file
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP)


class WholeFileStorage(FileSystemStorage):
    """Django's own, but for one thing: half a file left by a full disk would stand for the whole one ever after."""

    def _save(self, name: str, content: "File[Any]") -> str:
        folder = Path(self.path(name)).parent
        folder.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=folder, prefix=".partial-")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if self.file_permissions_mode is not None:
                Path(partial).chmod(self.file_permissions_mode)
            return self._named(partial, name).replace("\\", "/")
        finally:
            Path(partial).unlink(missing_ok=True)

    def _named(self, partial: str, name: str) -> str:
        """Give the written file its name, or the next free one where somebody else just took it."""
        while True:
            try:
                os.link(partial, self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            except OSError as error:
                if error.errno not in NO_LINKS:
                    raise
                Path(partial).replace(self.path(name))
                return name
            else:
                return name
