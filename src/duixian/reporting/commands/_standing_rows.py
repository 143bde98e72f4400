"""Standings and changes as plain rows: what grading reads, compares and writes by the hundred thousand.

A model's instance costs as much as the whole assessment; these carry the same names and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from duixian.assessing import Grade
from duixian.assessing.wording import USUAL_LIGHTS, verdict_words
from duixian.reporting.models import GradeOverride, Standing
from duixian.reporting.models.standing import TASK_PART

if TYPE_CHECKING:
    from duixian.reporting.commands._standings import Graded, Moment

# what the column of a ratio holds
LARGEST_RATIO = Decimal(10) ** 12


@dataclass(slots=True)
class StandingRow:
    """A `Standing`, field by field."""

    id: int | None
    task_id: int
    part: str
    month: date
    grade: str
    light: str
    reason: str
    decided_by: str
    other: str
    expected: Decimal | None
    actual: Decimal | None
    ratio: Decimal | None
    gap: Decimal | None
    days_late: int | None
    days_early: int | None
    pace_source: str
    data_month: date | None
    promised_grade: str
    promised_light: str
    promised_reason: str
    judged_on: date | None
    assessed_at: datetime
    computed_grade: str = ""
    computed_light: str = ""
    computed_reason: str = ""

    @property
    def is_overridden(self) -> bool:
        """Whether it shows a person's word; what was computed stands beside."""
        return bool(self.computed_grade)

    @property
    def is_silent(self) -> bool:
        """Whether the lock found no report, whatever a person said of it later."""
        return Grade.NOT_REPORTED in (self.grade, self.computed_grade)


ROW_FIELDS = tuple(f.name for f in fields(StandingRow))
# where it stands, and when and by which day it was found, says nothing of what was found
found_in = attrgetter(
    *(f for f in ROW_FIELDS if f not in ("id", "task_id", "part", "month", "assessed_at", "judged_on"))
)


@dataclass(slots=True)
class ChangeRow:
    """A `GradeChange`, field by field."""

    task_id: int
    part: str
    month: date
    from_grade: str
    from_light: str
    to_grade: str
    to_light: str
    reason: str
    at: datetime
    report_id: int | None


def standing_row(
    graded: Graded, moment: Moment, override: GradeOverride | None, words: Mapping[str, str] = USUAL_LIGHTS
) -> StandingRow:
    """What an assessment leaves in the month; where a person's word stands for the task, with it in front.

    `words`: light -> what the plan calls it.
    """
    a, promised = graded.assessment, graded.promised
    row = StandingRow(
        id=None,
        task_id=graded.task.pk,
        part=graded.part,
        month=moment.month,
        grade=a.grade.value,
        light=a.light.value if a.light else "",
        reason=a.reason,
        decided_by=graded.decided_by,
        other=a.other.value if a.other else "",
        expected=_kept(a.expected),
        actual=_kept(a.actual),
        ratio=_kept_ratio(a.ratio),
        gap=_kept(a.gap),
        days_late=a.days_late,
        days_early=a.days_early,
        pace_source=a.pace_source.value if a.pace_source else "",
        data_month=a.data_month,
        promised_grade=promised.grade.value if promised else "",
        promised_light=promised.light.value if promised and promised.light else "",
        promised_reason=promised.reason if promised else "",
        judged_on=moment.judged_on,
        assessed_at=moment.now,
    )
    if override is not None and graded.part == TASK_PART:
        overlay(row, override, words)
    return row


def overlay(row: Standing | StandingRow, override: GradeOverride, words: Mapping[str, str]) -> None:
    """Put a person's word in place of what was computed, which stays beside it."""
    if not row.is_overridden:
        row.computed_grade, row.computed_light, row.computed_reason = row.grade, row.light, row.reason
    row.grade, row.light = override.grade, override.light
    computed = verdict_words(row.computed_grade, row.computed_light, words)
    row.reason = f"人工认定（{override.end_words}）：{override.reason}；测算为{computed}，{row.computed_reason}"


def uncover(row: Standing | StandingRow) -> None:
    """Show again what was computed."""
    row.grade, row.light, row.reason = row.computed_grade, row.computed_light, row.computed_reason
    row.computed_grade = row.computed_light = row.computed_reason = ""


def change_to(
    row: Standing | StandingRow,
    before: Standing | StandingRow | None,
    now: datetime,
    report_id: int | None = None,
    *,
    reason: str = "",
) -> ChangeRow:
    """The change from what stood before; `reason` where it is not the standing's own."""
    return ChangeRow(
        row.task_id,
        row.part,
        row.month,
        before.grade if before else "",
        before.light if before else "",
        row.grade,
        row.light,
        reason or row.reason,
        now,
        report_id,
    )


def _kept(value: Decimal | None) -> Decimal | None:
    """As many decimals as the column keeps."""
    return None if value is None else round(value, 6)


def _kept_ratio(ratio: Decimal | None) -> Decimal | None:
    """None for a ratio out of all measure (a trillion-fold): the reason tells it, the column does not hold it."""
    return None if ratio is None or abs(ratio) >= LARGEST_RATIO else _kept(ratio)
