"""台账: find a task."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import signed_in
from duixian.console.bulk import bulk_acts, leaders_of
from duixian.console.columns import ALWAYS, COLUMNS, USUAL, Column, Line, columns_of, lines_of
from duixian.console.excerpts import excerpts_of
from duixian.console.filters import LIGHTS, NONE, QUARTERS, Filters, filtered
from duixian.console.filterwords import filter_words, sort_choices
from duixian.console.listed import Listed, listed, units_in
from duixian.console.rows import TaskRow
from duixian.console.shell import Shell, the_shell
from duixian.console.templatetags.cells import shown_words
from duixian.console.threelists import THREE
from duixian.periods import month_label
from duixian.register.enums import TaskKind
from duixian.register.models import SavedView, Section
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import views_of
from duixian.register.rules import may_decide, may_save_view
from duixian.register.searching import search_terms
from duixian.reporting.listings import last_reports
from duixian.units.enums import UnitKind

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one printed heading; without a heading when the list is sorted otherwise."""

    section: Section | None
    total: int
    found: int
    lines: list[Line]

    @property
    def rows(self) -> list[TaskRow]:
        """The tasks of the group."""
        return [line.row for line in self.lines if not line.is_part]


@dataclass(frozen=True, slots=True)
class Tab:
    """A view one asks for every day, or one that was saved."""

    label: str
    address: str
    count: int
    is_shown: bool
    view: SavedView | None = None
    may_delete: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: a link that sorts by it, the other way round where it already does."""

    column: Column
    address: str
    order: str


@signed_in
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list the address describes, 50 to a page, grouped by printed heading."""
    shell = the_shell(request)
    found = listed(shell, request.GET)
    filters = found.filters
    keys = found.keys()
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = found.rows(found.tasks([key for key, _section in page.object_list]))
    terms = search_terms(filters.q)
    columns = columns_of(filters.columns)
    context = {
        "filters": filters,
        "page": page,
        "groups": _groups(rows, found, Counter(section for _key, section in keys)),
        "is_grouped": _is_grouped(filters),
        "months": found.months,
        "heads": [_head(column, filters) for column in columns],
        "columns": columns,
        "terms": terms,
        "excerpts": _excerpts(rows, terms),
        "querystring": filters.address(),
        "span": len(columns) + 1,
        "bulk_acts": bulk_acts(shell, found.plan),
        "leaders": leaders_of(found.plan),
        "forces": found.forces,
        "sorts": sort_choices(),
        "three": THREE,
        "filter_words": filter_words(found),
        **_choices(found),
    }
    return render(request, "console/register.html", context)


def _is_grouped(filters: Filters) -> bool:
    return filters.sort == "order" and not filters.is_descending


def _groups(rows: Sequence[TaskRow], found: Listed, matches: Mapping[int, int]) -> list[Group]:
    if not _is_grouped(found.filters):
        return [Group(None, len(rows), len(rows), [line for row in rows for line in lines_of(row)])] if rows else []
    totals = _by_section(found.visible)
    groups: list[Group] = []
    for row in rows:
        section = row.task.section
        if not groups or groups[-1].section != section:
            groups.append(Group(section, totals[section.pk], matches[section.pk], []))
        groups[-1].lines.extend(lines_of(row))
    return groups


def _by_section(tasks: TaskQuerySet) -> dict[int, int]:
    return dict(tasks.order_by().values_list("section").annotate(n=Count("pk")))


def _excerpts(rows: Sequence[TaskRow], terms: tuple[str, ...]) -> dict[int, Any]:
    if not terms:
        return {}
    shown = {row.task.pk: shown_words(Line(row, None)) for row in rows}
    return excerpts_of(rows, shown, terms, last_reports(shown))


def _head(column: Column, filters: Filters) -> Head:
    if not column.sort:
        return Head(column, "", "")
    is_sorted = filters.sort == column.sort
    order = ("descending" if filters.is_descending else "ascending") if is_sorted else ""
    turned = is_sorted and not filters.is_descending
    return Head(column, filters.address(sort=column.sort, is_descending=turned), order)


def _choices(found: Listed) -> dict[str, Any]:
    """What can be chosen, with counts over everything the person sees."""
    shell, filters, visible = found.shell, found.filters, found.visible
    lights, kinds = _counts(visible)
    tasks = visible.order_by()
    shown = filters.columns or USUAL
    return {
        "total": sum(kinds.values()),
        "lights": [(code, "" if code == NONE else code, lights[code]) for code in LIGHTS],
        "kinds": [(kind.value, kind.label, kinds[kind.value]) for kind in TaskKind],
        "sections": found.plan.sections.filter(Exists(tasks.filter(section=OuterRef("pk")))).order_by("order"),
        "units": units_in(visible),
        "unit_kinds": UnitKind.choices,
        "quarters": [(code, _("%(n)s季度到期") % {"n": "一二三四"[n]}) for n, code in enumerate(QUARTERS)],
        "tabs": [*_daily(found, lights, kinds), *_saved(found)],
        "may_share": may_decide(shell.account, found.plan),
        "may_save": may_save_view(shell.account, found.plan, is_shared=False),
        "column_choices": [(c, c.code in shown or c.code in ALWAYS, c.code in ALWAYS) for c in COLUMNS.values()],
    }


def _counts(visible: TaskQuerySet) -> tuple[Counter[str], Counter[str]]:
    """How many tasks show each light, and are of each kind."""
    lights: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    rows = visible.order_by().values_list("kind").annotate(lit=F("light_then"), n=Count("pk"))
    for kind, light, count in rows.values_list("kind", "lit", "n"):
        lights[light or NONE] += count
        kinds[kind] += count
    return lights, kinds


def _daily(found: Listed, lights: Counter[str], kinds: Counter[str]) -> list[Tab]:
    """Views one asks for every day."""
    shell, filters, visible = found.shell, found.filters, found.visible
    measured = kinds[TaskKind.QUANTITATIVE] + kinds[TaskKind.NODE]
    troubled = lights["RED"] + lights["YELLOW"]
    tabs = [
        Tab(_("全部"), "", sum(kinds.values()), filters.is_empty),
        Tab(
            _("有目标值或节点"),
            "kind=QUANTITATIVE&kind=NODE",
            measured,
            filters.kinds == ("QUANTITATIVE", "NODE"),
        ),
        Tab(_("红灯与黄灯"), "light=RED&light=YELLOW", troubled, filters.lights == ("RED", "YELLOW")),
        Tab(_("30天内到期"), "due=30", _count(visible, Filters(due="30"), shell), filters.due == "30"),
    ]
    if shell.round:
        label = _("%(month)s未报") % {"month": month_label(shell.round.month)}
        missing = _count(visible, Filters(report="MISSING"), shell)
        tabs.append(Tab(label, "report=MISSING", missing, filters.report == "MISSING"))
    return tabs


def _saved(found: Listed) -> list[Tab]:
    """The person's own views and those shared; each counts what this person sees by it."""
    here, shell = found.filters.address(), found.shell
    is_office = may_decide(shell.account, found.plan)
    tabs = []
    for view in views_of(shell.account, found.plan):
        filters = Filters.of(view.address)
        is_own = view.account_id == shell.account.pk
        label = view.name if is_own else f"{view.account.name}：{view.name}"
        count = _count(found.visible, filters, shell)
        tabs.append(Tab(label, view.address, count, view.address == here, view, is_own or is_office))
    return tabs


def _count(visible: TaskQuerySet, filters: Filters, shell: Shell) -> int:
    return filtered(visible, filters, round=shell.round, today=shell.today).count()
