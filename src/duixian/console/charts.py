"""One target's year: planned, expected and actual by month, as a table and as data for the chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from duixian.assessing import Light
from duixian.console import wording
from duixian.console.rows import compared_in, deviation
from duixian.periods import month_label, months_of_year
from duixian.reading import Accrual
from duixian.register.models import Target
from duixian.reporting.models import Standing


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month's figures, as text; blank where nothing is known."""

    month: date
    plan: str
    actual: str
    added: str
    deviation: str
    light: str | None
    is_red: bool
    is_current: bool
    sent: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The table under the chart, and the same figures as numbers for the drawing."""

    target: Target
    uom: str
    has_plan: bool
    is_flow: bool
    cells: list[MonthCell]
    data: dict[str, Any]


def chart_of(
    target: Target,
    course: Sequence[Standing],
    plan: Mapping[date, Decimal],
    sent: Mapping[date, str],
    current: date | None,
) -> Chart:
    """The year of `target`: `course` its standings, `plan` its approved monthly plan, `sent` what became of reports."""
    by_month = _by_data_month(course)
    months = months_of_year(target.task.plan.year)
    expected = {m: plan[m] if m in plan else by_month[m].expected if m in by_month else None for m in months}
    actual = {m: by_month[m].actual if m in by_month else None for m in months}
    places = wording.places_of(target.current_value, *actual.values())
    is_flow = target.accrual == Accrual.FLOW
    uom = target.unit_of_measure or target.indicator.unit_of_measure
    cells = []
    for month in months:
        standing = by_month.get(month)
        cells.append(
            MonthCell(
                month=month,
                plan=wording.expected_figure(expected[month], places),
                actual=wording.fixed(actual[month], places),
                added=_added(actual, month, places) if is_flow else "",
                deviation=deviation(standing, compared_in(target)) if standing and actual[month] is not None else "",
                light=standing.light if standing else None,
                is_red=bool(standing and standing.light == Light.RED),
                is_current=month == current,
                sent=sent.get(month, ""),
            )
        )
    data = _data(target, uom, months, expected, actual, bool(plan), by_month)
    return Chart(target, uom, bool(plan), is_flow, cells, data)


def _by_data_month(course: Sequence[Standing]) -> dict[date, Standing]:
    """Each standing under the month its figure is of: a figure that comes a month late is June's report of May."""
    return {standing.data_month or standing.month: standing for standing in course}


def _added(actual: Mapping[date, Decimal | None], month: date, places: int) -> str:
    """What the month alone brought; blank where the month before is not known."""
    now = actual[month]
    if now is None:
        return ""
    if month.month == 1:
        return wording.fixed(now, places)
    before = actual[month.replace(month=month.month - 1)]
    return wording.fixed(now - before, places) if before is not None else ""


def _data(
    target: Target,
    uom: str,
    months: Sequence[date],
    expected: Mapping[date, Decimal | None],
    actual: Mapping[date, Decimal | None],
    has_plan: bool,
    by_month: Mapping[date, Standing],
) -> dict[str, Any]:
    """For json_script: plain numbers, which a drawing needs and nothing else reads."""
    known = [m for m in months if actual[m] is not None]
    last = known[-1] if known else None
    gap = None
    if last is not None and expected[last] is not None and by_month[last].light == Light.RED:
        gap = _gap_words(actual[last], expected[last], uom)  # type: ignore[arg-type]
    return {
        "months": [month_label(m) for m in months],
        "expected": [_number(expected[m]) for m in months],
        "actual": [_number(actual[m]) for m in months],
        "target": _number(target.current_value),
        "unit": uom,
        "hasPlan": has_plan,
        "last": months.index(last) if last else None,
        "gap": gap,
    }


def _gap_words(actual: Decimal, expected: Decimal, uom: str) -> str:
    difference = abs(actual - expected)
    return f"差{wording.fixed(difference, min(wording.places_of(difference), 1))}{'点' if uom == '%' else uom}"


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
