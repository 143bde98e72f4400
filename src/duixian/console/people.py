"""Who answers for tasks: by name in the unit, among the cooperating units, above them. Many tasks, few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from duixian.register.duties import parts_of, responsible_people
from duixian.register.models import Part, Plan, Task, TaskForceTask, TaskSponsor
from duixian.units.enums import LeadershipKind, Role
from duixian.units.models import Membership
from duixian.units.queries import leaderships_on

Names = Mapping[int, list[str]]


@dataclass(frozen=True, slots=True)
class Responsible:
    """Names as they are printed; `parts` are what cooperating units were given, `dividing` the ids of those units."""

    accountable: str
    liaison: str
    parts: list[str]
    dividing: set[int]
    in_charge: str
    sponsors: str
    forces: str


def responsible_of(tasks: Sequence[Task], plan: Plan, today: date) -> dict[int, Responsible]:
    """Task id -> who answers for it. Whom the unit named when it acknowledged comes before who holds the role."""
    named = responsible_people(tasks)
    heads, liaisons = (_holding(role, tasks) for role in (Role.UNIT_HEAD, Role.LIAISON))
    leaders = _leaders(plan, today)
    parts: dict[int, list[Part]] = defaultdict(list)
    for part in parts_of(Task.objects.filter(pk__in=[t.pk for t in tasks])):
        parts[part.task_id].append(part)
    sponsors = _grouped(TaskSponsor.objects.filter(task__in=tasks).order_by("pk").values_list("task", "account__name"))
    forces = _grouped(
        TaskForceTask.objects.filter(task__in=tasks, task_force__ended_on=None)
        .order_by("pk")
        .values_list("task", "task_force__name")
    )
    found = {}
    for task in tasks:
        unit, own = task.reporting_unit_id, named.get(task.pk)
        led = [unit, *(party.unit_id for party in task.leads if party.unit_id)]
        found[task.pk] = Responsible(
            accountable=own.accountable_person if own else _joined(heads.get(unit, [])),
            liaison=own.liaison_name if own else _joined(liaisons.get(unit, [])),
            parts=[_part(part) for part in parts[task.pk]],
            dividing={part.unit_id for part in parts[task.pk]},
            in_charge=_joined(name for pk in led for name in leaders[LeadershipKind.IN_CHARGE].get(pk, [])),
            sponsors=_joined(
                [*sponsors.get(task.pk, []), *(n for pk in led for n in leaders[LeadershipKind.SPONSOR].get(pk, []))]
            ),
            forces=_joined(forces.get(task.pk, [])),
        )
    return found


def _part(part: Part) -> str:
    due = _("%(m)s月%(d)s日前") % {"m": part.due_on.month, "d": part.due_on.day}
    return f"{part.unit}：{part.text}（{due}，{part.get_state_display()}）"


def _holding(role: Role, tasks: Sequence[Task]) -> Names:
    units = {task.reporting_unit_id for task in tasks}
    holding = Membership.objects.filter(role=role, unit__in=units, ended_at=None).order_by("is_deputy", "pk")
    return _grouped(holding.values_list("unit", "account__name"))


def _leaders(plan: Plan, today: date) -> dict[str, Names]:
    leaders: dict[str, dict[int, list[str]]] = {kind.value: defaultdict(list) for kind in LeadershipKind}
    for leadership in leaderships_on(plan.government, today):
        leaders[leadership.kind][leadership.unit_id].append(leadership.account.name)
    return dict(leaders)


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, name in pairs:
        found[key].append(name)
    return dict(found)


def _joined(names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(names))
