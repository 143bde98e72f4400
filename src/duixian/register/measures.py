"""Whether two units of measure say the same in another size, and the figure in the other one. Pure."""

from decimal import Decimal

from duixian.aligning.measures import measure_of


def convert(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """The value in another unit of measure; None where the two measure different things (公里 is no 亩)."""
    unit, wanted = "".join(unit.split()), "".join(wanted.split())
    if unit == wanted:
        return value
    (measure, size), (wanted_measure, wanted_size) = measure_of(unit), measure_of(wanted)
    return value * size / wanted_size if measure == wanted_measure else None
