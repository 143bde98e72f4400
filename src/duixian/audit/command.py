"""The mould of every act that changes something."""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from duixian.audit.holding import chain_end, holding_end

Act = TypeVar("Act", bound=Callable[..., Any])


class CommandError(Exception):
    """A command refused: `message` is one Chinese line for the person (what, where, what to do).

    CommandError
    ├── NotAllowed      this person may not do this
    ├── InvalidInput    a field is wrong; `field` names it
    ├── WrongState      the thing's state does not allow it now
    └── Conflict        somebody else changed it in between
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(CommandError):  # noqa: N818 - reads as what happened
    """This person may not do this."""


class InvalidInput(CommandError):  # noqa: N818
    """One or more fields are wrong; `fields` maps a field's name to its message."""

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class WrongState(CommandError):  # noqa: N818
    """The thing's state does not allow this now."""


class Conflict(CommandError):  # noqa: N818
    """Somebody else changed it since it was opened."""


def command(act: Act) -> Act:
    """Run `act` in one transaction and insist that it left an audit entry there.

    A command takes keyword arguments only, among them `actor` and `now` (aware). Commands may call commands.
    It holds the chain's end from its start, so that commands run one after the other on every database: what one
    has checked (an open round, a state) still holds when it writes, and two cannot wait for each other.
    """

    @functools.wraps(act)
    def wrapper(**arguments: Any) -> Any:
        _check_edge(arguments)
        with holding_end(), transaction.atomic():
            before = chain_end().count
            result = act(**arguments)
            if chain_end().count == before:
                raise RuntimeError(f"{act.__name__} left no audit entry")
            return result

    wrapper.is_command = True  # type: ignore[attr-defined]
    return wrapper  # type: ignore[return-value]


def _check_edge(arguments: dict[str, Any]) -> None:
    now = arguments.get("now")
    if not isinstance(now, datetime) or now.tzinfo is None:
        raise TypeError("a command needs an aware `now`")
    if arguments.get("actor") is None:
        raise TypeError("a command needs an `actor`")
