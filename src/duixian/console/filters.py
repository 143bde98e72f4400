"""The register's filters: what the address says, and the tasks it means."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.http import QueryDict

from duixian.assessing import Grade, Light
from duixian.console.columns import ALWAYS, COLUMNS, USUAL
from duixian.periods import parse_month
from duixian.register.enums import TaskKind
from duixian.register.finding import tasks_found
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import tasks_of_leader
from duixian.reporting.deadlines import IN_FORCE, tasks_due_between
from duixian.reporting.listings import tasks_by_report
from duixian.reporting.models import Round
from duixian.units.enums import UnitKind
from duixian.units.models import Account, Unit

SOON = timedelta(days=30)
# the light "none" stands in the address where the code itself is empty
NONE = "NONE"
LIGHTS = (*(light.value for light in (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE, Light.GREY)), NONE)
QUARTERS = {"q1": 1, "q2": 2, "q3": 3, "q4": 4}
DUE = ("past", "30", *QUARTERS)
SORTS = ("order", "light", "grade", "kind", "due", "unit", "data")
# 缺报 stands before everything else
WORST_FIRST = (Light.GREY, Light.RED, Light.YELLOW, "", Light.GREEN, Light.BLUE)
GRADES = tuple(grade.value for grade in Grade)
LONGEST_TEXT = 100
# how the list is shown; these leave no task out
APPEARANCE = ("sort", "is_descending", "month", "columns")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register shows. Values the address makes up are dropped."""

    lights: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    grade: str = ""
    section: int | None = None
    unit: int | None = None
    unit_kind: str = ""
    leader: int | None = None
    force: int | None = None
    due: str = ""
    report: str = ""
    q: str = ""
    sort: str = "order"
    is_descending: bool = False
    month: date | None = None
    columns: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered; order, columns and the month looked at do not count."""
        return all(not getattr(self, f.name) for f in fields(self) if f.name not in APPEARANCE)

    @classmethod
    def read(cls, address: QueryDict) -> "Filters":
        """From the address."""
        sort = address.get("sort", "")
        return cls(
            lights=_some_of(address.getlist("light"), LIGHTS),
            kinds=_some_of(address.getlist("kind"), TaskKind.values),
            grade=_one_of(address.get("grade", ""), GRADES),
            section=_number(address.get("section", "")),
            unit=_number(address.get("unit", "")),
            unit_kind=_one_of(address.get("unit_kind", ""), UnitKind.values),
            leader=_number(address.get("leader", "")),
            force=_number(address.get("force", "")),
            due=_one_of(address.get("due", ""), DUE),
            report=_report(address.get("report", "")),
            q=address.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT],
            sort=_one_of(sort.removeprefix("-"), SORTS) or "order",
            is_descending=sort.startswith("-") and sort[1:] in SORTS,
            month=_month(address.get("month", "")),
            columns=_columns(address.getlist("col")),
        )

    @classmethod
    def of(cls, address: str) -> "Filters":
        """From what stands behind the question mark."""
        return cls.read(QueryDict(address))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The address name by name, for a form that keeps it."""
        query = QueryDict(self.address())
        return [(name, value) for name, values in query.lists() for value in values]

    @property
    def sorted_by(self) -> str:
        """The order as the address says it: due, or -due for the other way round."""
        return f"-{self.sort}" if self.is_descending else self.sort

    def address(self, **changed: object) -> str:
        """What stands behind the question mark; what is left at its default is left out."""
        one = replace(self, **changed)  # type: ignore[arg-type]
        query = QueryDict(mutable=True)
        query.setlist("light", list(one.lights))
        query.setlist("kind", list(one.kinds))
        names = ("grade", "section", "unit", "unit_kind", "leader", "force", "due", "report", "q")
        query.update({name: str(value) for name in names if (value := getattr(one, name))})
        if one.sorted_by != "order":
            query["sort"] = one.sorted_by
        if one.month:
            query["month"] = f"{one.month:%Y-%m}"
        query.setlist("col", list(one.columns))
        return query.urlencode()


def _one_of(value: str, allowed: tuple[str, ...] | list[str]) -> str:
    return value if value in allowed else ""


def _some_of(values: list[str], allowed: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v in allowed))


def _columns(values: list[str]) -> tuple[str, ...]:
    """Columns in their own order; the usual ones are none in particular."""
    chosen = {*values, *ALWAYS} if values else set(USUAL)
    return () if chosen == set(USUAL) else tuple(code for code in COLUMNS if code in chosen)


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else None


def _report(value: str) -> str:
    return value if value.isupper() and len(value) < 20 else ""


def _month(value: str) -> date | None:
    try:
        return parse_month(value) if value else None
    except ValueError:
        return None


def filtered(tasks: TaskQuerySet, filters: Filters, *, round: Round | None, today: date) -> TaskQuerySet:
    """Tasks (from `with_standing_at`) that the filters leave, unsorted."""
    if filters.lights:
        tasks = tasks.filter(_light_condition(filters.lights))
    if filters.kinds:
        tasks = tasks.filter(kind__in=filters.kinds)
    if filters.grade:
        tasks = tasks.filter(Q(grade_then=filters.grade))
    if filters.section:
        tasks = tasks.filter(section=filters.section)
    if filters.unit:
        tasks = tasks.concerning([filters.unit])
    if filters.unit_kind:
        tasks = tasks.concerning(list(Unit.objects.filter(kind=filters.unit_kind).values_list("pk", flat=True)))
    if filters.leader or filters.force:
        tasks = _led(tasks, filters, today)
    if filters.due:
        tasks = _due(tasks, filters.due, today)
    if filters.report and round is not None:
        tasks = tasks_by_report(tasks, round, filters.report)
    return tasks_found(tasks, filters.q) if filters.q else tasks


def _light_condition(lights: tuple[str, ...]) -> Q:
    condition = Q(light_then__in=[light for light in lights if light != NONE])
    return condition | Q(light_then="") if NONE in lights else condition


def _led(tasks: TaskQuerySet, filters: Filters, today: date) -> TaskQuerySet:
    """What a leader answers for by 分管 or 包联, and what a task force carries."""
    if filters.leader:
        leader = Account.objects.filter(pk=filters.leader).first()
        tasks = tasks.filter(pk__in=tasks_of_leader(leader, today).values("pk")) if leader else tasks.none()
    if filters.force:
        tasks = tasks.filter(task_forces__task_force=filters.force)
    return tasks


def _due(tasks: TaskQuerySet, due: str, today: date) -> TaskQuerySet:
    if due == "30":
        return tasks_due_between(tasks, today, today + SOON)
    if due == "past":
        return tasks.alias(limit_now=IN_FORCE).filter(limit_now__lt=today).exclude(Q(grade_then=Grade.COMPLETED))
    return tasks.alias(limit_now=IN_FORCE).filter(limit_now__year=F("plan__year"), limit_now__quarter=QUARTERS[due])


def in_order(tasks: TaskQuerySet, filters: Filters) -> TaskQuerySet:
    """Sorted; within equals as printed."""
    name = filters.sort
    ranks = {"light": ("light_then", WORST_FIRST), "grade": ("grade_then", GRADES), "kind": ("kind", TaskKind.values)}
    if name in ranks:
        field, values = ranks[name]
        tasks = tasks.annotate(sort_rank=_rank(field, values))
        name = "sort_rank"
    if name == "due":
        tasks = tasks.alias(limit_now=IN_FORCE)
    names = {"due": "limit_now", "unit": "reporting_unit__order", "data": "graded_month"}
    name = names.get(name, name)
    return tasks.order_by(f"-{name}" if filters.is_descending else name, "order")


def _rank(field: str, values: Sequence[str]) -> Case:
    worst = [When(**{field: value}, then=Value(rank)) for rank, value in enumerate(values)]
    return Case(*worst, default=Value(len(values)), output_field=IntegerField())
