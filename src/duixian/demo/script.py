"""What will happen in a demonstration, whoever wrote it: a story told by hand, or a simulation of a real list.

Ids are those of the register. Nothing here acts; `stocktake`, `filing` and `setting` turn it into commands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duixian.indicators.enums import Frequency, ValueStatus

Values = Mapping[date, Decimal | None]


class Noticed(StrEnum):
    """Who finds a first version wanting: the unit's head before signing, the office, or the unit once approved."""

    UNIT = "UNIT"
    OFFICE = "OFFICE"
    LATER = "LATER"


@dataclass(frozen=True, slots=True)
class Course:
    """One series as its unit reports it: value by month (None was left blank), or by member and month."""

    values: Values = field(default_factory=dict)
    members: Mapping[int, Values] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """How a statistic comes out."""

    indicator_id: int
    frequency: Frequency
    lag_days: int
    responsible_unit_id: int


@dataclass(frozen=True, slots=True)
class Release:
    """A figure entered by the unit responsible for it, outside any report."""

    indicator_id: int
    month: date
    value: Decimal
    status: ValueStatus
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class PlanFiling:
    """A monthly plan and the day its unit files it."""

    target_id: int
    figures: Mapping[date, Decimal]
    on: date


@dataclass(frozen=True, slots=True)
class NodeCourse:
    """A node as filed and the day it is reached; None: never in this story."""

    name: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class OutcomeCourse:
    """An outcome's way: the nodes filed for it, the day it is reached, and why it is late."""

    outcome_id: int
    nodes: tuple[NodeCourse, ...] = ()
    filed_on: date | None = None
    starts_on: date | None = None
    reached_on: date | None = None
    late: str = ""


@dataclass(frozen=True, slots=True)
class Habit:
    """On which working day of a round a unit sends up (0 is the first), and whether it keeps a draft before."""

    days: tuple[int, int] = (0, 2)
    keeps_draft: bool = False
    is_terse: bool = False


@dataclass(frozen=True, slots=True)
class FirstVersion:
    """What a report said before it was mended; figures not named were right from the start."""

    noticed_by: Noticed
    note: str
    account: str = ""
    figures: Mapping[int, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A blocker: told in the reports from `first` on, closed in `closed` with how."""

    text: str
    first: date
    reason: str
    closed: date | None = None
    how: str = ""


@dataclass(slots=True)
class Script:
    """Everything that will happen to one plan."""

    courses: dict[int, Course] = field(default_factory=dict)
    publications: list[Publication] = field(default_factory=list)
    # known before the year began: last year's months and levels
    history: dict[int, dict[date, Decimal]] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)
    plans: dict[int, PlanFiling] = field(default_factory=dict)
    # by target: what is expected by the end of each month, for the words of a report
    expected: dict[int, dict[date, Decimal]] = field(default_factory=dict)
    outcomes: dict[int, OutcomeCourse] = field(default_factory=dict)
    # by unit
    habits: dict[int, Habit] = field(default_factory=dict)
    silent: set[tuple[int, date]] = field(default_factory=set)
    late: dict[tuple[int, date], int] = field(default_factory=dict)
    # by task
    first_versions: dict[tuple[int, date], FirstVersion] = field(default_factory=dict)
    obstacles: dict[int, Obstacle] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    catching_up: dict[int, date] = field(default_factory=dict)
    # how far the last month's report has come when the demonstration begins; a task not named goes its natural way
    standing: dict[int, str] = field(default_factory=dict)
