"""What a lock holds back, and whom an exception lets in."""

from datetime import date

from duixian.reporting.models import LockException, Round
from duixian.units.models import Unit


def is_open_for(round: Round, unit: Unit, today: date) -> bool:
    """Whether the unit may report into the round: it is not locked, or an exception of the unit's is in force."""
    return not round.is_locked or exception_of(round, unit, today) is not None


def exception_of(round: Round, unit: Unit, today: date) -> LockException | None:
    """The exception that lets the unit into the locked round, if there is one in force."""
    return round.exceptions.in_force(today).filter(unit=unit).first()


def may_still_be_reviewed(round: Round, unit: Unit) -> bool:
    """Whether the office may decide on the unit's reports: what came in by an exception is reviewed after it too."""
    return not round.is_locked or round.exceptions.filter(unit=unit).exists()
