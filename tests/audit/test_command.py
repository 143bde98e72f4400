"""The mould of commands: one transaction, one entry at least, and writers that stand in one line."""

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, connections

from duixian.audit.actors import COMMAND_LINE, Actor
from duixian.audit.command import command
from duixian.audit.models import AuditEntry, AuditHead
from duixian.audit.trail import record, verify
from duixian.units.models import Government
from tests.cast import at

NOW = at(3, 1)
WRITERS = 4
ACTS_EACH = 6


@command
def found(*, name: str, actor: Actor, now: datetime, fails: bool = False) -> Government:
    """Found a government, and trip afterwards if told so."""
    government = Government.objects.create(name=name, level="CITY", office_name="督查室")
    record(actor=actor, now=now, action="found", target=government)
    if fails:
        raise RuntimeError("tripped")
    return government


@command
def found_in_silence(*, name: str, actor: Actor, now: datetime) -> Government:
    """An act that forgets its entry."""
    return Government.objects.create(name=name, level="CITY", office_name="督查室")


@pytest.mark.django_db
def test_a_command_returns_what_its_act_returns_and_leaves_its_entry() -> None:
    government = found(name="云溪市", actor=COMMAND_LINE, now=NOW)
    assert AuditEntry.objects.get().object_id == str(government.pk)
    assert found.is_command


@pytest.mark.django_db
def test_a_command_that_records_nothing_fails_and_leaves_nothing() -> None:
    with pytest.raises(RuntimeError, match="no audit entry"):
        found_in_silence(name="云溪市", actor=COMMAND_LINE, now=NOW)
    assert not Government.objects.exists()


@pytest.mark.django_db
def test_what_fails_after_its_entry_takes_act_and_entry_back() -> None:
    found(name="云溪市", actor=COMMAND_LINE, now=NOW)
    with pytest.raises(RuntimeError, match="tripped"):
        found(name="白川市", actor=COMMAND_LINE, now=NOW, fails=True)
    assert Government.objects.count() == AuditEntry.objects.count() == AuditHead.objects.get().count == 1
    assert verify().broken_number is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"now": datetime(2026, 3, 1)},
        {"now": None},
        {"actor": None},
    ],
)
def test_a_command_needs_an_actor_and_an_aware_now(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        found(**{"name": "云溪市", "actor": COMMAND_LINE, "now": NOW, **wrong})
    assert not Government.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_stand_in_one_line() -> None:
    """Also the very first entries, when there is no head to lock yet."""
    failures: list[BaseException] = []
    start = threading.Barrier(WRITERS)

    def write(writer: int) -> None:
        try:
            start.wait()
            for act in range(ACTS_EACH):
                found(name=f"市{writer}-{act}", actor=COMMAND_LINE, now=NOW)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert Government.objects.count() == AuditEntry.objects.count() == WRITERS * ACTS_EACH
    assert list(AuditEntry.objects.values_list("number", flat=True)) == list(range(1, WRITERS * ACTS_EACH + 1))
    assert verify().broken_number is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_silent_command_is_found_out_even_while_others_write() -> None:
    """On PostgreSQL others commit in the middle of a command; their entries must not pass for its own."""
    let_go, others_done = threading.Event(), threading.Event()

    @command
    def slow_and_silent(*, actor: Actor, now: datetime) -> None:
        let_go.set()
        others_done.wait(1)

    def write() -> None:
        let_go.wait()
        found(name="云溪市", actor=COMMAND_LINE, now=NOW)
        others_done.set()
        connection.close()

    found(name="白川市", actor=COMMAND_LINE, now=NOW)
    other = threading.Thread(target=write)
    other.start()
    with pytest.raises(RuntimeError, match="no audit entry"):
        slow_and_silent(actor=COMMAND_LINE, now=NOW)
    other.join()
    assert verify().broken_number is None
