"""The ledger of projects: what each is, its year's plan, its progress, its nodes, and the promises it serves."""

from duixian.projects.models.importing import ProjectSheet
from duixian.projects.models.measure import MeasureBinding
from duixian.projects.models.progress import ProjectMilestone, ProjectProgress, ProjectYear
from duixian.projects.models.project import Project

__all__ = ["MeasureBinding", "Project", "ProjectMilestone", "ProjectProgress", "ProjectSheet", "ProjectYear"]
