"""Plans, the documents they come from, their tasks and what each task promises."""

from duixian.register.models.force import TaskForceTask, TaskSponsor
from duixian.register.models.importing import Correction, ImportDraft, ImportItem
from duixian.register.models.node import Milestone, Outcome, Part
from duixian.register.models.plan import Plan, Section, SourceDocument, Threshold
from duixian.register.models.search import SearchText
from duixian.register.models.target import MonthlyPlan, MonthlyPlanFigure, Target
from duixian.register.models.task import Task, TaskParty
from duixian.register.models.view import SavedView

__all__ = [
    "Correction",
    "ImportDraft",
    "ImportItem",
    "Milestone",
    "MonthlyPlan",
    "MonthlyPlanFigure",
    "Outcome",
    "Part",
    "Plan",
    "SavedView",
    "SearchText",
    "Section",
    "SourceDocument",
    "Target",
    "Task",
    "TaskForceTask",
    "TaskParty",
    "TaskSponsor",
    "Threshold",
]
