"""A demonstration built inside one transaction of the test database, which is rolled back at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def rolled_back(blocker: Any) -> Iterator[None]:
    """Open the database for a whole module and leave nothing behind."""
    with blocker.unblock(), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def silent(line: str) -> None:
    """Nobody watches."""
