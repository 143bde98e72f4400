"""Do the counties carry it: shares of a city's targets, their sum, and what it says (docs/rules/breakdown.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from duixian.aligning.names import Sameness, match_names
from duixian.assessing import Thresholds
from duixian.indicators.models import IndicatorValue
from duixian.reading import Accrual, Polarity, QuantityKind
from duixian.register.enums import CarryState, LinkRelation, LinkState, SumState
from duixian.register.measures import convert
from duixian.register.models import AlignmentLink, BreakdownItem, Plan, Target, Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.rolling_up import Child, RolledUp, ratio_of, sum_of
from duixian.units.enums import UnitKind
from duixian.units.models import Unit

HUNDRED = Decimal(100)
CARRIERS = (UnitKind.COUNTY, UnitKind.ZONE)
LIVE = (LinkState.PROPOSED, LinkState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one unit carries of one target. `value` is in the target's unit of measure, None where there is none."""

    unit: Unit
    state: CarryState
    value: Decimal | None = None
    share: Decimal | None = None
    item: BreakdownItem | None = None
    links: tuple[AlignmentLink, ...] = ()
    # what the unit's own plan says, also where the office has set another figure
    planned: Decimal | None = None
    is_read: bool = True

    @property
    def is_known(self) -> bool:
        """Whether the sum rests on something: a plan that was read, or a share the office has set."""
        return self.is_read or self.item is not None

    @property
    def differs(self) -> bool:
        """Whether what the county counts goes by another name than the city's, or is less, or was left out."""
        return any(wordings_differ(link) for link in self.links)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A target held against its shares. `share` and `gap` are None where nothing is summed."""

    target: Target
    cells: tuple[Cell, ...]
    sum: RolledUp
    read: int
    expected: int
    state: SumState

    @property
    def committed(self) -> Decimal | None:
        """The sum of the shares (of a rate: the counties' rate together)."""
        return self.sum.value

    @property
    def share(self) -> Decimal | None:
        """Committed over target; 1 is just enough."""
        if self.committed is None or not self.target.current_value:
            return None
        return self.committed / self.target.current_value

    @property
    def difference(self) -> Decimal | None:
        """Committed less target: negative is a gap."""
        if self.committed is None or self.target.current_value is None:
            return None
        return self.committed - self.target.current_value


@dataclass(frozen=True, slots=True)
class Carriers:
    """The units of a city that are expected to carry its targets, and the plans of those whose plan is read."""

    units: tuple[Unit, ...]
    plans: Mapping[int, Plan] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many plans are read."""
        return len(self.plans)


def carriers_of(plan: Plan) -> Carriers:
    """Counties and zones in the city's own order; a plan of the same year makes one of them read."""
    units = tuple(
        Unit.objects.filter(government=plan.government_id, kind__in=CARRIERS, is_active=True).order_by("order", "pk")
    )
    by_government = {unit.governs_id: unit.pk for unit in units if unit.governs_id}
    plans = Plan.objects.filter(government__in=by_government, year=plan.year).select_related("government")
    return Carriers(units, {by_government[p.government_id]: p for p in plans.defer("warnings")})


def is_divisible(target: Target) -> bool:
    """Whether the whole is made of its parts: an amount to be reached, not a mean, a growth or a figure each owes."""
    if target.value is None or target.value <= 0 or target.per or target.polarity != Polarity.MORE:
        return False
    return target.kind in (QuantityKind.AMOUNT, QuantityKind.INCREMENT) and target.accrual in (
        Accrual.FLOW,
        Accrual.STOCK,
        Accrual.DATED,
    )


def is_rate(target: Target) -> bool:
    """Whether it is a share in per cent, which the counties reach together by numerators and denominators."""
    return target.kind == QuantityKind.RATE and target.value is not None and not target.per


def may_be_broken_down(target: Target) -> bool:
    """Whether shares of it can be summed at all."""
    return is_divisible(target) or is_rate(target)


def carried_targets(tasks: TaskQuerySet) -> list[Target]:
    """Targets of the tasks of which a county carries something, by plan or by breakdown."""
    counted = Q(links__relation=LinkRelation.CONTRIBUTES, links__state__in=LIVE)
    found = (
        Target.objects.filter(Q(breakdown__isnull=False) | counted, task__in=tasks.values("pk"))
        .distinct()
        .select_related("indicator", "task__plan__government", "task__reporting_unit")
        .order_by("task__order", "order")
    )
    return [target for target in found if may_be_broken_down(target)]


def coverage_of(targets: Sequence[Target], carriers: Carriers, thresholds: Thresholds) -> list[Coverage]:
    """How far each target is carried, in a fixed number of queries."""
    items = _by_target(
        BreakdownItem.objects.filter(target__in=[t.pk for t in targets])
        .select_related("unit", "county_target")
        .order_by("unit__order", "unit")
    )
    links = _by_target(live_links().filter(target__in=[t.pk for t in targets]))
    return [_coverage(t, items.get(t.pk, []), links.get(t.pk, []), carriers, thresholds) for t in targets]


def live_links() -> QuerySet[AlignmentLink]:
    """Links nobody has refused, with all a page needs of both sides."""
    return AlignmentLink.objects.filter(state__in=LIVE).select_related(
        "unit", "target__indicator", "county_target__indicator", "county_task__section"
    )


def wordings_differ(link: AlignmentLink) -> bool:
    """人造林 is part of 营造林 and not the same; a figure left out of the sum differs whatever it is called."""
    if link.relation == LinkRelation.SUPPORTS:
        return False
    if link.shortfalls or not link.is_counted:
        return True
    if link.county_target is None or link.target is None:
        return False
    names = match_names(link.county_target.indicator.name, link.target.indicator.name)
    return names is None or names.sameness is not Sameness.SAME


def _by_target(rows: Iterable[BreakdownItem] | Iterable[AlignmentLink]) -> dict[int, list]:
    grouped: dict[int, list] = {}
    for row in rows:
        grouped.setdefault(row.target_id or 0, []).append(row)
    return grouped


def _coverage(
    target: Target,
    items: Sequence[BreakdownItem],
    links: Sequence[AlignmentLink],
    carriers: Carriers,
    thresholds: Thresholds,
) -> Coverage:
    by_unit = {item.unit_id: item for item in items}
    units = {unit.pk: unit for unit in carriers.units} | {item.unit_id: item.unit for item in items}
    if items and not any(u.pk in by_unit for u in carriers.units):
        # split among departments: the counties have no part in it
        units = {item.unit_id: item.unit for item in items}
    cells = tuple(
        _cell(target, unit, by_unit.get(pk), [x for x in links if x.unit_id == pk], pk in carriers.plans)
        for pk, unit in units.items()
    )
    return summed(target, cells, thresholds)


def summed(target: Target, cells: tuple[Cell, ...], thresholds: Thresholds) -> Coverage:
    """The cells of a target added up and judged."""
    sharing = [cell for cell in cells if cell.state != CarryState.NOT_CARRIED]
    children = [_child(cell) for cell in sharing]
    total = ratio_of(children) if is_rate(target) else sum_of(children)
    read = sum(1 for cell in sharing if cell.is_known)
    share = total.value / target.current_value if total.value is not None and target.current_value else None
    return Coverage(target, cells, total, read, len(sharing), state_of(share, read, len(sharing), thresholds))


def _child(cell: Cell) -> Child:
    item = cell.item
    if item is None:
        return Child(cell.unit.name, cell.value)
    return Child(cell.unit.name, cell.value, item.numerator, item.denominator)


def state_of(share: Decimal | None, read: int, expected: int, thresholds: Thresholds) -> SumState:
    """What a sum says. Enough is enough however few plans are read; a gap is one only where enough of them are."""
    if share is not None and share >= thresholds.over_allocation_ratio:
        return SumState.OVER
    if share is not None and share >= 1:
        return SumState.COVERED
    if not expected or read < expected * thresholds.enough_plans_ratio:
        return SumState.INCOMPLETE
    return SumState.GAP


def _cell(
    target: Target, unit: Unit, item: BreakdownItem | None, links: Sequence[AlignmentLink], is_read: bool
) -> Cell:
    planned = planned_figure(target, links)
    if item is not None:
        state, value = CarryState(item.state), item.value
    elif planned is not None:
        state, value = CarryState.FIGURE, planned
    else:
        state, value = CarryState.NO_FIGURE if links else CarryState.NOT_WRITTEN, None
    share = value / target.current_value if value is not None and target.current_value and not is_rate(target) else None
    return Cell(unit, state, value, share, item, tuple(links), planned, is_read)


def planned_figure(target: Target, links: Sequence[AlignmentLink]) -> Decimal | None:
    """The sum of the county's own figures that count. The same figure printed twice in its plan counts once."""
    figures: dict[tuple[str, Decimal], Decimal] = {}
    for link in links:
        own = link.county_target
        if not link.is_counted or link.relation != LinkRelation.CONTRIBUTES or own is None or own.current_value is None:
            continue
        value = convert(own.current_value, own.unit_of_measure, target.unit_of_measure)
        if value is not None:
            figures[own.indicator.name, value] = value
    return sum(figures.values(), Decimal(0)) if figures else None


def weaker_links(tasks: TaskQuerySet, units: Sequence[Unit] | None = None) -> list[AlignmentLink]:
    """Links in which the county says less than the city; of some units only, where they are named.

    Another measure for the same goal (supports) is no lower one, unless a person says that it is meant to be the same.
    """
    same = Q(state=LinkState.CONFIRMED) | ~Q(relation=LinkRelation.SUPPORTS)
    found = live_links().filter(same, task__in=tasks.values("pk")).exclude(shortfalls=[])
    if units is not None:
        found = found.filter(unit__in=units)
    return list(found.select_related("task", "unit", "county_task__plan").order_by("task__order", "unit__order", "pk"))


def unmatched_targets(carriers: Carriers) -> list[Target]:
    """Figures of the counties' plans that no live link takes up, in the counties' order."""
    linked = AlignmentLink.objects.filter(state__in=LIVE, county_target__isnull=False).values("county_target")
    order = {plan.pk: place for place, plan in enumerate(carriers.plans.values())}
    found = (
        Target.objects.filter(task__plan__in=order, value__isnull=False)
        .exclude(pk__in=linked)
        .select_related("indicator", "task__section", "task__plan__government__as_unit")
        .select_related("nearest_in_city__task", "nearest_in_city__target")
    )
    return sorted(found, key=lambda t: (order[t.task.plan_id], t.task.order, t.order))


def task_targets_broken_down(task: Task) -> list[Target]:
    """The targets of a task that can be broken down, in printed order."""
    return [target for target in task.targets.all() if may_be_broken_down(target)]


def last_year_of(target: Target, units: Sequence[Unit]) -> dict[int, Decimal]:
    """Each unit's figure of the December before the plan's year, by primary key, as far as it is registered."""
    december = date(target.task.plan.year - 1, 12, 1)
    rows = IndicatorValue.objects.filter(
        indicator=target.indicator_id, member__in=units, month=december, superseded_at=None
    )
    return {row.member_id: row.value for row in rows if row.member_id is not None}
