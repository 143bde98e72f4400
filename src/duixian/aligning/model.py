"""What an alignment is made of: one phrase of a plan, the links between two plans, and how far the city is carried.

The words of the enumerations are those `duixian align --json` prints and the register stores.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from duixian.reading import Accrual, Comparator, QuantityKind, Span, Stage


@dataclass(frozen=True, slots=True)
class Commitment:
    """One phrase of a plan: a figure, a promised state of an object, or a task's words where it has neither.

    `value` is as written in `unit`; `base_value` has 万, 亿 carried in. `due` is a limit that is written, not the
    year's end that is meant. `within`: it is part of the figure before it (其中). `government` is whose plan it is.
    `several_years`: it is promised for other years than the plan's (到2030年), so that no share can be told.
    `reference` is the caller's own (a row's key) and comes back untouched.
    """

    task: int | str
    text: str
    span: Span | None = None
    indicator: str = ""
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    base_value: Decimal | None = None
    base_unit: str = ""
    comparator: Comparator | None = None
    kind: QuantityKind | None = None
    accrual: Accrual | None = None
    stage: Stage | None = None
    due: date | None = None
    per: str | None = None
    strive: bool = False
    within: bool = False
    several_years: bool = False
    against: str | None = None  # the other figure of a relation: 与经济增长同步
    projects: tuple[str, ...] = ()
    whole: str = ""
    section: str | None = None
    government: str | None = None
    reference: Hashable = None

    @property
    def has_figure(self) -> bool:
        """Whether an amount, a rate or a growth is promised."""
        return self.value is not None

    @property
    def place(self) -> tuple[str | None, int | str]:
        """Which task of its plan it belongs to: numbers may begin anew under every heading."""
        return self.section, self.task


class LinkRelation(StrEnum):
    """How a county's phrase stands to the city's.

    contributes: its figure is part of the city's total. same-rate: the same rate or growth, which does not add up.
    same-project: the same named project or action. supports: the same goal by another measure.
    """

    CONTRIBUTES = "contributes"
    SAME_RATE = "same-rate"
    SAME_PROJECT = "same-project"
    SUPPORTS = "supports"


class Shortfall(StrEnum):
    """Where a county says less than the city does."""

    LOWER_STAGE = "lower-stage"
    NO_FIGURE = "no-figure"
    NO_LIMIT = "no-limit"
    LATER_LIMIT = "later-limit"
    OTHER_MEASURE = "other-measure"
    LOWER_RATE = "lower-rate"
    ONLY_STRIVE = "only-strive"


class CoverageState(StrEnum):
    """What the counties' sum says: too little, enough, far too much (层层加码), or too few plans read to tell."""

    GAP = "gap"
    COVERED = "covered"
    OVER = "over"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class OfCounty:
    """A phrase of a county's plan; `county` is the plan's name."""

    county: str
    commitment: Commitment

    @property
    def text(self) -> str:
        """The county's phrase, at most 60 characters."""
        return self.commitment.text

    @property
    def span(self) -> Span | None:
        """Where the phrase stands in the county's document."""
        return self.commitment.span


@dataclass(frozen=True, slots=True)
class Link(OfCounty):
    """A county's phrase and the city's, and what joins them.

    `share` is county / city in one unit; None where there is nothing to divide. `confidence` (0 to 1) ranks the links
    of a phrase. `rule` names what joined them.
    """

    target: Commitment
    relation: LinkRelation
    share: Decimal | None
    confidence: float
    shortfalls: tuple[Shortfall, ...] = ()
    rule: str = ""

    @property
    def city_task(self) -> int | str:
        """The city's task number."""
        return self.target.task

    @property
    def city_text(self) -> str:
        """The city's phrase."""
        return self.target.text


@dataclass(frozen=True, slots=True)
class Unmatched(OfCounty):
    """A county's figure that no task of the city takes up; `nearest` is the city's phrase most like it, if any is."""

    nearest: Commitment | None

    @property
    def nearest_city_task(self) -> int | str | None:
        """The number of the city's nearest task."""
        return self.nearest.task if self.nearest else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the counties' figures carry one target of the city.

    `committed` is the exact sum in the target's own `unit` (of a target owed by each county: the least any of them
    promises); `links` are the figures in it. `plans_expected` is None where nobody said how many there should be.
    """

    commitment: Commitment
    target: Decimal
    unit: str
    committed: Decimal
    share: Decimal
    links: tuple[Link, ...]
    counties: tuple[str, ...]
    state: CoverageState
    plans_read: int
    plans_expected: int | None

    @property
    def city_task(self) -> int | str:
        """The city's task number."""
        return self.commitment.task

    @property
    def city_text(self) -> str:
        """The city's phrase."""
        return self.commitment.text


@dataclass(frozen=True, slots=True)
class Alignment:
    """The city's list beside the counties' plans."""

    links: tuple[Link, ...]
    unmatched: tuple[Unmatched, ...]
    coverage: tuple[Coverage, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `duixian align --json`; shares are rounded to four places there, exact here."""
        from .serialise import alignment_to_dict

        return alignment_to_dict(self)
