"""The chain: it verifies, and whatever is done to it behind the commands' back is found with its number."""

import json
from collections.abc import Callable
from datetime import UTC
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from duixian.audit.actors import COMMAND_LINE, SystemActor
from duixian.audit.models import AuditEntry, AuditHead
from duixian.audit.origin import acting_from
from duixian.audit.trail import GENESIS, HEAD_ID, canonical, entry_hash, record, verify
from duixian.units.models import Government
from tests.cast import at

NOW = at(3, 1)
ENTRIES = 5


@pytest.fixture
def subject(db: None) -> Government:
    return Government.objects.create(name="云溪市", level="CITY", office_name="督查室")


@pytest.fixture
def chain(subject: Government) -> list[AuditEntry]:
    """Five entries, nothing else in the trail."""
    with transaction.atomic():
        return [
            record(
                actor=COMMAND_LINE,
                now=NOW,
                action=f"act_{n}",
                target=subject,
                before={"value": n - 1},
                after={"value": n, "share": Decimal("0.10")},
            )
            for n in range(1, ENTRIES + 1)
        ]


def behind_the_back(sql: str, *parameters: object) -> None:
    """As whoever owns the database could."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_a_sound_chain_verifies_with_its_count_and_head(chain: list[AuditEntry]) -> None:
    found = verify()
    assert (found.broken_number, found.count, found.head) == (None, ENTRIES, chain[-1].hash)


def test_an_empty_trail_is_sound(db: None) -> None:
    found = verify()
    assert (found.broken_number, found.count, found.head) == (None, 0, GENESIS)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_id", "account:999"),
        ("actor_name", "别人"),
        ("actor_unit", "别的单位"),
        ("origin", "别处"),
        ("action", "other_act"),
        ("object_type", "register.task"),
        ("object_id", "999"),
        ("object_label", "别的"),
        ("before", '{"value":99}'),
        ("after", '{"value":99}'),
        ("at", "2026-03-02 00:00:00+00:00"),
    ],
)
def test_an_edited_field_is_found_with_its_number(chain: list[AuditEntry], column: str, value: str) -> None:
    behind_the_back(f"UPDATE audit_auditentry SET {column} = %s WHERE number = 3", value)
    found = verify()
    assert (found.broken_number, found.count) == (3, 2)
    assert "改动" in found.why


def test_an_edited_entry_with_its_hash_made_anew_is_found_where_the_chain_no_longer_joins(
    chain: list[AuditEntry],
) -> None:
    entry = chain[2]
    entry.after = '{"value":99}'
    behind_the_back(
        "UPDATE audit_auditentry SET after = %s, hash = %s WHERE number = 3", entry.after, entry_hash(entry)
    )
    found = verify()
    assert (found.broken_number, found.count) == (4, 3)
    assert "衔接" in found.why


def test_a_deleted_entry_in_the_middle_is_found(chain: list[AuditEntry]) -> None:
    behind_the_back("DELETE FROM audit_auditentry WHERE number = 3")
    found = verify()
    assert (found.broken_number, found.count) == (3, 2)
    assert "缺第3条" in found.why


@pytest.mark.parametrize(("kept", "missing"), [(4, 5), (2, 3), (0, 1)])
def test_entries_deleted_from_the_end_are_found(chain: list[AuditEntry], kept: int, missing: int) -> None:
    behind_the_back("DELETE FROM audit_auditentry WHERE number > %s", kept)
    found = verify()
    assert (found.broken_number, found.count) == (missing, kept)


def test_two_entries_that_changed_places_are_found(chain: list[AuditEntry]) -> None:
    behind_the_back("UPDATE audit_auditentry SET number = 99 WHERE number = 2")
    behind_the_back("UPDATE audit_auditentry SET number = 2 WHERE number = 3")
    behind_the_back("UPDATE audit_auditentry SET number = 3 WHERE number = 99")
    assert verify().broken_number == 2


def test_an_entry_smuggled_in_at_the_end_is_found(chain: list[AuditEntry]) -> None:
    forged = AuditEntry.objects.get(number=ENTRIES)
    forged.pk, forged.number, forged.previous_hash = None, ENTRIES + 1, forged.hash
    forged.hash = entry_hash(forged)
    AuditEntry.objects.bulk_create([forged])
    assert verify().broken_number == ENTRIES + 1


@pytest.mark.parametrize(("column", "value"), [("hash", "f" * 64), ("count", 4)])
def test_an_edited_head_is_found(chain: list[AuditEntry], column: str, value: object) -> None:
    behind_the_back(f"UPDATE audit_audithead SET {column} = %s", value)
    found = verify()
    assert found.broken_number is not None
    assert "链尾" in found.why


def test_a_deleted_head_is_found(chain: list[AuditEntry]) -> None:
    behind_the_back("DELETE FROM audit_audithead")
    assert verify().broken_number is not None


def test_the_first_of_several_faults_is_named(chain: list[AuditEntry]) -> None:
    behind_the_back("UPDATE audit_auditentry SET action = 'x' WHERE number IN (2, 4)")
    assert verify().broken_number == 2


def test_what_is_added_while_the_chain_is_walked_is_no_fault(
    chain: list[AuditEntry], subject: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody works on while the trail is verified: the entry that came after the walk began joins it."""
    heads = AuditHead.objects.filter
    added: list[AuditEntry] = []

    def filter_late(**conditions: object) -> object:
        if not added:
            with transaction.atomic():
                added.append(chain[0])
                added[0] = record(actor=COMMAND_LINE, now=NOW, action="late", target=subject)
        return heads(**conditions)

    monkeypatch.setattr(AuditHead.objects, "filter", filter_late)
    found = verify()
    assert (found.broken_number, found.count) == (None, ENTRIES + 1)
    assert found.head == added[0].hash


def test_an_entry_outside_a_transaction_is_refused(transactional_db: None) -> None:
    subject = Government.objects.create(name="云溪市", level="CITY", office_name="督查室")
    with pytest.raises(RuntimeError, match="transaction"):
        record(actor=COMMAND_LINE, now=NOW, action="act", target=subject)
    assert not AuditEntry.objects.exists()


def test_an_entry_keeps_names_origin_and_both_sides_as_text(subject: Government) -> None:
    with acting_from("网页 10.1.2.3"), transaction.atomic():
        record(
            actor=SystemActor("夜间任务"),
            now=NOW,
            action="act",
            target=subject,
            before=None,
            after={"甲": Decimal("1.50"), "on": NOW.date(), "b": None},
        )
    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.actor_name) == ("system:夜间任务", "系统（夜间任务）")
    assert entry.origin == "网页 10.1.2.3"
    assert (entry.object_type, entry.object_id, entry.object_label) == ("units.government", str(subject.pk), "云溪市")
    assert entry.before == ""
    assert json.loads(entry.after) == {"甲": "1.50", "on": "2026-03-01", "b": None}
    assert entry.at.astimezone(UTC) == NOW.astimezone(UTC)


def test_the_origin_ends_with_its_edge(subject: Government) -> None:
    with acting_from("网页"), transaction.atomic():
        record(actor=COMMAND_LINE, now=NOW, action="act", target=subject)
    with transaction.atomic():
        record(actor=COMMAND_LINE, now=NOW, action="act", target=subject)
    assert list(AuditEntry.objects.values_list("origin", flat=True)) == ["网页", ""]


def test_an_entry_is_neither_changed_nor_deleted_through_its_model(chain: list[AuditEntry]) -> None:
    tampering: list[Callable[[], object]] = [
        chain[0].save,
        chain[0].delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(action="x"),
    ]
    for act in tampering:
        with pytest.raises(TypeError):
            act()
    assert AuditEntry.objects.count() == ENTRIES
    assert verify().broken_number is None


def test_the_head_is_one_row(chain: list[AuditEntry]) -> None:
    head = AuditHead.objects.get()
    assert (head.pk, head.count, head.hash) == (HEAD_ID, ENTRIES, chain[-1].hash)


@given(st.dictionaries(st.text(max_size=5), st.none() | st.text() | st.integers()))
def test_canonical_content_is_one_line_of_json_whatever_people_type(value: dict[str, object]) -> None:
    """PostgreSQL takes no NUL in a text; nothing a person types may break the entry or be lost from it."""
    kept = canonical(value)
    assert json.loads(kept) == value
    assert "\x00" not in kept
    assert "\n" not in kept


def test_canonical_content_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": Decimal("1.0")}) == canonical({"a": Decimal("1.0"), "b": 1}) == '{"a":"1.0","b":1}'


def test_words_that_look_like_an_escape_survive(subject: Government) -> None:
    assert json.loads(canonical({"note": "写作\\u0000的字"})) == {"note": "写作\\u0000的字"}
