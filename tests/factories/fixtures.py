"""Fixtures on the cast; a folder that wants them imports them in its conftest."""

import pytest

from duixian.units.models import Account
from tests.cast import Cast, build_cast
from tests.factories.counties import Counties, set_counties
from tests.factories.play import Stage, set_stage
from tests.factories.snapshot import once


def fresh(account: Account) -> Account:
    """The person as a new request would know them: roles are read once a request."""
    return Account.objects.get(pk=account.pk)


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, in an otherwise empty installation."""
    return once("cast", build_cast)


@pytest.fixture
def stage(db: None) -> Stage:
    """The cast, and the list of every kind adopted; nothing reported."""
    return once("stage", lambda: set_stage(build_cast()))


@pytest.fixture
def counties(db: None) -> Counties:
    """The cast, a city's list and the plans of two counties, compared."""
    return once("counties", lambda: set_counties(build_cast()))


__all__ = ["cast", "counties", "fresh", "stage"]
