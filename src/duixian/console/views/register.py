"""台账: find a task."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import plan_or_404, signed_in
from duixian.console.filters import LIGHTS, NONE, Filters, filtered, in_order
from duixian.console.rows import TaskRow, task_rows
from duixian.console.shell import Shell, the_shell
from duixian.periods import month_label
from duixian.register.enums import TaskKind
from duixian.register.models import Plan, Section, Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import tasks_with_parts
from duixian.reporting.aging import courses_on
from duixian.reporting.listings import courses_of, nodes_of, with_standing_at
from duixian.units.models import Unit

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one printed heading; without a heading when the list is sorted otherwise."""

    section: Section | None
    total: int
    found: int
    rows: list[TaskRow]


@signed_in
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list the address describes, 50 to a page, grouped by printed heading."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    filters = Filters.read(request.GET)
    visible = with_standing_at(Task.objects.visible_to(shell.account).filter(plan=plan), filters.month)
    found = filtered(visible, filters, round=shell.round, today=shell.today)
    page = Paginator(in_order(tasks_with_parts(found), filters.sort), PAGE_SIZE).get_page(request.GET.get("page"))
    months = list(plan.rounds.order_by("month").values_list("month", flat=True))
    context = {
        "filters": filters,
        "page": page,
        "groups": _groups(page, filters, visible, found, months, shell.today),
        "months": months,
        "querystring": _without_page(request),
        **_choices(shell, plan, visible, filters),
    }
    return render(request, "console/register.html", context)


def _groups(
    page: Page, filters: Filters, visible: TaskQuerySet, found: TaskQuerySet, months: list[Any], today: date
) -> list[Group]:
    tasks = list(page.object_list)
    courses = courses_of(tasks, filters.month)
    if filters.month is None:
        courses = {pk: courses_on(course, today) for pk, course in courses.items()}
    rows = task_rows(tasks, courses, nodes_of(tasks, filters.month), months)
    if filters.sort != "order":
        return [Group(None, len(rows), len(rows), rows)]
    totals = Counter(visible.order_by().values_list("section", flat=True))
    matches = Counter(found.order_by().values_list("section", flat=True))
    groups: list[Group] = []
    for row in rows:
        section = row.task.section
        if not groups or groups[-1].section != section:
            groups.append(Group(section, totals[section.pk], matches[section.pk], []))
        groups[-1].rows.append(row)
    return groups


def _choices(shell: Shell, plan: Plan, visible: TaskQuerySet, filters: Filters) -> dict[str, Any]:
    """What can be chosen, with counts over everything the person sees."""
    standing = list(visible.order_by().values_list("light_then", "kind"))  # type: ignore[misc]
    lights = Counter(light or NONE for light, _kind in standing)
    kinds = Counter(kind for _light, kind in standing)
    sections = plan.sections.filter(tasks__in=visible.values("pk")).distinct().order_by("order")
    units = Unit.objects.filter(duties__task__in=visible.values("pk")).distinct().order_by("order", "pk")
    return {
        "total": len(standing),
        "lights": [(code, "" if code == NONE else code, lights[code]) for code in LIGHTS],
        "kinds": [(kind.value, kind.label, kinds[kind.value]) for kind in TaskKind],
        "sections": sections,
        "units": units,
        "tabs": _tabs(shell, visible, filters, len(standing), lights, kinds),
    }


def _tabs(
    shell: Shell, visible: TaskQuerySet, filters: Filters, total: int, lights: Counter[str], kinds: Counter[str]
) -> list[tuple[str, str, int, bool]]:
    """Views one asks for every day: label, address, count, whether it is the one shown."""
    measured = kinds[TaskKind.QUANTITATIVE] + kinds[TaskKind.NODE]
    troubled = lights["RED"] + lights["YELLOW"]
    tabs = [
        (_("全部"), "", total, filters.is_empty),
        (_("有目标值或节点"), "kind=QUANTITATIVE&kind=NODE", measured, filters.kinds == ("QUANTITATIVE", "NODE")),
        (_("红灯与黄灯"), "light=RED&light=YELLOW", troubled, filters.lights == ("RED", "YELLOW")),
        (_("30天内到期"), "due=30", _count(visible, Filters(due="30"), shell), filters.due == "30"),
    ]
    if shell.round:
        label = _("%(month)s未报") % {"month": month_label(shell.round.month)}
        missing = _count(visible, Filters(report="MISSING"), shell)
        tabs.append((label, "report=MISSING", missing, filters.report == "MISSING"))
    return tabs


def _count(visible: TaskQuerySet, filters: Filters, shell: Shell) -> int:
    return filtered(visible, filters, round=shell.round, today=shell.today).count()


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
