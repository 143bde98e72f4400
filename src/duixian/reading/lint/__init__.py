"""What a drafter should mend before a list is printed: `lint(reading)` returns findings, each with a proposal.

Pure, like the reader: it looks at a `Reading` and the words in words.toml, never at a file, a database or a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model import Reading
from .counts import counts_that_do_not_add_up
from .duties import counties_as_departments, objects_under_two_leads, tasks_without_lead
from .ends import tasks_without_end
from .figures import figures_without_base, figures_without_unit, parts_beyond_the_whole
from .limits import tasks_without_limit
from .model import Finding
from .twice import tasks_named_twice

__all__ = ["Finding", "lint"]

_CHECKS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    counts_that_do_not_add_up,
    counties_as_departments,
    tasks_without_lead,
    tasks_named_twice,
    objects_under_two_leads,
    parts_beyond_the_whole,
    figures_without_unit,
    figures_without_base,
    tasks_without_limit,
    tasks_without_end,
)


def lint(reading: Reading) -> tuple[Finding, ...]:
    """All findings about a document, in the order of its text; those about the whole document come first."""
    found = [finding for check in _CHECKS for finding in check(reading)]
    return tuple(sorted(found, key=lambda f: (f.task is not None, f.span[0] if f.span else -1)))
