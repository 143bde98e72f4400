"""Governments, the units under them, groups of units, people and their roles."""

from duixian.units.models.account import Account, Membership
from duixian.units.models.calendar import CalendarException
from duixian.units.models.delegation import Delegation
from duixian.units.models.intake import PeopleReturn
from duixian.units.models.leading import Leadership, TaskForce
from duixian.units.models.unit import Government, Unit, UnitAlias, UnitGroup, UnitName

__all__ = [
    "Account",
    "CalendarException",
    "Delegation",
    "Government",
    "Leadership",
    "Membership",
    "PeopleReturn",
    "TaskForce",
    "Unit",
    "UnitAlias",
    "UnitGroup",
    "UnitName",
]
