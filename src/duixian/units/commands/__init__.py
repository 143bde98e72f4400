"""Every act on governments, units and people."""

from duixian.units.commands.accounts import (
    change_password,
    change_person,
    create_account,
    lock_account,
    reset_passwords,
    unlock_account,
)
from duixian.units.commands.counties import found_county
from duixian.units.commands.delegating import delegate_signing, revoke_delegation
from duixian.units.commands.forces import change_task_force, create_task_force, dissolve_task_force
from duixian.units.commands.governments import create_government, set_calendar_exception
from duixian.units.commands.groups import create_group
from duixian.units.commands.intake import Applied, Slip, apply_return, close_return, receive_return
from duixian.units.commands.leading import end_leadership, put_in_charge
from duixian.units.commands.renaming import merge_units, rename_unit
from duixian.units.commands.roles import appoint, end_membership, hand_over
from duixian.units.commands.units import (
    add_alias,
    change_unit,
    create_unit,
    deactivate_unit,
    remove_alias,
    restore_unit,
)

__all__ = [
    "Applied",
    "Slip",
    "add_alias",
    "apply_return",
    "appoint",
    "change_password",
    "change_person",
    "change_task_force",
    "change_unit",
    "close_return",
    "create_account",
    "create_government",
    "create_group",
    "create_task_force",
    "create_unit",
    "deactivate_unit",
    "delegate_signing",
    "dissolve_task_force",
    "end_leadership",
    "end_membership",
    "found_county",
    "hand_over",
    "lock_account",
    "merge_units",
    "put_in_charge",
    "receive_return",
    "remove_alias",
    "rename_unit",
    "reset_passwords",
    "restore_unit",
    "revoke_delegation",
    "set_calendar_exception",
    "unlock_account",
]
