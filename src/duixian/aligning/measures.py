"""Figures in one unit: which measure a unit belongs to, and what it is worth there. The table is the reader's."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from duixian.reading.lexicon import group, words

from .model import Commitment

SCALES: dict[str, Decimal] = {
    "万亿": Decimal(10**12),
    "亿": Decimal(10**8),
    "千万": Decimal(10**7),
    "百万": Decimal(10**6),
    "万": Decimal(10**4),
    "千": Decimal(1000),
    "百": Decimal(100),
}
ONE = Decimal(1)


@cache
def _table() -> dict[str, tuple[str, Decimal]]:
    table = dict.fromkeys(group("units", "count"), ("count", ONE))
    for measure, units in words("units")["convert"].items():
        table |= {unit: (measure, Decimal(factor)) for unit, factor in units.items()}
    return table


@cache
def measure_of(unit: str) -> tuple[str, Decimal]:
    """What a unit measures, and its worth in that measure: 亿斤 is mass, 50000 tonnes.

    A unit that the table lacks is a measure of its own.
    """
    if unit in _table():
        return _table()[unit]
    for scale, worth in SCALES.items():
        if unit.startswith(scale) and len(unit) > len(scale):
            measure, factor = measure_of(unit[len(scale) :])
            return measure, factor * worth
    return unit, ONE


def size(commitment: Commitment) -> tuple[str, Decimal] | None:
    """A figure as (measure, exact amount); None without one. Of a range it is the lower end, which is what is owed."""
    if commitment.value is None:
        return None
    measure, factor = measure_of(commitment.unit)
    return measure, commitment.value * factor


def share(county: Commitment, city: Commitment) -> Decimal | None:
    """County / city in one unit; None where they measure different things or there is nothing to divide by."""
    ours, theirs = size(county), size(city)
    if ours is None or theirs is None or ours[0] != theirs[0] or not theirs[1]:
        return None
    return ours[1] / theirs[1]


def in_unit(amount: Decimal, unit: str) -> Decimal:
    """An amount of a measure, in `unit`: 12500 tonnes in 亿斤 are 0.25."""
    return amount / measure_of(unit)[1]
