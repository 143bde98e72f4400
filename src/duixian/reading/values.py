"""Values that a reading makes by the thousand and keeps to itself.

They are frozen dataclasses to the type checker, which refuses to set a field; the running program leaves the check out,
because it makes each of them four times slower to build. What the reader hands out (`model`) is frozen at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen: bool, slots: bool):
        """`dataclass`, equal and hashed by its fields, without the check on every field set."""
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["value"]
