"""What every database keeps of a figure exactly. SQLite keeps decimals as floating point: fifteen digits survive."""

from decimal import Decimal

DIGITS = 15
DECIMALS = 6
LARGEST = Decimal(10) ** DIGITS


def is_keepable(value: Decimal) -> bool:
    """Whether the figure comes back from the register as it went in: finite, and at most `DIGITS` digits in all."""
    if not value.is_finite() or abs(value) >= LARGEST:
        return False
    return len(value.normalize().as_tuple().digits) <= DIGITS
