"""Every act on governments, units and people."""

from duixian.units.commands.accounts import change_password, create_account
from duixian.units.commands.governments import create_government, set_calendar_exception
from duixian.units.commands.groups import create_group
from duixian.units.commands.renaming import merge_units, rename_unit
from duixian.units.commands.roles import appoint, end_membership
from duixian.units.commands.units import (
    add_alias,
    change_unit,
    create_unit,
    deactivate_unit,
    remove_alias,
    restore_unit,
)

__all__ = [
    "add_alias",
    "appoint",
    "change_password",
    "change_unit",
    "create_account",
    "create_government",
    "create_group",
    "create_unit",
    "deactivate_unit",
    "end_membership",
    "merge_units",
    "remove_alias",
    "rename_unit",
    "restore_unit",
    "set_calendar_exception",
]
