"""Open duties of a unit, wherever they are kept: what moves when one unit is merged into another.

Every app further down the street says at start-up which of its rows are open duties; what is done stays with the unit
that did it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from duixian.units.models import Unit

# (the old unit, the new one, today) -> rows that are still to be done
Rows = Callable[[Unit, Unit | None, date], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """One kind of duty: its name for people, its rows, and the field that names the unit."""

    label: str
    rows: Rows
    field: str
    # whether a unit with such rows may not simply be put out of use
    holds: bool = True


_duties: dict[str, OpenDuty] = {}


def keep_open_duties(label: str, rows: Rows, *, field: str, holds: bool = True) -> None:
    """Tell of one kind of duty; called once by each app when it is ready."""
    _duties[label] = OpenDuty(label, rows, field, holds)


def open_duties() -> tuple[OpenDuty, ...]:
    """All kinds, in the order of the street."""
    return tuple(_duties.values())


def duties_of(unit: Unit, today: date) -> dict[str, int]:
    """How many of each kind the unit still has; kinds without any are left out."""
    counts = {duty.label: duty.rows(unit, None, today).count() for duty in open_duties()}
    return {label: count for label, count in counts.items() if count}


def holding_duties(unit: Unit, today: date) -> dict[str, int]:
    """Of these, the ones that keep a unit in use."""
    holding = {duty.label for duty in open_duties() if duty.holds}
    return {label: count for label, count in duties_of(unit, today).items() if label in holding}
