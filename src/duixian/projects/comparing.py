"""A sheet's rows against the ledger: which project a row means, what it changes, whether it tells anything new."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import ProjectKind, ProjectStage
from duixian.projects.models import Project, ProjectSheet
from duixian.projects.queries import last_told, planned_investments
from duixian.projects.sheet import DAYS, MONEYS, UNITS, LedgerRow
from duixian.units.models import Government, Unit


class KnownLedger:
    """The active projects of a government in a year, as rows are held against them: three queries for a whole sheet."""

    def __init__(self, government: Government, year: int) -> None:
        projects = Project.objects.filter(government=government, is_active=True)
        self._by_name: dict[str, Project] = {}
        self._by_number: dict[str, Project] = {}
        self._called: dict[int, tuple[str, str]] = {}
        for project in projects.select_related("county", "lead_unit"):
            project.government = government
            self.take(project)
        self._planned = planned_investments(projects, year)
        self._told = last_told(projects)

    def take(self, project: Project) -> None:
        """Know a project by its name and number: one that has just been entered or changed."""
        name, number = self._called.get(project.pk, ("", ""))
        self._by_name.pop(name, None)
        self._by_number.pop(number, None)
        self._called[project.pk] = project.name, project.number
        self._by_name[project.name] = project
        if project.number:
            self._by_number[project.number] = project

    def find(self, entry: ProjectEntry) -> Project | None:
        """The project a row means: by its number, else by its name."""
        return self._by_number.get(entry.number) or self._by_name.get(entry.name)

    def changes(self, project: Project, entry: ProjectEntry) -> dict[str, tuple[Any, Any]]:
        """Field -> (before, after) of what a row changes."""
        own = {name: (getattr(project, name), value) for name, value in entry.said().items()}
        changes = {name: (before, after) for name, (before, after) in own.items() if before != after}
        planned = self._planned.get(project.pk)
        if entry.planned_investment is not None and entry.planned_investment != planned:
            changes["planned_investment"] = (planned, entry.planned_investment)
        return changes

    def is_news(self, project: Project, row: LedgerRow, year: int) -> bool:
        """Whether the row tells anything that was not told last; a sheet uploaded twice tells nothing new."""
        last = self._told.get(project.pk)
        told = (last.invested, last.words) if last is not None and last.on.year == year else (None, "")
        said = (row.invested if row.invested is not None else told[0], row.words or told[1])
        return said != told


def rows_of(sheet: ProjectSheet) -> list[LedgerRow]:
    """The rows as they were read."""
    units = {u.pk: u for u in sheet.government.units.all()}
    return [_from_json(row, units) for row in sheet.rows]


def _from_json(row: dict[str, Any], units: dict[int, Unit]) -> LedgerRow:
    entry: dict[str, Any] = dict(row["entry"])
    for name in entry:
        if name in UNITS:
            entry[name] = units[entry[name]]
        elif name in MONEYS:
            entry[name] = Decimal(entry[name])
        elif name in DAYS:
            entry[name] = date.fromisoformat(entry[name])
    kind, stage = entry.pop("kind", None), entry.pop("stage", None)
    made = ProjectEntry(**entry)
    made = replace(made, kind=ProjectKind(kind) if kind else None, stage=ProjectStage(stage) if stage else None)
    return LedgerRow(row["number"], made, Decimal(row["invested"]) if row["invested"] else None, row["words"])
