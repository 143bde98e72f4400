"""What a unit of measure says about comparing: per cent, per mille, whole pieces. The words are in units.toml."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files


@cache
def _words(group: str) -> frozenset[str]:
    text = files(__package__).joinpath("units.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[group])


def is_permille(unit: str) -> bool:
    """Whether figures are in thousandths."""
    return unit in _words("permille")


def is_points(unit: str) -> bool:
    """Whether differences are told in (percentage or per mille) points."""
    return unit in _words("percent") or is_permille(unit)


def is_pieces(unit: str) -> bool:
    """Whether the unit counts whole pieces (个, 家), so that a fraction of one means nothing."""
    return unit in _words("pieces")


def in_unit(percentage_points: Decimal, unit: str) -> Decimal:
    """A threshold given in percentage points, in the unit's own points (0.5 points are 5 ‰)."""
    return percentage_points * 10 if is_permille(unit) else percentage_points
