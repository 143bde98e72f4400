"""Facts in, an assessment out. Pure: no clock, no database; `today` and the month are arguments.

A month is its first day (`date(2026, 6, 1)`); an `Observation` for June is the figure known for the period that ends
with June (for a flow: January to June, cumulative).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duixian.reading import Accrual, Comparator, Polarity, QuantityKind, Stage


class Grade(StrEnum):
    """评价等次, in words."""

    COMPLETED = "COMPLETED"
    AHEAD = "AHEAD"
    ON_PACE = "ON_PACE"
    BEHIND = "BEHIND"
    NOT_REPORTED = "NOT_REPORTED"
    OTHER = "OTHER"


class Light(StrEnum):
    """亮灯. OTHER has none."""

    RED = "RED"
    YELLOW = "YELLOW"
    GREEN = "GREEN"
    BLUE = "BLUE"
    GREY = "GREY"


class OtherReason(StrEnum):
    """Why a part has no pace: not due yet, no plan filed, no baseline, figure not published yet, nothing measurable."""

    NOT_DUE = "NOT_DUE"
    NO_PLAN = "NO_PLAN"
    NO_BASELINE = "NO_BASELINE"
    NOT_PUBLISHED = "NOT_PUBLISHED"
    NO_COUNTERPART = "NO_COUNTERPART"


class PaceSource(StrEnum):
    """Where the expected pace came from."""

    MONTHLY_PLAN = "MONTHLY_PLAN"
    LAST_YEAR = "LAST_YEAR"
    CALENDAR = "CALENDAR"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where lights change; rows a city can change. Ratios are actual/expected, points are percentage points."""

    on_pace_ratio: Decimal = Decimal("1")
    ahead_ratio: Decimal = Decimal("1.1")
    yellow_ratio: Decimal = Decimal("0.9")
    ahead_points: Decimal = Decimal("0.5")
    yellow_points: Decimal = Decimal("0.5")
    # 左右: how far from the figure is still "about", as a share of the target for amounts and in points for percents
    near_above_ratio: Decimal = Decimal("0.05")
    near_below_ratio: Decimal = Decimal("0.05")
    near_above_points: Decimal = Decimal("0.5")
    near_below_points: Decimal = Decimal("0.5")
    node_warning_days: int = 15
    not_reported_counts_as_red: bool = False


@dataclass(frozen=True, slots=True)
class Observation:
    """A value known for the period that ends with `month`."""

    month: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """All that is known of one target. `monthly_plan` is the approved one: cumulative (flow) or level by month.

    `last_year` is the same series last year, cumulative by month (any year; only month numbers matter).
    `available_until` is the last month whose figure can be known today (publication lag); None means no lag.
    `members` maps a member's name to its own observations for a per-member target.
    `against` is the other series of a relation; `against_name` its name. A relation has `value` None (or an offset in points).
    """

    name: str
    unit: str
    comparator: Comparator
    kind: QuantityKind
    polarity: Polarity
    accrual: Accrual
    value: Decimal | None
    value_max: Decimal | None = None
    stage: Stage | None = None
    due_on: date | None = None
    year: int = 0
    strive: bool = False
    at_all_times: bool = False
    is_statistic: bool = False
    baseline: Decimal | None = None
    monthly_plan: Mapping[date, Decimal] | None = None
    last_year: Mapping[date, Decimal] | None = None
    observations: Sequence[Observation] = ()
    available_until: date | None = None
    against: Sequence[Observation] | None = None
    against_name: str = ""
    members: Mapping[str, Sequence[Observation]] | None = None


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """A node due by a date: a milestone the unit filed, or the outcome itself (its stage reached by its limit)."""

    name: str
    due_on: date
    done_on: date | None = None
    will_be_met: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """A promised state of an object and the nodes on the way to it; `implied` = the limit is the year's end, unwritten."""

    name: str
    stage: Stage
    due_on: date
    implied: bool = False
    reached_on: date | None = None
    will_be_met: bool = False
    milestones: Sequence[NodeFacts] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a part (or a task) is graded, and why in words and figures.

    `ratio` is compared as the rule of its accrual says; `gap` is in points or in the unit; `expected` and `actual` in the
    target's unit of measure; `reason` one Chinese sentence without a full stop at its end.
    """

    grade: Grade
    light: Light | None
    reason: str
    other: OtherReason | None = None
    expected: Decimal | None = None
    actual: Decimal | None = None
    ratio: Decimal | None = None
    gap: Decimal | None = None
    days_late: int | None = None
    days_early: int | None = None
    pace_source: PaceSource | None = None
    data_month: date | None = None
    worst_member: str | None = None
    members_done: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)
