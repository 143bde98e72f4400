"""分解: splitting a target over units, by hand or by rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.indicators.limits import DECIMALS, is_keepable
from duixian.register.coverage import HUNDRED, Carriers, carriers_of, coverage_of, is_divisible, is_rate, last_year_of
from duixian.register.enums import BreakdownMethod, CarryState
from duixian.register.measures import convert
from duixian.register.models import BreakdownItem, Target
from duixian.register.rules import may_decide
from duixian.register.splitting import split, split_equally
from duixian.units.models import Unit
from duixian.units.rules import require


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit is given, in its own unit of measure or the target's; of a rate, numerator and denominator."""

    unit: Unit
    state: CarryState = CarryState.FIGURE
    value: Decimal | None = None
    unit_of_measure: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    county_target: Target | None = None


@command
def set_breakdown(
    *,
    target: Target,
    shares: Sequence[Share],
    actor: Actor,
    now: datetime,
    method: BreakdownMethod = BreakdownMethod.BY_HAND,
) -> list[BreakdownItem]:
    """Replace the target's breakdown by these shares, all or none.

    A share may be given in another unit of the same measure (6000亩 of 1.5万亩). Raises InvalidInput with a message a
    unit's primary key: another measure, no number where one is said, less than nothing, more places than are kept.
    """
    require(may_decide(actor, target.task.plan))
    _check_target(target)
    faults: dict[str, str] = {}
    rows = [_row(target, share, method, faults) for share in shares]
    _check_units(target, shares, faults)
    if faults:
        raise InvalidInput("分解没有保存：" + "；".join(dict.fromkeys(faults.values())), faults)
    before = _told(target.breakdown.select_related("unit"))
    target.breakdown.all().delete()
    for row in rows:
        row.set_by, row.set_at = actor.audit_name, now
    BreakdownItem.objects.bulk_create(rows)
    record(
        actor=actor,
        now=now,
        action="set_breakdown",
        target=target,
        before=before or None,
        after={"method": method, **_told(rows)},
    )
    return rows


@command
def break_down(
    *, target: Target, method: BreakdownMethod, actor: Actor, now: datetime, units: Sequence[Unit] = ()
) -> list[BreakdownItem]:
    """Split the target by rule: equally, by last year's shares, or as the counties' own plans say.

    Without `units` the counties and zones share it. Raises InvalidInput where a rule lacks what it needs, and names the
    units whose figures are missing.
    """
    require(may_decide(actor, target.task.plan))
    _check_target(target)
    carriers = carriers_of(target.task.plan)
    among = list(units) or list(carriers.units)
    if not among:
        raise InvalidInput("还没有登记县区，无从分解。请先登记县区或指明单位。", {"units": "必选"})
    if method is BreakdownMethod.FROM_PLANS:
        shares = _from_plans(target, carriers)
    else:
        shares = _by_weights(target, _weights(target, among, method))
    record(
        actor=actor,
        now=now,
        action="break_down",
        target=target,
        after={"method": method, "units": [share.unit.name for share in shares]},
    )
    return set_breakdown(target=target, shares=shares, method=method, actor=actor, now=now)


@command
def clear_breakdown(*, target: Target, actor: Actor, now: datetime) -> None:
    """Take the breakdown back: from then on the counties' own plans speak again."""
    require(may_decide(actor, target.task.plan))
    before = _told(target.breakdown.select_related("unit"))
    if not before:
        raise WrongState("这个目标还没有分解。")
    target.breakdown.all().delete()
    record(actor=actor, now=now, action="clear_breakdown", target=target, before=before)


def _check_target(target: Target) -> None:
    if not (is_divisible(target) or is_rate(target)):
        raise InvalidInput(f"“{target.part_name}”不是可以相加的数（增速、均值、每个单位各欠各的数），不能分解。")


def _check_units(target: Target, shares: Sequence[Share], faults: dict[str, str]) -> None:
    seen: set[int] = set()
    for share in shares:
        if share.unit.government_id != target.task.plan.government_id:
            faults[str(share.unit.pk)] = f"{share.unit}不是{target.task.plan.government}的单位"
        if share.unit.pk in seen:
            faults[str(share.unit.pk)] = f"{share.unit}写了两次"
        seen.add(share.unit.pk)


def _row(target: Target, share: Share, method: BreakdownMethod, faults: dict[str, str]) -> BreakdownItem:
    row = BreakdownItem(
        target=target, unit=share.unit, state=share.state, method=method, county_target=share.county_target
    )
    if share.state is not CarryState.FIGURE:
        return row
    try:
        if is_rate(target):
            row.numerator, row.denominator, row.value = _rate(share)
        else:
            row.value = _figure(target, share)
    except ValueError as error:
        faults[str(share.unit.pk)] = f"{share.unit}：{error}"
    return row


def _figure(target: Target, share: Share) -> Decimal:
    if share.value is None:
        raise ValueError("没有填数")
    _check_number(share.value)
    unit = share.unit_of_measure or target.unit_of_measure
    value = convert(share.value, unit, target.unit_of_measure)
    if value is None:
        raise ValueError(f"计量单位“{unit}”与目标的“{target.unit_of_measure}”不是同一种量，不能折算")
    return _kept(value)


def _rate(share: Share) -> tuple[Decimal | None, Decimal | None, Decimal]:
    """Numerator, denominator and the rate; a rate alone is kept too, but cannot be rolled up."""
    above, below = share.numerator, share.denominator
    if above is None or below is None:
        if share.value is None:
            raise ValueError("没有填分子和分母")
        _check_number(share.value)
        return above, below, _kept(share.value)
    for number in (above, below):
        _check_number(number)
    if not below or above > below:
        raise ValueError("分母须大于0，分子不能大于分母")
    return above, below, _rounded(above * HUNDRED / below)


def _check_number(value: Decimal) -> None:
    if not value.is_finite() or value < 0 or not is_keepable(value):
        raise ValueError("要填不小于0的数，最多15位")


def _kept(value: Decimal) -> Decimal:
    if round(value, DECIMALS) != value:
        raise ValueError(f"折算后小数超过{DECIMALS}位")
    return value


def _rounded(value: Decimal) -> Decimal:
    return round(value, DECIMALS)


def _weights(target: Target, units: Sequence[Unit], method: BreakdownMethod) -> dict[Unit, Decimal]:
    if method is BreakdownMethod.EQUALLY:
        return dict.fromkeys(units, Decimal(1))
    if method is not BreakdownMethod.LAST_YEAR:
        raise InvalidInput("请选平均分、按上年比重或按县区计划。", {"method": "必选"})
    known = last_year_of(target, units)
    missing = [unit.name for unit in units if unit.pk not in known]
    if missing:
        raise InvalidInput(
            f"缺{'、'.join(missing)}的上年完成数，不能按上年比重分。请先登记上年数，或改用其他办法。",
            {"method": "缺上年数"},
        )
    return {unit: known[unit.pk] for unit in units}


def _by_weights(target: Target, weights: Mapping[Unit, Decimal]) -> list[Share]:
    if not is_divisible(target) or target.current_value is None:
        raise InvalidInput("比率不能按份额切分，请逐个填写各单位的分子和分母。", {"method": "不适用"})
    units = list(weights)
    if len(set(weights.values())) == 1:
        parts = split_equally(target.current_value, units, target.unit_of_measure)
    else:
        try:
            parts = split(target.current_value, weights, target.unit_of_measure)
        except ValueError as error:
            raise InvalidInput("上年数有负数或全为0，不能按比重分。请改用其他办法。", {"method": "上年数"}) from error
    return [Share(unit, value=value) for unit, value in parts.items()]


def _from_plans(target: Target, carriers: Carriers) -> list[Share]:
    """What the counties' plans say. A county whose plan is not read is left out: it has said nothing."""
    if not carriers.plans:
        raise InvalidInput("还没有读进县区计划，不能按县区计划分解。", {"method": "未读县区计划"})
    [coverage] = coverage_of([target], carriers, target.task.plan.thresholds())
    shares = []
    for cell in coverage.cells:
        if cell.unit.pk not in carriers.plans:
            continue
        own = next((link.county_target for link in cell.links if link.is_counted and link.county_target), None)
        if cell.planned is not None:
            shares.append(Share(cell.unit, value=_rounded(cell.planned), county_target=own))
        elif cell.item is not None and cell.item.state == CarryState.NOT_CARRIED:
            shares.append(Share(cell.unit, CarryState.NOT_CARRIED))
        else:
            shares.append(Share(cell.unit, CarryState.NO_FIGURE if cell.links else CarryState.NOT_WRITTEN))
    return shares


def _told(rows: Iterable[BreakdownItem]) -> dict[str, str]:
    """The breakdown in words, for the trail."""
    return {
        row.unit.name: format(row.value, "f") if row.value is not None else str(CarryState(row.state).label)
        for row in rows
    }
