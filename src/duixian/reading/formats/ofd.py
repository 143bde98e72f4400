"""OFD, the national format for finished documents (GB/T 33190): the text layer of its pages, by place.

A package of XML: OFD.xml names documents, a document its pages, a page its layers, a layer objects of text and drawn
paths, each in millimetres within the box it is bounded by. Signatures and attachments are not looked at.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from ..errors import MissingSupportError, TooLargeError
from ..source import Source
from .guard import broken, open_archive, parse_xml
from .ofd_objects import characters_of, rules_of
from .printed import Page, assemble
from .printed.rows import fragments_of

MAX_PAGES = 500
_A4 = (210.0, 297.0)


def load(data: bytes, name: str) -> Source:
    """An OFD document as a source, in reading order."""
    if find_spec("lxml") is None:
        raise MissingSupportError(f"读 OFD 需要 lxml:{name}。请安装:pip install lxml。")
    with open_archive(data, name) as archive:
        package = _Package(archive, name)
        pages = [package.page(path, templates) for path, templates in package.pages()]
    if not pages:
        raise broken(name, "页面找不到,OFD")
    return assemble(pages, name)


def named(parent: Any, name: str) -> Iterator[Any]:
    """Elements by name, whatever namespace or prefix the writing program chose."""
    return (element for element in parent.iter("{*}" + name))


def numbers(text: str | None) -> list[float]:
    """The figures in an attribute: 0 0 210 297."""
    return [float(n) for n in re.findall(r"-?\d*\.?\d+(?:[eE]-?\d+)?", text or "")]


class _Package:
    """The parts of an OFD file."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        self._names = set(archive.namelist())
        self._size = _A4
        self._templates: dict[str, str] = {}

    def pages(self) -> Iterator[tuple[str, list[str]]]:
        """(page, its templates) of every document in the package, in order."""
        count = 0
        for root in named(self._part("OFD.xml"), "DocRoot"):
            path = self._at("", (root.text or "").strip())
            document = self._part(path)
            self._size = _box_of(document) or _A4
            folder = posixpath.dirname(path)
            self._templates = {
                t.get("ID", ""): self._at(folder, t.get("BaseLoc", "")) for t in named(document, "TemplatePage")
            }
            for page in (p for pages in named(document, "Pages") for p in named(pages, "Page")):
                count += 1
                if count > MAX_PAGES:
                    raise TooLargeError(f"OFD 页数过多:{self._name} 超过 {MAX_PAGES} 页。请拆分后再读。")
                yield self._at(folder, page.get("BaseLoc", "")), list(self._templates.values())

    def page(self, path: str, templates: list[str]) -> Page:
        """A page with what its template prints under it."""
        root = self._part(path)
        width, height = _box_of(root) or self._size
        used = [self._templates.get(t.get("TemplateID", ""), "") for t in named(root, "Template")]
        layers = [root, *(self._part(t) for t in used if t in templates)]
        objects = [o for layer in layers for o in layer.iter("{*}TextObject", "{*}PathObject")]
        try:
            characters = [c for o in objects if o.tag.endswith("TextObject") for c in characters_of(o)]
            rules = tuple(r for o in objects if o.tag.endswith("PathObject") for r in rules_of(o))
        except (ValueError, OverflowError) as error:
            raise broken(self._name) from error
        inside = [c for c in characters if -width <= c[1].left <= 2 * width and -height <= c[1].top <= 2 * height]
        return Page(width, height, tuple(fragments_of(inside, rules)), rules)

    def _at(self, folder: str, location: str) -> str:
        """A part's path: from the package's root, or from the folder of the part that names it."""
        if location.startswith("/"):
            return location.lstrip("/")
        joined = posixpath.normpath(posixpath.join(folder, location))
        return joined if joined in self._names else location

    def _part(self, path: str) -> Any:
        if path not in self._names:
            raise broken(self._name, f"部件 {path[:60] or '(空)'} 缺失,OFD")
        return parse_xml(self._archive.read(path), self._name)


def _box_of(root: Any) -> tuple[float, float] | None:
    for box in named(root, "PhysicalBox"):
        values = numbers(box.text)
        if len(values) >= 4 and values[2] > 0 and values[3] > 0:
            return values[2], values[3]
    return None
