"""What the latest document prints of a promise: the first one's figure, or that of a later version taken over since.

An adjustment somebody asked for does not count here: the document goes on saying what it said. All of it uses a
prefetch of the amendments where there is one.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from duixian.register.models import ExtensionRequest, Outcome, Target, TargetAdjustment, Task

Kind = TypeVar("Kind", TargetAdjustment, ExtensionRequest)
# what to prefetch of tasks whose printed figures are asked for
PRINTED = ("targets__adjustments", "targets__extensions", "outcomes__extensions", "extensionrequests")


def printed_value(target: Target) -> tuple[Decimal | None, Decimal | None]:
    """The value and, of a range, its upper end, in the unit as printed."""
    last = _last(target.adjustments.all())
    return (last.value, last.value_max) if last else (target.value, target.value_max)


def printed_limit(thing: Target | Outcome | Task) -> date | None:
    """The limit; None where none is written, which means the year's end."""
    if isinstance(thing, Task):
        last = _last(e for e in thing.extensionrequests.all() if not (e.target_id or e.outcome_id))
        return last.due_on if last else thing.due_on
    last = _last(thing.extensions.all())
    return last.due_on if last else thing.due_on


def _last(amendments: Iterable[Kind]) -> Kind | None:
    by_document = [one for one in amendments if one.document_id]
    return max(by_document, key=lambda one: one.pk, default=None)
