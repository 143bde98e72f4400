"""The units of a government as a tree, with their people and tasks counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch

from duixian.register.models import Plan, Task
from duixian.units.models import Account, Government, Leadership, Membership, Unit
from duixian.units.queries import leaderships_on


@dataclass(slots=True)
class UnitRow:
    """A line of the tree; `tasks` is None for whoever sees no register."""

    unit: Unit
    depth: int
    people: list[Membership]
    leaders: list[Leadership] = field(default_factory=list)
    tasks: int | None = None

    @property
    def deep(self) -> range:
        """One step in for every level."""
        return range(self.depth)


def unit_rows(
    government: Government, account: Account, plan: Plan | None, today: date, *, q: str = "", is_idle: bool = False
) -> list[UnitRow]:
    """Units in the order of the tree; filtered by a word, those that fit, without their branches."""
    in_force = Membership.objects.filter(ended_at=None).select_related("account")
    units = list(
        government.units.filter(is_active=not is_idle)
        .select_related("merged_into")
        .prefetch_related("aliases", Prefetch("memberships", in_force, to_attr="people_in_force"))
    )
    tasks = _task_counts(account, plan)
    leaders: dict[int, list[Leadership]] = {}
    for leading in leaderships_on(government, today):
        leaders.setdefault(leading.unit_id, []).append(leading)
    placed = [(unit, 0) for unit in units if _fits(unit, q)] if q or is_idle else list(_in_tree(units))
    return [
        UnitRow(
            unit,
            depth,
            unit.people_in_force,  # type: ignore[attr-defined]
            leaders.get(unit.pk, []),
            None if tasks is None else tasks.get(unit.pk, 0),
        )
        for unit, depth in placed
    ]


def _task_counts(account: Account, plan: Plan | None) -> dict[int, int] | None:
    if plan is None:
        return None
    seen = Task.objects.visible_to(account).filter(plan=plan).order_by()
    return dict(seen.values_list("reporting_unit").annotate(n=Count("pk")))


def _in_tree(units: Iterable[Unit]) -> Iterable[tuple[Unit, int]]:
    """Depth first. A ring, which no command makes, is shown at the end rather than lost."""
    units = list(units)
    known = {unit.pk for unit in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    shown: set[int] = set()
    stack = [(unit, 0) for unit in reversed(below.get(None, []))]
    while stack:
        unit, depth = stack.pop()
        shown.add(unit.pk)
        yield unit, depth
        stack += [(child, depth + 1) for child in reversed(below.get(unit.pk, []))]
    yield from ((unit, 0) for unit in units if unit.pk not in shown)


def _fits(unit: Unit, q: str) -> bool:
    people: list[Membership] = unit.people_in_force  # type: ignore[attr-defined]
    texts = [unit.name, unit.full_name, *(a.text for a in unit.aliases.all()), *(m.account.name for m in people)]
    return any(q in text for text in texts)
