"""Serves single named files out of node_modules, and nothing else of it.

An npm package brings some hundred files; the pages use one. `settings.NPM_FILES` says which, and under what name:
{"vendor/echarts.js": "echarts/dist/echarts.common.min.js"}. An installed wheel has no node_modules: it carries the
static files already built.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, overload

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

NODE_MODULES = Path(__file__).resolve().parents[3] / "node_modules"


class NamedFiles(FileSystemStorage):
    """A read-only storage in which each served name stands for one file of a package."""

    def __init__(self, root: Path, files: dict[str, str]) -> None:
        super().__init__(location=root)
        self.files = files

    def path(self, name: str) -> str:
        """The file behind a served name, as an absolute path."""
        return super().path(self.files[name])


class NamedPackageFinder(BaseFinder):
    """Finds the files of `settings.NPM_FILES` for collectstatic and for the test server."""

    def __init__(self, app_names: object = None, *args: Any, root: Path = NODE_MODULES, **kwargs: Any) -> None:
        self.storage = NamedFiles(root, dict(settings.NPM_FILES))
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to check at start: an installed wheel rightly has no node_modules."""
        return []

    @overload
    def find(self, path: str, find_all: Literal[False] = ...) -> str | None: ...
    @overload
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...
    def find(self, path: str, find_all: bool = False) -> str | list[str] | None:
        """Where a served name lies; None (or []) if it is not one of ours or not downloaded yet."""
        is_there = path in self.storage.files and self.storage.exists(path)
        found = self.storage.path(path) if is_there else None
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, NamedFiles]]:
        """Every named file; one that is missing stops the build, since a page would miss it later without a word.

        Raises ImproperlyConfigured.
        """
        for name in self.storage.files:
            if not self.storage.exists(name):
                raise ImproperlyConfigured(f"缺少浏览器端库文件 {self.storage.path(name)}。请先运行 make setup。")
            if not matches_patterns(name, list(ignore_patterns or [])):
                yield name, self.storage
