"""核查差异: how far a unit's figures are from what was found, over the year. Pure but for the last function.

docs/rules/differences.md tells it with a worked table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duixian.register.models.task import TaskQuerySet
from duixian.reporting.models import Verification
from duixian.units.models import Unit


@dataclass(frozen=True, slots=True)
class Pair:
    """One finding of a series: as reported (None: left blank), and as verified."""

    series: str
    reported: Decimal | None
    verified: Decimal


@dataclass(frozen=True, slots=True)
class Differences:
    """A unit's findings in sum. `mean` is None where no series has a sum to compare with."""

    checked: int
    different: int
    # reported more than was found, and less
    over: int
    under: int
    mean: Decimal | None


def differences_of(pairs: Sequence[Pair], outcomes: Sequence[bool] = ()) -> Differences:
    """Counts of figures and outcomes (`outcomes`: whether each differs), and the mean rate of the series."""
    known = [(p.reported, p.verified) for p in pairs if p.reported is not None]
    over = sum(reported > verified for reported, verified in known)
    under = sum(reported < verified for reported, verified in known)
    blank = len(pairs) - len(known)
    return Differences(
        checked=len(pairs) + len(outcomes),
        different=over + under + blank + sum(outcomes),
        over=over,
        under=under,
        mean=_mean(pairs),
    )


def _mean(pairs: Sequence[Pair]) -> Decimal | None:
    """The mean over series of sum of |reported − verified| / sum of |verified|; a blank is no figure and not zero."""
    rates = []
    for series in dict.fromkeys(p.series for p in pairs):
        own = [(p.reported, p.verified) for p in pairs if p.series == series and p.reported is not None]
        below = sum((abs(verified) for _, verified in own), Decimal(0))
        if below:
            rates.append(sum((abs(reported - verified) for reported, verified in own), Decimal(0)) / below)
    return sum(rates, Decimal(0)) / len(rates) if rates else None


@dataclass(frozen=True, slots=True)
class UnitDifferences:
    """One row of the table."""

    unit: Unit
    sums: Differences
    findings: list[Verification]


def differences_by_unit(tasks: TaskQuerySet) -> list[UnitDifferences]:
    """Units with findings in these (visible) tasks' reports, the farthest off first. The newest finding counts."""
    rows = Verification.objects.filter(report__task__in=tasks).select_related(
        "report__unit", "report__round", "report__task", "indicator", "member", "outcome"
    )
    by_unit: dict[Unit, dict[tuple[int | None, ...], Verification]] = {}
    for row in rows.order_by("-recorded_at", "-pk"):
        key = (row.report_id, row.indicator_id, row.member_id, row.outcome_id)
        by_unit.setdefault(row.report.unit, {}).setdefault(key, row)
    found = [_row(unit, list(newest.values())) for unit, newest in by_unit.items()]
    return sorted(found, key=lambda row: (-(row.sums.mean or 0), -row.sums.different, row.unit.order))


def _row(unit: Unit, findings: list[Verification]) -> UnitDifferences:
    return UnitDifferences(unit, differences_of(_pairs(findings), _outcomes(findings)), findings)


def _pairs(findings: Iterable[Verification]) -> list[Pair]:
    return [
        Pair(f"{v.indicator_id}-{v.member_id or ''}", v.reported_value, v.verified_value)
        for v in findings
        if v.indicator_id and v.verified_value is not None
    ]


def _outcomes(findings: Iterable[Verification]) -> list[bool]:
    return [v.is_different for v in findings if v.outcome_id]
