"""The stage with some months behind it, a clock that stands still, and a browser window for each person."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from duixian.reporting.models import Round
from duixian.units.models import Account
from tests.cast import at
from tests.factories.fixtures import cast, counties, stage
from tests.factories.play import Stage, content_for

__all__ = ["cast", "counties", "stage"]

# the June round is open until 7 July
NOW = at(7, 6, 9)
Visit = Callable[[Account], Client]


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


@pytest.fixture
def may(stage: Stage) -> Round:
    """May taken and locked: jobs 1.0, all roads under way, spirit of enterprise silent."""
    round = stage.open(5)
    for name in ("gdp", "prices", "resuming", "jobs", "income", "coverage", "roads"):
        task = stage.task(name)
        stage.approve(round, task, content_for(task, "1"))
    stage.lock(round)
    return round


@pytest.fixture
def june(stage: Stage, may: Round) -> Round:
    """June open, nothing reported yet."""
    return stage.open(6)
