"""Who may: every address of the console, by role, with an object of one's own unit and of another's.

An address without a row in who_may.csv fails, and so does a row that is not what happens. 200 is a page, 302 another
page, 404 does not exist for this person, 403 may not act, 405 is only for reading; 400, 409 and 422 refuse what was
left empty.
"""

from collections import Counter
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client

from tests.console import who_may
from tests.factories.play import Stage

# the columns of the table
ROLES = ("office_staff", "security_admin", "anonymous")


def answers(stage: Stage, role: str) -> dict[tuple[str, str, str], str]:
    """What the role gets at every address; whatever it did is undone."""
    things = who_may.set_things(stage)
    cookies = _cookies(stage, role)
    found = {}
    for name, side, method in who_may.wanted():
        client = Client(raise_request_exception=False)
        client.cookies.update(cookies)
        point = transaction.savepoint()
        response = client.generic(method, who_may.address(name, side, things))
        if response.streaming:
            # read to its end, which closes the file
            response.getvalue()
        found[name, side, method] = str(response.status_code)
        transaction.savepoint_rollback(point)
    return found


def _cookies(stage: Stage, role: str) -> SimpleCookie:
    """Signed in once; what a request does to the session is undone like everything else."""
    client = Client()
    if role != "anonymous":
        client.force_login(stage.cast.everybody[role])
    return client.cookies


def test_every_address_has_its_rows() -> None:
    told = Counter((row.name, row.side, row.method) for row in who_may.rows())
    assert told == Counter(who_may.wanted())


def test_every_row_speaks_of_every_role() -> None:
    assert {tuple(row.answers) for row in who_may.rows()} == {ROLES}


@pytest.mark.parametrize("role", ROLES)
def test_the_table_is_what_happens(role: str, stage: Stage) -> None:
    told = {(row.name, row.side, row.method): row.answers[role] for row in who_may.rows()}
    happened = answers(stage, role)
    wrong = {key: (told.get(key), answer) for key, answer in happened.items() if told.get(key) != answer}
    assert not wrong, "\n".join(f"{key}: told {said}, got {got}" for key, (said, got) in wrong.items())
