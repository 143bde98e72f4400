"""Writing an entry and proving the chain."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from duixian.audit.actors import Actor
from duixian.audit.holding import HEAD_ID, chain_end, move_end
from duixian.audit.models import AuditEntry, AuditHead
from duixian.audit.origin import current_origin

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Verification:
    """What `duixian audit verify` found: `broken_number` is None for a sound chain."""

    count: int
    head: str
    broken_number: int | None = None
    why: str = ""


def record(
    *,
    actor: Actor,
    now: datetime,
    action: str,
    target: models.Model,
    label: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry about `target` in the transaction of the act itself.

    Raises RuntimeError outside a transaction: an entry that could survive its act alone would be a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit entry is written in the transaction of its act")
    head = chain_end()
    entry = AuditEntry(
        number=head.count + 1,
        at=now,
        actor_id=actor.audit_id,
        actor_name=actor.audit_name,
        actor_unit=actor.audit_unit,
        origin=current_origin()[:100],
        action=action,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        object_label=(label or str(target))[:200],
        before=canonical(before),
        after=canonical(after),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    move_end(head, entry.number, entry.hash)
    return entry


def canonical(value: dict[str, Any] | None) -> str:
    """One spelling for one content: sorted keys, no spaces, figures and dates as text."""
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over every field of the entry and the hash before it."""
    parts = [
        str(entry.number),
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.actor_unit,
        entry.origin,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.object_label,
        entry.before,
        entry.after,
        entry.previous_hash,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def verify() -> Verification:
    """Walk the chain from its first entry; stop at the first that does not fit.

    The head is read after the walk, and entries that were added meanwhile are walked too: people may go on working.
    """
    found = _walk(Verification(0, GENESIS))
    while found.broken_number is None:
        head = AuditHead.objects.filter(pk=HEAD_ID).first()
        count, last = (head.count, head.hash) if head else (0, GENESIS)
        if (count, last) == (found.count, found.head):
            break
        further = _walk(found)
        if further == found:
            parted = min(count, found.count) if head else found.count
            return Verification(parted, found.head, parted + 1, "链尾与记录不符：末尾的记录被删除或改动")
        found = further
    return found


def _walk(so_far: Verification) -> Verification:
    """From the entry after those already proved to the end or to the first fault."""
    previous, expected = so_far.head, so_far.count + 1
    for entry in AuditEntry.objects.filter(number__gt=so_far.count).order_by("number").iterator(chunk_size=2000):
        why = _fault(entry, expected, previous)
        if why:
            return Verification(expected - 1, previous, min(entry.number, expected), why)
        previous, expected = entry.hash, expected + 1
    return Verification(expected - 1, previous)


def _fault(entry: AuditEntry, expected: int, previous: str) -> str:
    if entry.number != expected:
        return f"缺第{expected}条"
    if entry.previous_hash != previous:
        return "与前一条的哈希不衔接"
    if entry_hash(entry) != entry.hash:
        return "内容与哈希不符：记录被改动"
    return ""
