"""Menus, buttons, footers: what stands on a page and is no part of the document."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from .. import lexicon
from ..patterns import lazy

#: An element with at least this share of the page's running words is never furniture, whatever it is called.
_TOO_MUCH = 0.3
#: The element taken for the document holds at least this share of the running words.
_MOST = 0.55
_HIDDEN = lazy(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAME_PARTS = lazy(r"[^a-z0-9]+")
_NOTHING = lazy(r"[\s\d\W_]*")


def clean(root: Any) -> None:
    """Take scripts, menus, breadcrumbs, buttons and link lists out of a page."""
    from lxml import etree

    etree.strip_elements(root, *lexicon.words("web")["tags"]["dropped"], with_tail=False)
    weights = _Weights(root)
    doomed = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if _is_furniture(element, weights):
            doomed.append(element)
            walk.skip_subtree()
    for element in doomed:
        _drop(element)


def split_at_document(root: Any) -> tuple[list[Any], Any]:
    """(what stands before it, the element that holds the document); the whole page where none stands out."""
    weights = _Weights(root)
    names = set(lexicon.words("web")["names"]["content"])
    best = None
    for element in root.iter():
        own = {element.get("id", "").lower(), *element.get("class", "").lower().split()}
        if (own & names or element.tag in ("article", "main")) and weights.share(element) >= _MOST:
            best = element  # the innermost that still holds most of the words
    if best is None or best is root:
        return [], root
    before: list[Any] = []
    node = best
    while node is not None and node is not root:
        before = list(node.itersiblings(preceding=True))[::-1] + before
        node = node.getparent()
    return before, best


def is_furniture_line(text: str) -> bool:
    """Whether a line is made of buttons and counters: 字号:大 中 小 打印 关闭."""
    bare = text.strip()
    words = lexicon.words("web")["lines"]
    if bare.startswith(tuple(words["begins"])) and len(bare) <= 120:
        return True
    if len(bare) <= 160 and any(word in bare for word in words["contains"]):
        return True
    return len(bare) <= 80 and bool(_furniture_words().search(bare)) and not _rest(bare)


def _rest(text: str) -> str:
    return _NOTHING.sub("", _furniture_words().sub("", text))


@cache
def _furniture_words() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("web", "lines.words"))


class _Weights:
    """How many characters each element holds, and how many of them outside links."""

    def __init__(self, root: Any) -> None:
        from lxml import etree

        self._all: dict[Any, tuple[int, int, int]] = {}
        sums: list[list[int]] = [[0, 0, 0]]
        depth_of_link = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                depth_of_link += element.tag == "a"
                own = len((element.text or "").strip())
                sums.append([own, own if not depth_of_link else 0, element.tag == "a"])
                continue
            depth_of_link -= element.tag == "a"
            done = sums.pop()
            self._all[element] = (done[0], done[1], done[2])
            tail = len((element.tail or "").strip())
            above = sums[-1]
            above[0] += done[0] + tail
            above[1] += done[1] + (tail if not depth_of_link else 0)
            above[2] += done[2]
        self._total = max(self._all[root][1], 1)

    def share(self, element: Any) -> float:
        """Its share of the page's characters outside links."""
        return self._all[element][1] / self._total

    def is_link_list(self, element: Any) -> bool:
        """Whether it is little more than four or more links."""
        whole, plain, links = self._all[element]
        return links >= 4 and plain * 4 <= whole


def _is_furniture(element: Any, weights: _Weights) -> bool:
    if element.tag in ("html", "body"):
        return False
    if _HIDDEN.search(element.get("style", "")) or element.get("hidden") is not None:
        return True
    if weights.share(element) >= _TOO_MUCH:
        return False
    if element.tag in lexicon.words("web")["tags"]["furniture"]:
        return True
    if element.tag in ("div", "ul", "ol", "dl", "table", "p", "section", "td", "li") and weights.is_link_list(element):
        return True
    return bool(_name_parts(element) & _furniture_names())


def _name_parts(element: Any) -> set[str]:
    return set(_NAME_PARTS.split(f"{element.get('id', '')} {element.get('class', '')}".lower()))


@cache
def _furniture_names() -> set[str]:
    return set(lexicon.words("web")["names"]["furniture"])


def _drop(element: Any) -> None:
    """Remove an element but keep the words after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        above = element.getprevious()
        if above is None:
            parent.text = (parent.text or "") + " " + element.tail
        else:
            above.tail = (above.tail or "") + " " + element.tail
    parent.remove(element)
