"""Everything that writes to the register."""

from duixian.register.commands._attaching import LARGEST_FILE, Attachment
from duixian.register.commands.accepting import Accepted, accept_items
from duixian.register.commands.adopt import Adoption, adopt_reading
from duixian.register.commands.alignment import (
    Proposal,
    confirm_link,
    count_link,
    link_by_hand,
    propose_links,
    refuse_link,
)
from duixian.register.commands.amend import (
    approve_amendment,
    ask_adjustment,
    ask_extension,
    endorse_amendment,
    refuse_amendment,
    withdraw_amendment,
)
from duixian.register.commands.breakdown import Share, break_down, clear_breakdown, set_breakdown
from duixian.register.commands.bulk import entrust_tasks, sponsor_tasks
from duixian.register.commands.counties import adopt_county_plan, start_county_import
from duixian.register.commands.define import Definition, define_target
from duixian.register.commands.duties import (
    acknowledge_duties,
    assign_tasks,
    divide_task,
    keep_duty,
    object_to_duty,
    release_duty,
)
from duixian.register.commands.forces import set_force_tasks, set_sponsors
from duixian.register.commands.importing import (
    name_import_unit,
    register_import_units,
    settle_import,
    start_import,
    withdraw_import,
)
from duixian.register.commands.pace import (
    approve_milestones,
    approve_monthly_plan,
    file_milestones,
    file_monthly_plan,
    send_back_milestones,
    send_back_monthly_plan,
)
from duixian.register.commands.reviewing import (
    correct_item,
    join_items,
    leave_out_item,
    settle_item,
    split_item,
    take_back_item,
)
from duixian.register.commands.settings import name_light, set_threshold
from duixian.register.commands.views import delete_view, save_view

__all__ = [
    "LARGEST_FILE",
    "Accepted",
    "Adoption",
    "Attachment",
    "Definition",
    "Proposal",
    "Share",
    "accept_items",
    "acknowledge_duties",
    "adopt_county_plan",
    "adopt_reading",
    "approve_amendment",
    "approve_milestones",
    "approve_monthly_plan",
    "ask_adjustment",
    "ask_extension",
    "assign_tasks",
    "break_down",
    "clear_breakdown",
    "confirm_link",
    "correct_item",
    "count_link",
    "define_target",
    "delete_view",
    "divide_task",
    "endorse_amendment",
    "entrust_tasks",
    "file_milestones",
    "file_monthly_plan",
    "join_items",
    "keep_duty",
    "leave_out_item",
    "link_by_hand",
    "name_import_unit",
    "name_light",
    "object_to_duty",
    "propose_links",
    "refuse_amendment",
    "refuse_link",
    "register_import_units",
    "release_duty",
    "save_view",
    "send_back_milestones",
    "send_back_monthly_plan",
    "set_breakdown",
    "set_force_tasks",
    "set_sponsors",
    "set_threshold",
    "settle_import",
    "settle_item",
    "split_item",
    "sponsor_tasks",
    "start_county_import",
    "start_import",
    "take_back_item",
    "withdraw_amendment",
    "withdraw_import",
]
