"""The worked tables of docs/rules/alignment.md, put to the code: two small lists, or one list and several plans."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from duixian.aligning import Alignment, Commitment, Link, align, commitments_of
from duixian.aligning.wording import RELATION_WORDS, SHORTFALL_WORDS, STATE_WORDS
from duixian.reading import read_text

NONE = "—"


def phrases(text: str, owner: str) -> tuple[Commitment, ...]:
    """A list of one item, read."""
    return commitments_of(read_text(f"2026年{owner}重点任务清单\n一、发改局牵头工作\n1.{text}。\n2.办好年终总结会。\n"))


def aligned(city: str, counties: Mapping[str, str], expected: int | None) -> Alignment:
    """One item of the city beside one of each county."""
    plans = {name: phrases(text, name) for name, text in counties.items()}
    return align(phrases(city, "市"), plans, plans_expected=expected)


def check_link(cells: Mapping[str, str]) -> None:
    """A row with one county's phrase: the surest link must be what the row says."""
    found = [link for link in aligned(cells["市级原文"], {"甲县": cells["县区原文"]}, 1).links if _is_asked(link)]
    assert _link(found[0] if found else None) == {column: cells[column] for column in ("关系", "份额", "差在哪里")}


def _is_asked(link: Link) -> bool:
    return link.commitment.task == 1 and link.city_task == 1


def _link(link: Link | None) -> dict[str, str]:
    if link is None:
        return {"关系": NONE, "份额": NONE, "差在哪里": NONE}
    return {
        "关系": RELATION_WORDS[link.relation],
        "份额": NONE if link.share is None else percent(link.share),
        "差在哪里": "、".join(SHORTFALL_WORDS[one] for one in link.shortfalls) or NONE,
    }


def check_coverage(cells: Mapping[str, str]) -> None:
    """A row with several counties: the sum, its share and its state must be what the row says."""
    counties = dict(entry.split(" ", 1) for entry in cells["各县区"].split("；"))
    expected = None if cells["应有"] == NONE else int(cells["应有"])
    (covered,) = aligned(cells["市级原文"], counties, expected).coverage
    assert {
        "合计": f"{covered.committed.normalize():f}{covered.unit}",
        "占比": percent(covered.share),
        "状态": STATE_WORDS[covered.state],
    } == {column: cells[column] for column in ("合计", "占比", "状态")}


def check_state(cells: Mapping[str, str]) -> None:
    """The table of states: each word it uses is one of ours."""
    assert cells["状态"] in STATE_WORDS.values()


def check(cells: Mapping[str, str]) -> None:
    """Whichever table the row is of."""
    if "县区原文" in cells:
        check_link(cells)
    elif "各县区" in cells:
        check_coverage(cells)
    else:
        check_state(cells)


def percent(part: Decimal) -> str:
    """0.0818 -> 8.2%."""
    return f"{part * 100:.1f}%"
