"""Plans, the documents they come from, their tasks and what each task promises."""

from duixian.register.models.alignment import AlignmentLink, NearestTask
from duixian.register.models.amendment import ExtensionRequest, TargetAdjustment
from duixian.register.models.breakdown import BreakdownItem
from duixian.register.models.duty import Assignment, Part
from duixian.register.models.force import TaskForceTask, TaskSponsor
from duixian.register.models.importing import Correction, ImportDraft, ImportItem
from duixian.register.models.node import Milestone, Outcome
from duixian.register.models.plan import LightName, Plan, PlanRules, Section, SourceDocument, Threshold
from duixian.register.models.search import SearchText
from duixian.register.models.target import MonthlyPlan, MonthlyPlanFigure, Target
from duixian.register.models.task import Task, TaskParty
from duixian.register.models.view import SavedView

__all__ = [
    "AlignmentLink",
    "Assignment",
    "BreakdownItem",
    "Correction",
    "ExtensionRequest",
    "ImportDraft",
    "ImportItem",
    "LightName",
    "Milestone",
    "MonthlyPlan",
    "MonthlyPlanFigure",
    "NearestTask",
    "Outcome",
    "Part",
    "Plan",
    "PlanRules",
    "SavedView",
    "SearchText",
    "Section",
    "SourceDocument",
    "Target",
    "TargetAdjustment",
    "Task",
    "TaskForceTask",
    "TaskParty",
    "TaskSponsor",
    "Threshold",
]
