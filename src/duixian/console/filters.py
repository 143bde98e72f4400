"""The register's filters: what the address says, and the tasks it means."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.http import QueryDict

from duixian.assessing import Grade, Light
from duixian.periods import parse_month
from duixian.register.enums import TaskKind
from duixian.register.models import TaskParty
from duixian.register.models.task import TaskQuerySet
from duixian.reporting.deadlines import tasks_due_between
from duixian.reporting.listings import tasks_by_report
from duixian.reporting.models import Round

SOON = timedelta(days=30)
# the light "none" stands in the address where the code itself is empty
NONE = "NONE"
LIGHTS = (*(light.value for light in (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE, Light.GREY)), NONE)
SORTS = ("order", "light", "due", "unit")
# 缺报 stands before everything else
WORST_FIRST = (Light.GREY, Light.RED, Light.YELLOW, "", Light.GREEN, Light.BLUE)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register shows. Values the address makes up are dropped."""

    lights: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    grade: str = ""
    section: int | None = None
    unit: int | None = None
    due: str = ""
    report: str = ""
    q: str = ""
    sort: str = "order"
    month: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered; sorting and the month looked at do not count."""
        return all(not getattr(self, f.name) for f in fields(self) if f.name not in ("sort", "month"))

    @classmethod
    def read(cls, address: QueryDict) -> "Filters":
        """From the address."""
        return cls(
            lights=tuple(dict.fromkeys(v for v in address.getlist("light") if v in LIGHTS)),
            kinds=tuple(dict.fromkeys(v for v in address.getlist("kind") if v in TaskKind.values)),
            grade=_one_of(address.get("grade", ""), [g.value for g in Grade]),
            section=_number(address.get("section", "")),
            unit=_number(address.get("unit", "")),
            due=_one_of(address.get("due", ""), ["past", "30"]),
            report=address.get("report", "") if address.get("report", "").isupper() else "",
            q=address.get("q", "").strip()[:100],
            sort=_one_of(address.get("sort", ""), SORTS) or "order",
            month=_month(address.get("month", "")),
        )


def _one_of(value: str, allowed: tuple[str, ...] | list[str]) -> str:
    return value if value in allowed else ""


def _number(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 12 else None


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
        tasks = tasks.filter(Q(reporting_unit=filters.unit) | _has_party(Q(unit=filters.unit)))
    if filters.due == "30":
        tasks = tasks_due_between(tasks, today, today + SOON)
    if filters.due == "past":
        tasks = tasks.filter(due_on__lt=today).exclude(Q(grade_then=Grade.COMPLETED))
    if filters.report and round is not None:
        tasks = tasks_by_report(tasks, round, filters.report)
    return tasks.filter(_text_condition(filters.q)) if filters.q else tasks


def _light_condition(lights: tuple[str, ...]) -> Q:
    condition = Q(light_then__in=[light for light in lights if light != NONE])
    return condition | Q(light_then="") if NONE in lights else condition


def _has_party(condition: Q) -> Exists:
    return Exists(TaskParty.objects.filter(condition, task=OuterRef("pk")))


def _text_condition(text: str) -> Combinable | Q:
    """Every word is found somewhere: in the text, a unit's name, or as the item's number."""
    words: Combinable | Q = Q()
    for word in text.split():
        found = Q(text__icontains=word) | Q(section__name__icontains=word) | Q(reporting_unit__name__icontains=word)
        number = word.removeprefix("第").removesuffix("项")
        words = words & (found | Q(number=number) | _has_party(Q(printed__icontains=word)))
    return words


def in_order(tasks: TaskQuerySet, sort: str) -> TaskQuerySet:
    """Sorted; within equals as printed."""
    if sort == "light":
        worst = [When(light_then=light, then=Value(rank)) for rank, light in enumerate(WORST_FIRST)]
        rank = Case(*worst, default=Value(9), output_field=IntegerField())
        return tasks.order_by(rank, "order")
    return tasks.order_by({"due": "due_on", "unit": "reporting_unit__order"}.get(sort, "order"), "order")
