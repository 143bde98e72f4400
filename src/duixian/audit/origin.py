"""From where an act came: set once at the edge (request, command line, job), read when an entry is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_origin: ContextVar[str] = ContextVar("audit_origin", default="")


def current_origin() -> str:
    """Such as "网页 10.1.2.3" or "命令行"; empty where no edge has said so (tests of a single command)."""
    return _origin.get()


@contextmanager
def acting_from(origin: str) -> Iterator[None]:
    """All entries written inside carry this origin."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
