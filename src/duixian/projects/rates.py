"""Rates and counts of a group of projects. Pure: facts in, an exact figure and its explanation out.

Money is in 万元. `on` is the last day that counts; a fact dated later is not known yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duixian.projects.enums import Measure, ProjectKind

HUNDRED = Decimal(100)
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is known of one project: its dates, and its money of the year.

    `invested` is what was reported as invested this year, None where nothing was reported (blank is not zero).
    `finished_on` is the earlier of 竣工 and 投产.
    """

    name: str
    kind: ProjectKind
    signed_on: date | None = None
    started_on: date | None = None
    resumed_on: date | None = None
    finished_on: date | None = None
    planned: Decimal | None = None
    invested: Decimal | None = None
    contract: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with what it was made of: `value` is in percent, pieces or 万元; None where nothing can be divided.

    `missing` names projects whose part is not known and was counted as nothing, or left out.
    """

    measure: Measure
    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None = None
    missing: Sequence[str] = ()
    counted: Sequence[str] = field(default=())


def measured(measure: Measure, projects: Iterable[ProjectFacts], *, year: int, on: date) -> Measured:
    """The measure over these projects as known on a day of the year."""
    group = list(projects)
    if measure is Measure.INVESTMENT_RATE:
        return _investment(group)
    if measure is Measure.INVESTED_SUM:
        return _sum(measure, group, lambda p: p.invested)
    if measure is Measure.SIGNED_SUM:
        return _sum(measure, [p for p in group if _in_year(p.signed_on, year, on)], lambda p: p.contract)
    if measure.is_rate:
        return _share(measure, group, year, on)
    return _count(measure, [p for p in group if _happened(measure, p, year, on)])


def _share(measure: Measure, group: Sequence[ProjectFacts], year: int, on: date) -> Measured:
    """Of the projects that ought to, how many did."""
    ought = [p for p in group if _ought(measure, p, year, on)]
    did = [p for p in ought if _did(p, year, on)]
    value = HUNDRED * len(did) / len(ought) if ought else None
    rest = [p.name for p in ought if p not in did]
    return Measured(measure, value, Decimal(len(did)), Decimal(len(ought)), missing=rest, counted=[p.name for p in did])


def _ought(measure: Measure, project: ProjectFacts, year: int, on: date) -> bool:
    """Finished before the year began, a project owes it nothing; one signed later is not yet asked."""
    if project.finished_on and project.finished_on.year < year:
        return False
    if measure is Measure.SIGNED_START_RATE:
        return _in_year(project.signed_on, year, on)
    kinds = {
        Measure.RESUMPTION_RATE: (ProjectKind.CONTINUED,),
        Measure.START_RATE: (ProjectKind.NEW,),
        Measure.START_AND_RESUMPTION_RATE: (ProjectKind.NEW, ProjectKind.CONTINUED),
    }[measure]
    return project.kind in kinds


def _did(project: ProjectFacts, year: int, on: date) -> bool:
    """A continued project has resumed this year (or been finished in it); any other has been started."""
    if project.kind is ProjectKind.CONTINUED:
        return _in_year(project.resumed_on, year, on) or _in_year(project.finished_on, year, on)
    return project.started_on is not None and project.started_on <= on


def _happened(measure: Measure, project: ProjectFacts, year: int, on: date) -> bool:
    day = {
        Measure.STARTED_COUNT: project.started_on,
        Measure.FINISHED_COUNT: project.finished_on,
        Measure.SIGNED_COUNT: project.signed_on,
    }[measure]
    return _in_year(day, year, on)


def _in_year(day: date | None, year: int, on: date) -> bool:
    return day is not None and day.year == year and day <= on


def _count(measure: Measure, group: Sequence[ProjectFacts]) -> Measured:
    return Measured(measure, Decimal(len(group)), Decimal(len(group)), counted=[p.name for p in group])


def _sum(measure: Measure, group: Sequence[ProjectFacts], money: Callable[[ProjectFacts], Decimal | None]) -> Measured:
    """A sum of what is known; None where nothing is."""
    known = [value for p in group if (value := money(p)) is not None]
    missing = [p.name for p in group if money(p) is None]
    total = sum(known, Decimal(0))
    return Measured(measure, total if known else None, total, missing=missing)


def _investment(group: Sequence[ProjectFacts]) -> Measured:
    """Sum of what was invested over sum of what was planned; a project without a plan has no share in either.

    A planned project that has not reported counts with its plan and with nothing invested, and is named.
    """
    planned = [p for p in group if p.planned]
    plan = sum((p.planned or Decimal(0) for p in planned), Decimal(0))
    done = sum((p.invested or Decimal(0) for p in planned), Decimal(0))
    missing = [p.name for p in planned if p.invested is None]
    value = HUNDRED * done / plan if plan and len(missing) < len(planned) else None
    return Measured(Measure.INVESTMENT_RATE, value, done, plan, missing=missing)


def rounded(value: Decimal) -> Decimal:
    """To two places, as a figure is offered for a report."""
    return value.quantize(PLACES).normalize() + 0
