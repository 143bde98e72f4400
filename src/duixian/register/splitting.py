"""Splitting a total so that the parts add up to it again. Pure arithmetic, no database (docs/rules/breakdown.md)."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

from duixian.assessing.units import is_pieces
from duixian.indicators.limits import DECIMALS

Key = TypeVar("Key")

# 4.3万人 is counted in persons: 万 hides four whole places
HIDDEN_PLACES = {"万": 4, "亿": 8, "千": 3, "百": 2}
# a measure that is no count of pieces is split two decimals finer than the total is written
FINER = 2


def step_of(total: Decimal, unit: str) -> Decimal:
    """The smallest piece a total may be cut into: one piece where whole pieces are counted, else a decimal place."""
    carried = max(-int(total.normalize().as_tuple().exponent), 0)
    if is_pieces(unit):
        return Decimal(1).scaleb(-carried)
    hidden = HIDDEN_PLACES.get(unit[:1], 0) if is_pieces(unit[1:]) else 0
    places = max(hidden, carried) if hidden else carried + FINER
    return Decimal(1).scaleb(-min(places, DECIMALS))


def split(total: Decimal, weights: Mapping[Key, Decimal], unit: str) -> dict[Key, Decimal]:
    """The total in parts as the weights are, by the method of the largest remainder; the parts add up exactly.

    Of equal remainders the earlier key comes first. Raises ValueError where no weight is above zero, or one below.
    """
    whole = sum(weights.values(), Decimal(0))
    if whole <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("weights must not be negative, nor all zero")
    step = step_of(total, unit)
    steps = total / step
    exact = {key: steps * weight / whole for key, weight in weights.items()}
    parts = {key: value.to_integral_value(rounding=ROUND_DOWN) for key, value in exact.items()}
    left = int(steps - sum(parts.values(), Decimal(0)))
    by_remainder = sorted(weights, key=lambda key: parts[key] - exact[key])
    for key in by_remainder[:left]:
        parts[key] += 1
    return {key: part * step for key, part in parts.items()}


def split_equally(total: Decimal, keys: list[Key], unit: str) -> dict[Key, Decimal]:
    """Equal parts; what does not divide goes to the first."""
    return split(total, dict.fromkeys(keys, Decimal(1)), unit)
