"""A project in a year's plan, and what was said of it in words; parts of other commands."""

from decimal import Decimal
from typing import Any

from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import ProjectKind
from duixian.projects.models import Project, ProjectYear


def set_planned_investment(project: Project, year: int, planned: Decimal | None, standing: ProjectYear | None) -> None:
    """Put the project into the year's plan, where `standing` is what the plan has; part of the commands above.

    A reserve is in none until it has a figure.
    """
    if standing is None:
        if planned is not None or project.kind != ProjectKind.RESERVE:
            ProjectYear.objects.create(project=project, year=year, planned_investment=planned)
    elif planned is not None and planned != standing.planned_investment:
        standing.planned_investment = planned
        standing.save(update_fields=["planned_investment"])


def as_text(entry: ProjectEntry) -> dict[str, Any]:
    """What was said, for the trail."""
    words = {name: str(value) for name, value in entry.said().items()}
    return words | ({"planned_investment": str(entry.planned_investment)} if entry.planned_investment else {})
