"""Everything that writes to the register."""

from duixian.register.commands._attaching import Attachment
from duixian.register.commands.adopt import Adoption, adopt_reading
from duixian.register.commands.amend import (
    approve_amendment,
    ask_adjustment,
    ask_extension,
    endorse_amendment,
    refuse_amendment,
    withdraw_amendment,
)
from duixian.register.commands.bulk import entrust_tasks, sponsor_tasks
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
from duixian.register.commands.pace import (
    approve_milestones,
    approve_monthly_plan,
    file_milestones,
    file_monthly_plan,
    send_back_milestones,
    send_back_monthly_plan,
    set_threshold,
)
from duixian.register.commands.views import delete_view, save_view

__all__ = [
    "Adoption",
    "Attachment",
    "Definition",
    "acknowledge_duties",
    "adopt_reading",
    "approve_amendment",
    "approve_milestones",
    "approve_monthly_plan",
    "ask_adjustment",
    "ask_extension",
    "assign_tasks",
    "define_target",
    "delete_view",
    "divide_task",
    "endorse_amendment",
    "entrust_tasks",
    "file_milestones",
    "file_monthly_plan",
    "keep_duty",
    "object_to_duty",
    "refuse_amendment",
    "release_duty",
    "save_view",
    "send_back_milestones",
    "send_back_monthly_plan",
    "set_force_tasks",
    "set_sponsors",
    "set_threshold",
    "sponsor_tasks",
    "withdraw_amendment",
]
