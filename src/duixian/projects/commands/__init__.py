"""Everything that writes in the ledger of projects."""

from duixian.projects.commands.importing import apply_sheet, stage_sheet
from duixian.projects.commands.keep import change_project, drop_project, enter_project, link_projects, link_tasks
from duixian.projects.commands.measures import bind_measure, unbind_measure
from duixian.projects.commands.tell import mark_milestone_done, record_progress, set_milestones

__all__ = [
    "apply_sheet",
    "bind_measure",
    "change_project",
    "drop_project",
    "enter_project",
    "link_projects",
    "link_tasks",
    "mark_milestone_done",
    "record_progress",
    "set_milestones",
    "stage_sheet",
    "unbind_measure",
]
