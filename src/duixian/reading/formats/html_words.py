"""Walks a page's elements into lines and tables, as a browser would print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Protocol

from .. import lexicon
from ..errors import TooLargeError
from ..patterns import lazy
from .builder import Place
from .html_furniture import is_furniture_line

_BREAKS = lazy(r"[ \t\r\n\f]+")
_BREAK_IN_CHINESE = lazy(r"(?<=[⺀-鿿！-～，。、；：（）“”])[ \t]*\r?\n\s*(?=[⺀-鿿！-～，。、；：（）“”])")
_INVISIBLE = lazy("[\u200b-\u200f\u2060\ufeff\u00ad]")
_NUMBERED = lazy(r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,4}[)）、.．]|[①-⑳])")
_MAX_CELLS = 400_000
_MAX_SPAN = 1000
_MAX_COLUMNS = 5_000


class Sink(Protocol):
    """Where lines and tables go."""

    def line(self, text: str, level: int = 0) -> None:
        """Take a line."""

    def table(self, places: list[Place]) -> None:
        """Take a table."""


class Words:
    """The words of a page on their way to a builder; remembers them so that a head can be put before."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._given: list[tuple[str, int] | list[Place]] = []
        self.found_labels: set[str] = set()

    @property
    def has_words(self) -> bool:
        """Whether anything has come."""
        return bool(self._given)

    def head(self, element: Any) -> None:
        """Take from an element before the document only its fields and headings."""
        for item in _walk(element):
            if isinstance(item, list):
                self._fields(item)
            elif item[1] or _label_at(item[0]):
                self._line(*item)

    def document(self, element: Any) -> None:
        """Take all of an element."""
        for item in _walk(element):
            if isinstance(item, list):
                if not self._fields(item):
                    self._given.append(item)
                    self._sink.table(item)
            else:
                self._line(*item)

    def replay(self, sink: Sink) -> None:
        """Give everything once more."""
        for item in self._given:
            if isinstance(item, list):
                sink.table(item)
            else:
                sink.line(*item)

    def _line(self, text: str, level: int) -> None:
        label = _label_at(text)
        if label is None and is_furniture_line(text):
            return
        self.found_labels |= {label} if label else set()
        self._given.append((text, level))
        self._sink.line(text, level)

    def _fields(self, places: list[Place]) -> bool:
        """Give a box of labelled fields as lines; False if the table is none."""
        texts = [" ".join(place.lines).strip() for place in places]
        texts = [text for text in texts if text]
        labels = sum(1 for text in texts if _label_at(text))
        if len(texts) > 60 or labels < 2 or labels * 3 < len(texts):
            return False
        for text in _paired(texts):
            self._line(text, 0)
        return True


def _paired(texts: list[str]) -> Iterator[str]:
    """Labels joined with the values in the cells after them."""
    waiting = ""
    for text in texts:
        if waiting and not _label_at(text):
            yield waiting + text
            waiting = ""
            continue
        if waiting:
            yield waiting
        bare = _label_at(text)
        is_bare = bare is not None and len(re.sub(r"[\s:：]", "", text)) == len(bare)
        waiting = text.rstrip(" :：") + ":" if is_bare else ""
        if not is_bare:
            yield text
    if waiting:
        yield waiting


@cache
def _labels() -> re.Pattern[str]:
    spaced = (r"\s*".join(map(re.escape, label)) for label in lexicon.group("web", "head.labels"))
    return re.compile(rf"[\s【\[·•\-]*({'|'.join(spaced)})\s*[】\]]?\s*(?:[:：|]|$)")


def _label_at(text: str) -> str | None:
    """The field's label that a text begins with: 索引号, 发布日期."""
    match = _labels().match(text)
    return re.sub(r"\s", "", match.group(1)) if match else None


# --- elements into lines ---------------------------------------------------------------------------------------------


class _Line:
    """The line being written, and the automatic numbers of the lists it stands in."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.level = 0
        self.lists: list[int | None] = []
        self.label = ""

    def add(self, text: str | None, kept: bool) -> Iterator[tuple[str, int]]:
        if not text:
            return
        if kept:
            *whole, last = text.split("\n")
            for line in whole:
                self.parts.append(line)
                yield from self.end()
            self.parts.append(last)
            return
        self.parts.append(_BREAKS.sub(" ", _BREAK_IN_CHINESE.sub("", text)))

    def end(self) -> Iterator[tuple[str, int]]:
        text = _tidy("".join(self.parts))
        self.parts = []
        if text:
            label, self.label = self.label, ""
            yield (text if not label or _NUMBERED.match(text) else label + text), self.level


def _tidy(text: str) -> str:
    text = _INVISIBLE.sub("", text).replace("\xa0", " ")
    return re.sub(r" {2,}", " ", text).strip(" \t\u3000")


def _walk(root: Any) -> Iterator[tuple[str, int] | list[Place]]:
    """The lines (with their level) and the tables of an element, in order; without recursion, however deep it nests."""
    from lxml import etree

    blocks = set(lexicon.words("web")["tags"]["block"])
    line = _Line()
    kept = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag == "table" and not _is_layout(element):
                yield from line.end()
                yield from _captions(element)
                yield _places(element)
                walk.skip_subtree()
                continue
            if tag == "br" or (tag in blocks and not (tag == "dd" and _is_term_before(line))):
                yield from line.end()
            _open(tag, element, line)
            kept += tag == "pre"
            yield from line.add(element.text, bool(kept))
            continue
        kept -= tag == "pre"
        if tag in blocks and not (tag == "dt" and _is_term_before(line)):
            yield from line.end()
        _close(tag, line)
        if element is not root:
            yield from line.add(element.tail, bool(kept))
    yield from line.end()


def _open(tag: str, element: Any, line: _Line) -> None:
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        line.level = int(tag[1])
    elif tag in ("ol", "ul"):
        start = element.get("start", "1")
        counts = tag == "ol" and "none" not in element.get("style", "")
        line.lists.append((int(start) if start.lstrip("-").isdigit() and len(start) < 6 else 1) - 1 if counts else None)
    elif tag == "li" and line.lists and line.lists[-1] is not None:
        line.lists[-1] += 1
        line.label = f"{line.lists[-1]}. "


def _close(tag: str, line: _Line) -> None:
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        line.level = 0
    elif tag in ("ol", "ul") and line.lists:
        line.lists.pop()
        line.label = ""


def _is_term_before(line: _Line) -> bool:
    """Whether the open line is a field's label, whose value follows in an element of its own."""
    return _label_at(_tidy("".join(line.parts))) is not None


# --- tables ----------------------------------------------------------------------------------------------------------


def _rows(table: Any) -> list[Any]:
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in child if row.tag == "tr"]
    return rows


def _captions(table: Any) -> Iterator[tuple[str, int]]:
    for child in table:
        if child.tag == "caption":
            text = _tidy(" ".join(child.itertext()))
            if text:
                yield text, 0


def _is_layout(table: Any) -> bool:
    """Old pages are laid out by tables: those that hold tables, one column, or whole chapters in a cell."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    rows = _rows(table)
    widest = max((sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows), default=0)
    if widest < 2:
        return True
    return len(rows) <= 3 and any(sum(1 for _ in cell.iter("p", "h1", "h2", "h3")) > 12 for row in rows for cell in row)


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdigit() and len(value) < 6 else 1


def _places(table: Any) -> list[Place]:
    """The cells of a table where a browser would put them."""
    places: list[Place] = []
    taken: dict[int, int] = {}  # column -> first row that is free again
    rows = _rows(table)
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) > r:
                column += 1
            down, across = min(_span(cell, "rowspan"), len(rows) - r), _span(cell, "colspan")
            lines = tuple(item[0] for item in _walk(cell) if isinstance(item, tuple))
            places.append(Place(r, column, down, across, lines))
            for c in range(column, column + across):
                taken[c] = r + down
            column += across
            if len(places) > _MAX_CELLS:
                raise TooLargeError(f"表格过大:网页里的一张表超过 {_MAX_CELLS} 格。请拆分后再读。")
            if column > _MAX_COLUMNS:
                raise TooLargeError(f"表格过宽:网页里的一张表超过 {_MAX_COLUMNS} 列。请拆分后再读。")
    return places
