"""What happens in the sample city from January to June 2026: the files of `story/` as typed facts.

The forms are described at the head of each file. Nothing is computed here; the demo turns these facts into commands.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "story"

Months = tuple[Decimal | None, ...]  # index 0 is January; None was left blank


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the plan was adopted, which months are told, when bulletins went out; `seed` is the story's only chance."""

    seed: int
    adopted_on: date
    assigned_on: date
    plans_due_on: date
    months: tuple[date, ...]
    bulletins: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Revision:
    """A later figure for a month already out."""

    month: int
    value: Decimal
    status: str
    on: date


@dataclass(frozen=True, slots=True)
class Series:
    """A statistic one unit is responsible for. `serves` pairs a task's number with the indicator printed there."""

    key: str
    name: str
    unit: str
    owner: str
    frequency: str
    lag_days: int
    first_month: int
    status: str
    values: Mapping[int, Decimal]
    last_year: Mapping[int, Decimal]
    baseline: Decimal | None
    revisions: tuple[Revision, ...]
    serves: tuple[tuple[int, str], ...]
    against: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure a lead unit reports itself: cumulative, a level or a rate, in the unit printed in the list."""

    task: int
    indicator: str
    values: Months = ()
    plan: Months = ()
    plan_on: date | None = None
    last_year: Months = ()
    baseline: Decimal | None = None
    members: Mapping[str, Months] | None = None


@dataclass(frozen=True, slots=True)
class FullFigure:
    """A total without digits (全覆盖), followed in percent of 100."""

    task: int
    object: str
    values: Months
    plan: Months = ()
    plan_on: date | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A node as filed; `done_on` is the day it was really reached, None while it is not."""

    name: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class OutcomeStory:
    """A promised state, the nodes filed on the way to it, and the day it was reached (None: not yet)."""

    task: int
    object: str
    nodes: tuple[Node, ...]
    filed_on: date | None
    reached_on: date | None
    late: str | None


@dataclass(frozen=True, slots=True)
class Character:
    """A unit's habit: days after a round opens until it sends up, and the groups of words it draws from."""

    days: tuple[int, int]
    words: tuple[str, ...]
    draft_first: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens once; `details` holds the keys its kind needs (see the head of behaviour.toml)."""

    kind: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """Six months of the sample city."""

    calendar: Calendar
    series: tuple[Series, ...]
    figures: tuple[Figure, ...]
    outcomes: tuple[OutcomeStory, ...]
    fulls: tuple[FullFigure, ...]
    characters: Mapping[str, Character]
    unit_character: Mapping[str, str]
    events: tuple[Event, ...]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    delay_of_task: Mapping[int, str]
    standing: Mapping[int, str]

    def character_of(self, unit: str) -> Character:
        """The habit of a unit; one that is not named is prompt."""
        return self.characters[self.unit_character.get(unit, "prompt")]


def load_story() -> Story:
    """The whole story. A misprint in our own files raises KeyError or ValueError."""
    outcomes = _load("outcomes")
    behaviour = _load("behaviour")
    words = _load("words")
    delays = words.pop("delay_of_task")
    return Story(
        calendar=_calendar(_load("calendar")),
        series=tuple(_series(row) for row in _load("series")["series"]),
        figures=tuple(_figure(row) for row in _load("figures")["figure"]),
        outcomes=tuple(_outcome(row) for row in outcomes["outcome"]),
        fulls=tuple(_full(row) for row in outcomes["full"]),
        characters={key: _character(row) for key, row in behaviour["character"].items()},
        unit_character=behaviour["unit_character"],
        events=tuple(_event(row) for row in behaviour["event"]),
        words={chapter: {key: tuple(value) for key, value in groups.items()} for chapter, groups in words.items()},
        delay_of_task={int(number): reason for number, reason in delays.items()},
        standing={int(number): state for number, state in behaviour["standing"].items()},
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _calendar(data: Mapping[str, Any]) -> Calendar:
    return Calendar(
        seed=data["seed"],
        adopted_on=_day(data["plan"]["adopted_on"]),
        assigned_on=_day(data["plan"]["assigned_on"]),
        plans_due_on=_day(data["plan"]["plans_due_on"]),
        months=tuple(_day(f"{month}-01") for month in data["months"]),
        bulletins={quarter: _day(day) for quarter, day in data["bulletins"].items()},
    )


def _series(row: Mapping[str, Any]) -> Series:
    return Series(
        key=row["key"],
        name=row["name"],
        unit=row["unit"],
        owner=row["owner"],
        frequency=row["frequency"],
        lag_days=row["lag_days"],
        first_month=row.get("first_month", 1),
        status=row["status"],
        values=_by_month(row["values"]),
        last_year=_by_month(row.get("last_year", {})),
        baseline=_figure_or_none(row.get("baseline")),
        revisions=tuple(
            Revision(item["month"], Decimal(item["value"]), item["status"], _day(item["on"]))
            for item in row.get("revised", ())
        ),
        serves=tuple((item["task"], item["indicator"]) for item in row["serves"]),
        against=row.get("against"),
    )


def _figure(row: Mapping[str, Any]) -> Figure:
    members = row.get("members")
    return Figure(
        task=row["task"],
        indicator=row["indicator"],
        values=_months(row.get("values", ())),
        plan=_months(row.get("plan", ())),
        plan_on=_day_or_none(row.get("plan_on")),
        last_year=_months(row.get("last_year", ())),
        baseline=_figure_or_none(row.get("baseline")),
        members=None if members is None else {name: _months(values) for name, values in members.items()},
    )


def _full(row: Mapping[str, Any]) -> FullFigure:
    return FullFigure(
        row["task"],
        row["object"],
        _months(row["values"]),
        _months(row.get("plan", ())),
        _day_or_none(row.get("plan_on")),
    )


def _outcome(row: Mapping[str, Any]) -> OutcomeStory:
    return OutcomeStory(
        task=row["task"],
        object=row["object"],
        nodes=tuple(
            Node(item["name"], _day(item["due_on"]), _day_or_none(item.get("done_on"))) for item in row.get("nodes", ())
        ),
        filed_on=_day_or_none(row.get("filed_on")),
        reached_on=_day_or_none(row.get("reached_on")),
        late=row.get("late"),
    )


def _character(row: Mapping[str, Any]) -> Character:
    first, last = row["days"]
    return Character((first, last), tuple(row["words"]), row["draft_first"])


def _event(row: Mapping[str, Any]) -> Event:
    return Event(row["kind"], {key: value for key, value in row.items() if key != "kind"})


def _by_month(values: Mapping[str, str]) -> dict[int, Decimal]:
    return {int(month): Decimal(value) for month, value in values.items()}


def _months(values: Sequence[str]) -> Months:
    return tuple(Decimal(value) if value else None for value in values)


def _figure_or_none(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _day_or_none(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
