"""Governments, the units under them, groups of units, people and their roles."""

from duixian.units.models.account import Account, Membership
from duixian.units.models.calendar import CalendarException
from duixian.units.models.unit import Government, Unit, UnitAlias, UnitGroup

__all__ = ["Account", "CalendarException", "Government", "Membership", "Unit", "UnitAlias", "UnitGroup"]
