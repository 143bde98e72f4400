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
    # None below: no alarm on that side (a price rise under 2 % is none)
    near_above_ratio: Decimal = Decimal("0.05")
    near_below_ratio: Decimal | None = Decimal("0.05")
    near_above_points: Decimal = Decimal("0.5")
    near_below_points: Decimal | None = None
    # 同步: how far below the other series still counts as keeping step, in points
    in_step_points: Decimal = Decimal("0.5")
    node_warning_days: int = 15
    # a yearly count of whole pieces below this comes in too few pieces to be prorated; 0 switches the rule off
    few_pieces_below: Decimal = Decimal("12")
    not_reported_counts_as_red: bool = False
    # 层层加码: the counties' shares together are this much of the target or more
    over_allocation_ratio: Decimal = Decimal("1.2")
    # with fewer of the expected plans read than this share, a sum is incomplete and no gap
    enough_plans_ratio: Decimal = Decimal("0.8")


class Firmness(StrEnum):
    """How firm a published value is; a revised one is as firm as a final one. Only the like is compared."""

    ESTIMATED = "ESTIMATED"
    PRELIMINARY = "PRELIMINARY"
    SETTLED = "SETTLED"


@dataclass(frozen=True, slots=True)
class Observation:
    """A value known for the period that ends with `month`.

    `firm`: the period's values by firmness, for series that are compared with one another; empty where not known.
    """

    month: date
    value: Decimal
    firm: tuple[tuple[Firmness, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far from an "about" figure is still about, in the target's own unit; None below means no alarm there."""

    above: Decimal
    below: Decimal | None


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """All that is known of one target. `monthly_plan` is the approved one: cumulative (flow) or level by month.

    `last_year` is the same series last year, cumulative by month (any year; only month numbers matter); for a stock it
    is the level by month and must begin with the December before.
    `available_until` is the last month whose figure can be known today (publication lag); None means no lag.
    `members` maps a member's name to its own observations for a per-member target; `per` is what a member is (县区).
    `against` is the other series of a relation; `against_name` its name. A relation has `value` None (or an offset in
    points).
    `direction` "down": the figure is the size of a fall (下降10%, 压减5万吨), so observations count the fall too.
    `is_statistic` True says it is a statistic whatever its stage or size; otherwise stage and size decide.
    `tolerance` replaces the thresholds' tolerances of an "about" target. `will_be_met` is what the round's approved
    report says of a limit that nears. `at_all_times`: the figure is owed at every period, not at the end.
    Observations hold one value a month; a blank is left out, never a zero.
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
    per: str = ""
    direction: str | None = None
    tolerance: Tolerance | None = None
    will_be_met: bool = False


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """A node due by a date: a milestone the unit filed, or the outcome itself (its stage reached by its limit)."""

    name: str
    due_on: date
    done_on: date | None = None
    will_be_met: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """A promised state of an object and the nodes on the way to it; `implied`: its limit is the year's end."""

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

    `ratio` is compared as the rule of its accrual says; `gap` is in points or in the unit, negative where it falls
    short (for "about" figures: actual less expected); `expected` and `actual` are in the target's unit of measure,
    `expected` unrounded; `reason` is one Chinese sentence without a full stop at its end; `details` says more in words.
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
