"""Who may: every address of the console, by role, with an object of one's own and of others.

An address without a row in who_may.csv fails, and so does a row that is not what happens. 200 is a page, 302 another
page, 404 does not exist for this person, 403 may not act on what one sees, 405 is only for reading; 400, 409 and 422
refuse what was left empty.

What is opened is read as well: no page and no file speaks of what its reader may not see.
"""

from collections import Counter
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from duixian.audit.models import AuditEntry
from duixian.config import urls
from tests.console import who_may
from tests.console.who_may_scene import Scene, build_scene
from tests.console.words import ALL, KNOWS, READS_ALL, words_of
from tests.factories.snapshot import once


@pytest.fixture(autouse=True)
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the answer is asked for here: half of all answers is a page that says there is none."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponse(status=404), raising=False)


@pytest.fixture
def scene(db: None) -> Scene:
    """Built once, put back for every role."""
    return once("who-may", build_scene)


OK = 200
# these change nothing, whatever they send
SILENT = {"auditor", "locked", "anonymous"}


def answers(scene: Scene, role: str) -> tuple[dict[tuple[str, str, str], str], dict[str, set[str]]]:
    """What the role gets at every address, and the words of its own (or of others) that stand in each page and file it
    has; whatever it did is undone."""
    client = Client(raise_request_exception=False)
    person = scene.people[role]
    if person is not None:
        client.force_login(person)
    cookies, found = client.cookies, {}
    read: dict[str, set[str]] = {}
    entries = AuditEntry.objects.count()
    for name, side, method in who_may.wanted():
        # what a request does to the session is undone like everything else
        client.cookies = SimpleCookie(cookies.output(header=""))
        point = transaction.savepoint()
        send = client.post if method == "POST" else client.get
        # a form with nothing it knows in it: whoever may send it is told what is missing
        address = reverse(name, kwargs=scene.things[name][side] if side else {})
        response = send(address, {"sent": "1"})
        # a stream is read to its end, which closes the file
        if response.streaming or (method == "GET" and response.status_code == OK and role in KNOWS):
            words = words_of(response)
            read[address] = {word for word in ALL if word in words}
        found[name, side, method] = str(response.status_code)
        assert role not in SILENT or AuditEntry.objects.count() == entries, f"{method} {name} {side}"
        transaction.savepoint_rollback(point)
    return found, read


def test_every_address_has_its_rows() -> None:
    told = Counter((row.name, row.side, row.method) for row in who_may.rows())
    assert told == Counter(who_may.wanted())


def test_every_row_speaks_of_every_role() -> None:
    assert {tuple(row.answers) for row in who_may.rows()} == {who_may.ROLES}


# on a second database one of each kind is enough: the office, a unit, a county, another government
TWICE = {"office_staff", "partner_liaison", "county_liaison", "elsewhere"}
EACH = [pytest.param(role, marks=[] if role in TWICE else pytest.mark.once) for role in who_may.ROLES]


@pytest.mark.parametrize("role", EACH)
def test_the_table_is_what_happens(role: str, scene: Scene) -> None:
    told = {(row.name, row.side, row.method): row.answers[role] for row in who_may.rows()}
    happened, read = answers(scene, role)
    wrong = {key: (told.get(key), answer) for key, answer in happened.items() if told.get(key) != answer}
    assert not wrong, "\n".join(f"{key}: told {said}, got {got}" for key, (said, got) in wrong.items())
    knows = KNOWS.get(role, ALL)
    others = {address: words - knows for address, words in read.items() if words - knows}
    assert not others
    assert role not in READS_ALL or set().union(*read.values()) == knows
