"""Patterns that are compiled when they are first asked for.

The reader has several hundred, one document needs some of them, and to compile them all takes longer than to read a
list of 177 tasks. To the type checker `lazy` is `re.compile`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    lazy = re.compile
else:

    class lazy:  # noqa: N801 - it stands for a function
        """As `re.compile`; what is asked of it is kept, so that it costs nothing after the first time."""

        __slots__ = ("_flags", "_written", "findall", "finditer", "fullmatch", "match", "search", "split", "sub")

        def __init__(self, written: str | bytes, flags: int = 0) -> None:
            self._written, self._flags = written, flags

        def __getattr__(self, name: str) -> Any:
            """Reached only while a method is not yet kept, or for what is asked too seldom to be kept."""
            compiled = re.compile(self._written, self._flags)
            for method in lazy.__slots__[2:]:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)


__all__ = ["lazy"]
