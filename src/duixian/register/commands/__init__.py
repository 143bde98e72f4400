"""Everything that writes to the register."""

from duixian.register.commands.adopt import Adoption, adopt_reading
from duixian.register.commands.duties import answer_part, divide_task
from duixian.register.commands.forces import set_force_tasks, set_sponsors
from duixian.register.commands.pace import (
    approve_milestones,
    approve_monthly_plan,
    file_milestones,
    file_monthly_plan,
    send_back_monthly_plan,
    set_threshold,
)
from duixian.register.commands.views import delete_view, save_view

__all__ = [
    "Adoption",
    "adopt_reading",
    "answer_part",
    "approve_milestones",
    "approve_monthly_plan",
    "delete_view",
    "divide_task",
    "file_milestones",
    "file_monthly_plan",
    "save_view",
    "send_back_monthly_plan",
    "set_force_tasks",
    "set_sponsors",
    "set_threshold",
]
