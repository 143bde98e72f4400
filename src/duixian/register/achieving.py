"""What the children of a broken-down target have achieved, rolled up: the sum, and who is in it and who is missing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from duixian.indicators.models import IndicatorValue
from duixian.register.coverage import Cell, Coverage
from duixian.register.enums import CarryState
from duixian.register.measures import convert
from duixian.register.models import Target
from duixian.register.rolling_up import Child, RolledUp, sum_of


def achieved_by(coverage: Coverage, month: date) -> RolledUp:
    """The children's figures in force for the period that ends with `month`, in the target's unit of measure.

    A unit's own value of the target's series counts first, else that of the county's own target behind its share.
    """
    target = coverage.target
    sharing = [cell for cell in coverage.cells if cell.state != CarryState.NOT_CARRIED]
    own = {cell.unit.pk: carrying for cell in sharing if (carrying := _carrying(cell)) is not None}
    rows = IndicatorValue.objects.filter(month=month, superseded_at=None)
    members = {row.member_id: row.value for row in rows.filter(indicator=target.indicator_id, member__isnull=False)}
    series = {
        row.indicator_id: row.value
        for row in rows.filter(indicator__in=[t.indicator_id for t in own.values()], member=None)
    }
    return sum_of([Child(cell.unit.name, _value(cell, target, members, own, series)) for cell in sharing])


def _carrying(cell: Cell) -> Target | None:
    """The county's own target behind its share; None where there is none, or several."""
    if cell.item is not None and cell.item.county_target is not None:
        return cell.item.county_target
    found = {
        link.county_target for link in cell.links if link.is_counted and link.county_target is not None and link.share
    }
    return found.pop() if len(found) == 1 else None


def _value(
    cell: Cell,
    target: Target,
    members: Mapping[int | None, Decimal],
    own: Mapping[int, Target],
    series: Mapping[int, Decimal],
) -> Decimal | None:
    if cell.unit.pk in members:
        return members[cell.unit.pk]
    carrying = own.get(cell.unit.pk)
    known = series.get(carrying.indicator_id) if carrying else None
    if known is None or carrying is None:
        return None
    return convert(known, carrying.unit_of_measure, target.unit_of_measure)
