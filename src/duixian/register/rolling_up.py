"""From the children's figures to the whole's, with what went in and what is missing. Pure (docs/rules/roll-up.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Child:
    """What one unit brings. A blank is not zero: what is None is missing."""

    name: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The whole. `value` (or `on`) is None where no child is known; `missing` names those left out."""

    value: Decimal | None
    children: tuple[str, ...]
    missing: tuple[str, ...]
    on: date | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every child is in it."""
        return not self.missing


def sum_of(children: Sequence[Child]) -> RolledUp:
    """The sum of the children's figures."""
    known = [child for child in children if child.value is not None]
    total = sum((child.value for child in known if child.value is not None), Decimal(0)) if known else None
    return RolledUp(total, *_names(children, known))


def ratio_of(children: Sequence[Child]) -> RolledUp:
    """A rate in per cent: the sum of numerators over the sum of denominators, of the children that have both."""
    known = [child for child in children if child.numerator is not None and child.denominator is not None]
    above = sum((child.numerator for child in known if child.numerator is not None), Decimal(0))
    below = sum((child.denominator for child in known if child.denominator is not None), Decimal(0))
    value = above * HUNDRED / below if below else None
    return RolledUp(value, *_names(children, known), numerator=above, denominator=below)


def worst_date_of(children: Sequence[Child]) -> RolledUp:
    """The latest date: the whole is done when the last child is."""
    known = [child for child in children if child.on is not None]
    last = max((child.on for child in known if child.on is not None), default=None)
    return RolledUp(None, *_names(children, known), on=last)


def _names(children: Sequence[Child], known: Sequence[Child]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = tuple(child.name for child in known)
    return names, tuple(child.name for child in children if child not in known)
