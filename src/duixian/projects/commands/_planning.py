"""A project in a year's plan, and what was said of it in words; parts of other commands."""

from decimal import Decimal
from typing import Any

from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import ProjectKind
from duixian.projects.models import Project, ProjectYear


def set_planned_investment(project: Project, year: int, planned: Decimal | None) -> None:
    """Put the project into the year's plan; part of the commands above. A reserve is in none until it has a figure."""
    if planned is not None:
        ProjectYear.objects.update_or_create(project=project, year=year, defaults={"planned_investment": planned})
    elif project.kind != ProjectKind.RESERVE:
        ProjectYear.objects.get_or_create(project=project, year=year)


def as_text(entry: ProjectEntry) -> dict[str, Any]:
    """What was said, for the trail."""
    words = {name: str(value) for name, value in entry.said().items()}
    return words | ({"planned_investment": str(entry.planned_investment)} if entry.planned_investment else {})
