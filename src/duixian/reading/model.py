"""What a reading is made of: frozen, exact, every part with its place in the document's text.

The words of the enumerations are the ones printed by `duixian read --json` and stored in the register, so a value
never changes its name on its way down the street.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Comparator(StrEnum):
    """How a figure is promised: at least, at most, about, exactly, between."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOUT = "~"
    EQUAL = "="
    RANGE = "range"
    ABOVE = ">"


class QuantityKind(StrEnum):
    """growth: a change in percent; rate: a level in percent; increment: a rise of a stock; amount: any other count."""

    GROWTH = "growth"
    RATE = "rate"
    INCREMENT = "increment"
    AMOUNT = "amount"


class Polarity(StrEnum):
    """Which way is good."""

    MORE = "more"
    LESS = "less"
    NEAR = "near"


class Accrual(StrEnum):
    """flow adds up over the year; stock is a level; running is a mean or rate so far; dated is true at one date."""

    FLOW = "flow"
    STOCK = "stock"
    RUNNING = "running"
    DATED = "dated"


class Stage(StrEnum):
    """The state of an object that is promised."""

    PLAN = "PLAN"
    APPROVE = "APPROVE"
    START = "START"
    RESUME = "RESUME"
    ADVANCE = "ADVANCE"
    COMPLETE = "COMPLETE"
    IN_USE = "IN_USE"
    ESTABLISH = "ESTABLISH"
    OBTAIN = "OBTAIN"
    HOLD = "HOLD"
    RECTIFY = "RECTIFY"
    SUSTAIN = "SUSTAIN"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount the text commits to reach. `value` is as written; `base_value` has 万/亿/千 carried in, exactly."""

    text: str
    span: Span
    indicator: str
    value: Decimal
    unit: str
    base_value: Decimal
    base_unit: str
    comparator: Comparator
    kind: QuantityKind
    polarity: Polarity
    accrual: Accrual
    value_max: Decimal | None = None
    direction: str | None = None
    strive: bool = False
    per: str | None = None
    by: date | None = None
    stage: Stage | None = None
    period: dict[str, str] | None = None
    quarter: str | None = None  # the milestone column it stands in (printed as "from"): 二季度
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A stated time limit inside the plan."""

    text: str
    span: Span
    date: date
    action: str
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A target set against another figure (与经济增长同步)."""

    text: str
    span: Span
    indicator: str
    comparator: Comparator
    against: str
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A promised state of an object; `implied` says the year's end was not written but is meant."""

    object: str
    stage: Stage
    text: str
    span: Span
    by: date | None
    implied: bool
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class NamedProject:
    """A physical or investment project called by name."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Full:
    """A total without digits: 全覆盖, 全部开工."""

    text: str
    object: str


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """A field that a person should look at, and why; `risk` is how likely it is wrong (0 to 1), by which `signs`."""

    field: str
    why: str
    risk: float = 0.0
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One commitment. `number` is a digit number as printed, or text such as ①."""

    number: int | str
    section: str | None
    text: str
    span: Span
    leads: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    relations: tuple[Relation, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    projects: tuple[NamedProject, ...] = ()
    full: Full | None = None
    review: tuple[ReviewNote, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What the document says of itself."""

    title: str | None = None
    doc_number: str | None = None
    index_number: str | None = None
    issuer: str | None = None
    written_on: date | None = None
    published_on: date | None = None
    year: int | None = None
    kind: str = "article"
    government: str | None = None
    disclosure: str | None = None
    secrecy: str | None = None
    source: str | None = None
    sha256: str | None = None
    horizon: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What the document claims to hold: 共计177项具体任务,涉及42个牵头部门."""

    tasks: int | None = None
    lead_units: int | None = None


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A printed heading of a list, in order: 二、市发改委牵头工作(22项) has name 市发改委, declared 22."""

    name: str
    heading: str
    span: Span
    declared: int | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """Something the reader noticed about the document as a whole."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read. `text` is what all spans count in."""

    document: DocumentHead
    text: str
    declared: Declared | None = None
    sections: tuple[ReadSection, ...] = ()
    tasks: tuple[ReadTask, ...] = ()
    results: tuple[ReadTask, ...] = ()
    warnings: tuple[Warning, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `duixian read --json`; figures become plain numbers, dates ISO."""
        from .serialise import reading_to_dict

        return reading_to_dict(self)
