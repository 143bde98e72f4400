"""A sheet's rows against the ledger: which project a row means, what it changes, whether it tells anything new."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import ProjectKind, ProjectStage
from duixian.projects.models import Project, ProjectSheet
from duixian.projects.sheet import DAYS, MONEYS, UNITS, LedgerRow
from duixian.units.models import Government, Unit


def is_news(project: Project, row: LedgerRow, year: int) -> bool:
    """Whether the row tells anything that was not told last; a sheet uploaded twice tells nothing new."""
    last = project.progress.first()
    told = (last.invested, last.words) if last is not None and last.on.year == year else (None, "")
    said = (row.invested if row.invested is not None else told[0], row.words or told[1])
    return said != told


def known_project(government: Government, entry: ProjectEntry) -> Project | None:
    """The project a row means: by its number, else by its name."""
    active = Project.objects.filter(government=government, is_active=True)
    found = active.filter(number=entry.number).first() if entry.number else None
    return found or active.filter(name=entry.name).first()


def changes_of(project: Project, entry: ProjectEntry, year: int) -> dict[str, tuple[Any, Any]]:
    """Field -> (before, after) of what a row changes."""
    changes = {
        name: (getattr(project, name), value) for name, value in entry.said().items() if getattr(project, name) != value
    }
    row = project.years.filter(year=year).first()
    before = row.planned_investment if row else None
    if entry.planned_investment is not None and entry.planned_investment != before:
        changes["planned_investment"] = (before, entry.planned_investment)
    return changes


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
