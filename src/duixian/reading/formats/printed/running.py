"""Running heads, feet and page numbers: lines at a page's edge that are the page's, not the document's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ...patterns import lazy
from .grid import grids_of
from .model import Fragment, Page

_NUMBER = lazy(
    r"[\s\-—–―·.~_|]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,5})(?:\s*页)?(?:\s*[/／共,，]\s*(?:共\s*)?\d{1,4}\s*页?)?[\s\-—–―·.~_|]*"
)
#: The share of a page's height at its top and bottom in which running heads stand.
_EDGE = 0.12


def without_running(pages: Sequence[Page]) -> list[Page]:
    """The pages without numbers and without what stands at the same place of at least half of them (two at least)."""
    marks: Counter[tuple[str, int]] = Counter()
    for page in pages:
        marks.update({_mark(f, page) for f in _at_edge(page)})
    least = max(2, len(pages) // 2)
    # a title may look like a head where it stands on two pages of two; it is longer, and then it is kept on the first
    kept: list[Page] = []
    for page in pages:
        dropped = {
            id(fragment)
            for fragment in _at_edge(page)
            if _is_page_number(fragment, page) or (len(pages) > 1 and marks[_mark(fragment, page)] >= least)
        }
        kept.append(replace(page, fragments=tuple(f for f in page.fragments if id(f) not in dropped)))
    return kept


def _at_edge(page: Page) -> list[Fragment]:
    """What stands at a page's edge and in no table: a table that reaches there repeats its header, and its numbers are
    no page's. What begins with an item's number is an item."""
    edge = [f for f in page.fragments if _is_at_edge(f, page) and not _ITEM.match(f.text)]
    tables = [grid.box for grid in grids_of(page.rules, 0.0034 * page.width) if len(grid.cells) > 1] if edge else []
    return [f for f in edge if not any(box.holds(f.box.center, f.box.middle) for box in tables)]


#: 12. 新建……
_ITEM = lazy(r"\s*\d{1,3}\s*[.、．]\s*[⺀-鿿]")


def _is_at_edge(fragment: Fragment, page: Page) -> bool:
    return fragment.box.bottom <= _EDGE * page.height or fragment.box.top >= (1 - _EDGE) * page.height


def _mark(fragment: Fragment, page: Page) -> tuple[str, int]:
    """Its words with figures made alike, and its height on the page in steps of a fortieth."""
    return re.sub(r"\d+|\s", "0", fragment.text), round(fragment.box.middle / page.height * 40)


def _is_page_number(fragment: Fragment, page: Page) -> bool:
    """A number of its own at the edge, with nothing beside it."""
    if not _NUMBER.fullmatch(fragment.text):
        return False
    box = fragment.box
    at_end = box.bottom <= 0.09 * page.height or box.top >= 0.91 * page.height
    alone = all(f is fragment or f.box.bottom < box.middle or f.box.top > box.middle for f in page.fragments)
    return at_end and alone
