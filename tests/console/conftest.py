"""The stage with some months behind it, a clock that stands still, and a browser window for each person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from duixian.reporting.models import Round
from duixian.units.models import Account
from tests.cast import at, build_cast
from tests.factories.fixtures import cast, counties
from tests.factories.play import Stage, content_for, set_stage
from tests.factories.snapshot import once

__all__ = ["cast", "counties"]

# the June round is open until 7 July
NOW = at(7, 6, 9)
Visit = Callable[[Account], Client]
# what a page says does not depend on the database; that every address answers on either is these modules' matter
ON_EITHER_DATABASE = {"test_who_may", "test_register", "test_register_views", "test_projects"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of pages run once, on SQLite, but for those that ask the database in every way a page does."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.stem not in ON_EITHER_DATABASE:
            item.add_marker("once")


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Monday, 6 July 2026, nine o'clock."""
    monkeypatch.setattr("duixian.console.shell.read_clock", lambda: NOW)
    return NOW


@pytest.fixture
def visit() -> Visit:
    """A signed-in browser window of a person."""

    def sign_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return sign_in


@dataclass(slots=True)
class Played:
    """The stage, and the rounds played on it so far."""

    stage: Stage
    may: Round | None = None
    june: Round | None = None


def _play(until: str) -> Played:
    """May taken and locked: jobs 1.0, all roads under way, spirit of enterprise silent. June open, nothing reported."""
    played = Played(set_stage(build_cast()))
    if until in ("may", "june"):
        played.may = played.stage.open(5)
        for name in ("gdp", "prices", "resuming", "jobs", "income", "coverage", "roads"):
            task = played.stage.task(name)
            played.stage.approve(played.may, task, content_for(task, "1"))
        played.may = played.stage.lock(played.may)
    if until == "june":
        played.june = played.stage.open(6)
    return played


@pytest.fixture
def played(db: None, request: pytest.FixtureRequest) -> Played:
    """As far as the test asks for it; played once, put back every other time."""
    until = next((name for name in ("june", "may") if name in request.fixturenames), "stage")
    return once(f"played-{until}", lambda: _play(until))


@pytest.fixture
def stage(played: Played) -> Stage:
    """The cast, and the list of every kind adopted."""
    return played.stage


@pytest.fixture
def may(played: Played) -> Round:
    """May, taken and locked."""
    assert played.may is not None
    return played.may


@pytest.fixture
def june(played: Played) -> Round:
    """June, open."""
    assert played.june is not None
    return played.june
