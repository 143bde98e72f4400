"""The cast, on the stage, with a few projects."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from duixian.projects.commands import enter_project
from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import ProjectKind
from duixian.projects.models import Project
from tests.cast import Cast, at
from tests.factories.fixtures import stage
from tests.factories.play import Stage

__all__ = ["stage"]

Enter = Callable[..., Project]
NOW = at(7, 6)


@pytest.fixture
def cast(stage: Stage) -> Cast:
    """Everybody on the stage."""
    return stage.cast


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """Take a project into the ledger as the office does."""

    def act(name: str, **said: object) -> Project:
        entry = ProjectEntry(
            **{  # type: ignore[arg-type]
                "name": name,
                "kind": ProjectKind.NEW,
                "county": cast.county.unit,
                "lead_unit": cast.building.unit,
                "planned_investment": Decimal(1000),
                "started_on": date(2026, 3, 1),
                **said,
            }
        )
        return enter_project(government=cast.city, entry=entry, year=2026, actor=cast.office_staff, now=NOW)

    return act
