"""An alignment as the JSON object of `duixian align --json`."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from duixian.reading import Span

from .model import Alignment, Coverage, Link, OfCounty, Unmatched

FOUR_PLACES = Decimal("0.0001")


def alignment_to_dict(alignment: Alignment) -> dict[str, Any]:
    """Links, unmatched phrases and coverage; figures as plain numbers."""
    return {
        "links": [_link(link) for link in told_once(alignment.links)],
        "unmatched": [_unmatched(one) for one in alignment.unmatched],
        "coverage": [_coverage(one) for one in alignment.coverage],
    }


def told_once(links: Iterable[Link]) -> list[Link]:
    """Without links that would read alike: 起数、死亡人数均下降5% is one line, two figures."""
    seen: dict[tuple[object, ...], Link] = {}
    for link in links:
        seen.setdefault((link.county, link.text, link.span, link.city_task, link.city_text, link.relation), link)
    return list(seen.values())


def _link(link: Link) -> dict[str, Any]:
    return {
        **_phrase(link),
        "city_task": link.city_task,
        "city_text": link.city_text,
        "relation": link.relation.value,
        "share": _share(link.share),
        "confidence": round(link.confidence, 3),
        "shortfalls": [shortfall.value for shortfall in link.shortfalls],
        "rule": link.rule,
    }


def _unmatched(one: Unmatched) -> dict[str, Any]:
    return _phrase(one) | {"nearest_city_task": one.nearest_city_task}


def _phrase(one: OfCounty) -> dict[str, Any]:
    return {"county": one.county, "text": one.text, "span": _span(one.span)}


def _coverage(one: Coverage) -> dict[str, Any]:
    return {
        "city_task": one.city_task,
        "city_text": one.city_text,
        "target": number(one.target),
        "unit": one.unit,
        "committed": number(one.committed),
        "share": _share(one.share),
        "counties": list(one.counties),
        "state": one.state.value,
        "plans_read": one.plans_read,
        "plans_expected": one.plans_expected,
    }


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _share(share: Decimal | None) -> float | None:
    return None if share is None else float(share.quantize(FOUR_PLACES))


def number(value: Decimal) -> int | float:
    """A plain number, whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
