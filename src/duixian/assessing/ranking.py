"""Which of several assessments is the worst (docs/rules/task.md)."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Assessment, Grade, Light, OtherReason

# Lower is worse. What nobody has reported may hide anything but is not known to be red.
_ALARMS = {Light.RED: 0, Light.GREY: 1, Light.YELLOW: 2}
_GRADED = {Grade.ON_PACE: 0, Grade.AHEAD: 1}
# What somebody has to mend comes before what only has to be waited for.
_REASONS = {
    OtherReason.NO_PLAN: 0,
    OtherReason.NO_BASELINE: 1,
    OtherReason.NO_COUNTERPART: 2,
    OtherReason.NOT_PUBLISHED: 3,
    OtherReason.NOT_DUE: 4,
}


def worst_index(parts: Sequence[Assessment]) -> int:
    """The index of the worst part; of equals the first. Alarms, then pace, then no pace, then done (late first).

    A part without pace comes before a finished one: half of a promise kept is not the promise kept.
    Raises ValueError when there are no parts.
    """
    return min(range(len(parts)), key=lambda index: _badness(parts[index]))


def is_done(part: Assessment) -> bool:
    """Whether a part is 已完成."""
    return part.grade is Grade.COMPLETED


def _badness(part: Assessment) -> tuple[int, int]:
    if part.grade is Grade.COMPLETED:
        return 3, -(part.days_late or 0)
    if part.light in _ALARMS:
        return 0, _ALARMS[part.light]
    if part.grade in _GRADED:
        return 1, _GRADED[part.grade]
    return 2, _REASONS[part.other] if part.other is not None else len(_REASONS)
