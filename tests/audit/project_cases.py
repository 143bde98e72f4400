"""What the commands on projects need, for the examples of every command."""

from datetime import date
from decimal import Decimal
from typing import Any

from duixian.projects.commands import bind_measure, enter_project, set_milestones, stage_sheet
from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import Measure, ProjectKind
from duixian.projects.models import Project
from duixian.projects.sheet import LedgerRow
from tests.cast import FOUNDER, SET_UP, at
from tests.factories.play import Stage

ENTRY = ProjectEntry("云溪机场", kind=ProjectKind.NEW, planned_investment=Decimal(100))


def project(stage: Stage) -> Project:
    """One that the building department follows in the county."""
    entry = ProjectEntry("幸福桥", county=stage.cast.county.unit, lead_unit=stage.cast.building.unit)
    return enter_project(government=stage.cast.city, entry=entry, year=2026, actor=FOUNDER, now=SET_UP)


def entered(stage: Stage) -> dict[str, Any]:
    """A project, by its argument's name."""
    return {"project": project(stage)}


def to_change(stage: Stage) -> dict[str, Any]:
    """A project and what is now known of it."""
    return entered(stage) | {"entry": ProjectEntry("幸福桥", owner="城投公司"), "year": 2026}


def sheet_rows(stage: Stage) -> dict[str, Any]:
    """A sheet of one row."""
    rows = [LedgerRow(3, ENTRY, Decimal(10), "开工")]
    return {"government": stage.cast.city, "file_name": "台账.xlsx", "year": 2026, "rows": rows}


def staged(stage: Stage) -> dict[str, Any]:
    """A sheet that was looked at."""
    return {"sheet": stage_sheet(**sheet_rows(stage), actor=stage.cast.office_staff, now=SET_UP)}


def node(stage: Stage) -> dict[str, Any]:
    """A node not yet reached."""
    made = set_milestones(project=project(stage), nodes=[("封顶", date(2026, 6, 30))], actor=FOUNDER, now=at(2, 1))
    return {"milestone": made[0], "on": date(2026, 3, 1)}


def bound(stage: Stage) -> dict[str, Any]:
    """A promise measured from the ledger."""
    target = stage.target("resuming")
    bind_measure(target=target, measure=Measure.RESUMPTION_RATE, actor=FOUNDER, now=SET_UP)
    return {"target": target}
