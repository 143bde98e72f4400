"""Who may keep series and enter values."""

from duixian.audit.actors import Actor
from duixian.indicators.models import Indicator
from duixian.units.models import Government
from duixian.units.rules import is_liaison, is_office, keeps_county


def may_keep_series(actor: Actor, government: Government) -> bool:
    """The office keeps the list of series; a county's people that of their county."""
    return is_office(actor, government) or keeps_county(actor, government)


def may_record_value(actor: Actor, indicator: Indicator) -> bool:
    """Whoever keeps the series, or the unit responsible for the figure."""
    if may_keep_series(actor, indicator.government):
        return True
    return indicator.responsible_unit is not None and is_liaison(actor, indicator.responsible_unit)
