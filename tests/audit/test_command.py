"""The mould of commands: one transaction, one entry at least, and writers that stand in one line."""

import threading
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from duixian.audit.actors import COMMAND_LINE, Actor
from duixian.audit.command import command
from duixian.audit.models import AuditEntry, AuditHead
from duixian.audit.trail import Verification, record, verify
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


@command
def found_several(*, names: list[str], fails: set[str], actor: Actor, now: datetime) -> None:
    """Found governments one after the other; those that fail are left out, and it says so once at the end."""
    for name in names:
        with suppress(RuntimeError):
            found(name=name, actor=actor, now=now, fails=name in fails)
    record(actor=actor, now=now, action="found_several", target=Government(pk=0))


@pytest.mark.django_db
@pytest.mark.parametrize("fails", [{"甲市"}, {"乙市"}, {"丙市"}, {"甲市", "乙市"}, {"甲市", "乙市", "丙市"}])
def test_an_inner_command_that_was_taken_back_leaves_no_gap(fails: set[str]) -> None:
    found_several(names=["甲市", "乙市", "丙市"], fails=fails, actor=COMMAND_LINE, now=NOW)
    assert Government.objects.count() == 3 - len(fails)
    assert verify() == Verification(4 - len(fails), AuditHead.objects.get().hash)


@pytest.mark.django_db
def test_the_end_is_read_once_however_many_commands_are_inside() -> None:
    found(name="云溪市", actor=COMMAND_LINE, now=NOW)
    with CaptureQueriesContext(connection) as queries:
        found_several(names=["甲市", "乙市", "丙市"], fails=set(), actor=COMMAND_LINE, now=NOW)
    assert sum(q["sql"].startswith("SELECT") and "audit_audithead" in q["sql"] for q in queries.captured_queries) == 1


@command
def found_and_take_back(*, actor: Actor, now: datetime) -> None:
    """An act whose only entry did not stand."""
    with suppress(RuntimeError), transaction.atomic():
        record(actor=actor, now=now, action="nothing", target=Government(pk=0))
        raise RuntimeError("tripped")


@pytest.mark.django_db
def test_an_entry_that_was_taken_back_counts_for_none() -> None:
    with pytest.raises(RuntimeError, match="no audit entry"):
        found_and_take_back(actor=COMMAND_LINE, now=NOW)
    assert not AuditEntry.objects.exists()


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
