"""Who may keep series and enter values."""

from duixian.audit.actors import Actor
from duixian.indicators.models import Indicator
from duixian.units.models import Government
from duixian.units.rules import is_liaison, is_office


def may_keep_series(actor: Actor, government: Government) -> bool:
    """The office keeps the list of series."""
    return is_office(actor, government)


def may_record_value(actor: Actor, indicator: Indicator) -> bool:
    """The office, or the unit responsible for the figure."""
    if is_office(actor, indicator.government):
        return True
    return indicator.responsible_unit is not None and is_liaison(actor, indicator.responsible_unit)
