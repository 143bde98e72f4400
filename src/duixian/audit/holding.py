"""The chain's end, locked: read once for a whole command, with all the commands inside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import transaction

from duixian.audit.models import AuditHead

HEAD_ID = 1
# in words of their own: every act asks for these two, and putting such a sentence together takes longer than its work
_END = 'SELECT "count", "hash" FROM audit_audithead WHERE id = %s'
_MOVE = 'UPDATE audit_audithead SET "count" = %s, "hash" = %s WHERE id = %s'


@dataclass(slots=True)
class _Held:
    """The end as this command knows it. `moved_in` are the savepoints that were open when it was read or moved last.

    As long as these are still open, nothing can have taken it back; once one has ended, the row is asked again.
    """

    head: AuditHead | None = None
    moved_in: tuple[str | None, ...] = ()


_held: ContextVar[_Held | None] = ContextVar("audit_held_end", default=None)


@contextmanager
def holding_end() -> Iterator[None]:
    """Around the transaction of a command: what stands at its end goes on standing in the command around it."""
    around = _held.get()
    if around is not None:
        yield
        around.moved_in = _savepoints()
        return
    token = _held.set(_Held())
    try:
        yield
    finally:
        _held.reset(token)


def chain_end() -> AuditHead:
    """The chain's end, held until the transaction ends."""
    held = _held.get()
    if held is None:
        return _locked_head()
    here = _savepoints()
    if held.head is None or here[: len(held.moved_in)] != held.moved_in:
        held.head, held.moved_in = _locked_head(), here
    return held.head


def move_end(head: AuditHead, count: int, digest: str) -> None:
    """Bring the end, as `chain_end` gave it, to an entry that was added."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(_MOVE, [count, digest, head.pk])
    head.count, head.hash = count, digest
    held = _held.get()
    if held is not None:
        held.moved_in = _savepoints()


def _savepoints() -> tuple[str | None, ...]:
    return tuple(transaction.get_connection().savepoint_ids)


def _locked_head() -> AuditHead:
    """The row itself; made where there is none yet."""
    found = _lock_row()
    if found is None:
        AuditHead.objects.get_or_create(pk=HEAD_ID)
        found = _lock_row()
        assert found is not None
    count, digest = found
    return AuditHead(pk=HEAD_ID, count=count, hash=digest)


def _lock_row() -> tuple[int, str] | None:
    connection = transaction.get_connection()
    locking = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_END + locking, [HEAD_ID])
        found: tuple[int, str] | None = cursor.fetchone()
    return found


def entries_so_far() -> int:
    """How long the trail is, without holding it: as long as it is no longer, no act has changed anything."""
    return AuditHead.objects.filter(pk=HEAD_ID).values_list("count", flat=True).first() or 0
