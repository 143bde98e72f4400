"""县区: do the counties carry what the city promised?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duixian.audit.command import InvalidInput
from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.breakdown_sheets import matrix_workbook
from duixian.console.county_matrix import MatrixRow, column_names, groups_of, headline, matrix_rows
from duixian.console.county_words import beside, shortfall_words
from duixian.console.downloads import workbook_response
from duixian.console.filterwords import marks_of
from duixian.console.numbers import whole_number
from duixian.console.shell import Shell, the_shell
from duixian.register.commands import confirm_link, count_link, link_by_hand, propose_links, refuse_link
from duixian.register.coverage import (
    Carriers,
    Coverage,
    carried_targets,
    carriers_of,
    coverage_of,
    unmatched_targets,
    weaker_links,
)
from duixian.register.measures import convert
from duixian.register.models import AlignmentLink, NearestTask, Plan, Target, Task
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import among
from duixian.register.rules import may_decide
from duixian.units.models import Unit
from duixian.units.rules import may_see_everything

# weaker wordings beside the chosen cell; the rest is one click away
SHOWN_WEAKER = 8
PAGE_SIZE = 100
# more choices than a person scans
MOST_CHOICES = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the matrix this person sees: the whole, or the columns of own counties alone."""

    plan: Plan
    tasks: TaskQuerySet
    carriers: Carriers
    units: tuple[Unit, ...]
    is_whole: bool
    may_decide: bool


def scope_of(shell: Shell) -> Scope:
    """The city's plan and the columns one may see. Raises Http404 for whoever has no part in it."""
    plan = _city_plan(plan_or_404(shell))
    carriers = carriers_of(plan)
    whole = may_see_everything(shell.account)
    is_whole = plan.government_id in whole
    own = {u.pk for u in shell.units}
    units = carriers.units if is_whole else tuple(u for u in carriers.units if u.pk in own or u.governs_id in whole)
    only_for(is_whole or bool(units))
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    return Scope(plan, tasks, carriers, units, is_whole, is_whole and may_decide(shell.account, plan))


def _city_plan(plan: Plan) -> Plan:
    """A county's people come with the county's own plan: the city's of that year is meant."""
    if plan.government.parent_id is None:
        return plan
    above = Plan.objects.filter(government=plan.government.parent_id, year=plan.year)
    return above.select_related("government").first() or plan


@signed_in
@require_safe
def counties(request: HttpRequest) -> HttpResponse:
    """The matrix, worst first; the chosen cell in both wordings; where a county says less."""
    shell = the_shell(request)
    scope = scope_of(shell)
    targets = carried_targets(scope.tasks)
    thresholds = scope.plan.thresholds()
    found = coverage_of(targets, scope.carriers, thresholds)
    chosen = _chosen(request, found, scope)
    rows = matrix_rows(found, scope.units, chosen, is_whole=scope.is_whole)
    if not scope.is_whole:
        rows = [row for row in rows if any(cell.kind != "not-carried" for cell in row.cells)]
    weaker = weaker_links(scope.tasks, None if scope.is_whole else scope.units)
    context = {
        "scope": scope,
        "rows": rows,
        "groups": groups_of(rows) if scope.is_whole else [("", rows)],
        "columns": list(zip(scope.units, column_names(scope.units), strict=True)),
        "headline": headline(rows),
        "chosen": _beside(chosen, found),
        **_weaker(request, weaker, chosen),
        "unmatched_count": len(_unmatched(scope)),
        "over_percent": int(thresholds.over_allocation_ratio * 100),
        "enough_percent": int(thresholds.enough_plans_ratio * 100),
    }
    return render(request, "console/counties.html", context)


def _chosen(request: HttpRequest, found: Sequence[Coverage], scope: Scope) -> tuple[int, int] | None:
    """The cell of the address; else the first whose wordings differ, in the order of the page."""
    asked = (whole_number(request.GET.get("target", "")), whole_number(request.GET.get("unit", "")))
    seen = {u.pk for u in scope.units}
    cells = {(c.target.pk, x.unit.pk) for c in found for x in c.cells if x.unit.pk in seen}
    if asked in cells:
        return asked
    rows = matrix_rows(found, scope.units, None, is_whole=scope.is_whole)
    rows = [row for _heading, group in groups_of(rows) for row in group]
    linked = [(row.target.pk, c.cell.unit.pk, c.cell.differs) for row in rows for c in row.cells if c.cell.links]
    best = next((x for x in linked if x[2]), linked[0] if linked else None)
    return best[:2] if best else None


def _beside(chosen: tuple[int, int] | None, found: Sequence[Coverage]) -> Any:
    if chosen is None:
        return None
    coverage = next(c for c in found if c.target.pk == chosen[0])
    return beside(coverage.target, next(c for c in coverage.cells if c.unit.pk == chosen[1]))


def _weaker(request: HttpRequest, weaker: Sequence[AlignmentLink], chosen: tuple[int, int] | None) -> dict[str, object]:
    """Of the chosen county first; all of them where the address asks for it."""
    own = [link for link in weaker if chosen and link.unit_id == chosen[1]]
    shows_all = "weaker" in request.GET
    shown = list(weaker) if shows_all else (own or list(weaker))[:SHOWN_WEAKER]
    return {
        "weaker": [(link, shortfall_words(link.shortfalls)) for link in shown],
        "weaker_total": len(weaker),
        "weaker_own": len(own),
        "shows_all_weaker": shows_all,
    }


def _unmatched(scope: Scope) -> list[Target]:
    seen = {scope.carriers.plans[u.pk].pk for u in scope.units if u.pk in scope.carriers.plans}
    return [t for t in unmatched_targets(scope.carriers) if t.task.plan_id in seen]


@signed_in
@require_safe
def unmatched(request: HttpRequest) -> HttpResponse:
    """Figures of the counties that no task of the city takes up; the office may join them by hand."""
    scope = scope_of(the_shell(request))
    page = Paginator(_unmatched(scope), PAGE_SIZE).get_page(request.GET.get("page"))
    groups: dict[int, list[Alone]] = {}
    for target in page.object_list:
        groups.setdefault(target.task.plan_id, []).append(_alone(target, scope))
    context = {
        "scope": scope,
        "page": page,
        "groups": list(groups.values()),
        "total": page.paginator.count,
        "choices": _choices(scope) if scope.may_decide else [],
    }
    return render(request, "console/counties-unmatched.html", context)


@dataclass(frozen=True, slots=True)
class Alone:
    """A county's figure that nothing takes up, and the city's phrase nearest to it."""

    target: Target
    nearest: NearestTask | None
    # 158-2 where the two measure the same, so that it may enter the sum; else 158
    to: str = ""


def _alone(target: Target, scope: Scope) -> Alone:
    nearest: NearestTask | None = getattr(target, "nearest_in_city", None)
    # a unit's people are shown of the city's list what they see of it anyway
    if nearest is None or not scope.is_whole:
        return Alone(target, None)
    city = nearest.target
    fits = city is not None and city.kind == target.kind and city.value is not None
    if city is None or not fits or convert(Decimal(1), target.unit_of_measure, city.unit_of_measure) is None:
        return Alone(target, nearest, nearest.task.number)
    return Alone(target, nearest, f"{nearest.task.number}-{city.order}")


def _choices(scope: Scope) -> list[tuple[str, str]]:
    """158-2 and its words: the targets a figure may be joined to. Of a very long list none: its numbers are typed."""
    found = Target.objects.filter(among(scope.tasks), value__isnull=False).select_related("task")
    shown = list(found.order_by("task__order", "order")[: MOST_CHOICES + 1])
    return [(f"{t.task.number}-{t.order}", t.text) for t in shown] if len(shown) <= MOST_CHOICES else []


@signed_in
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Join a county's figure to a task (158) or to one of its targets (158-2)."""
    shell = the_shell(request)
    scope = scope_of(shell)
    only_for(scope.may_decide)
    county_target = get_object_or_404(
        Target.objects.select_related("task__plan", "indicator"), pk=_number(request.POST.get("county_target", ""))
    )
    task, target = _meant(scope, request.POST.get("to", ""))
    link_by_hand(task=task, target=target, county_target=county_target, actor=shell.account, now=shell.now)
    messages.success(request, _("已把“%(text)s”连到%(task)s。") % {"text": county_target.text[:40], "task": task})
    return redirect("counties-unmatched")


def _meant(scope: Scope, written: str) -> tuple[Task, Target | None]:
    """What 158 or 158-2 means."""
    number, _dash, order = written.strip().partition("-")
    task = scope.tasks.filter(number=number).select_related("plan__government").first()
    if task is None:
        raise InvalidInput(_("市级清单里没有第%(n)s项。请填序号，如158或158-2。") % {"n": number[:20] or "?"})
    target = task.targets.filter(order=_number(order)).select_related("indicator").first() if order else None
    if order and target is None:
        raise InvalidInput(_("%(task)s没有第%(n)s个目标。") % {"task": task, "n": order[:20]})
    return task, target


def _number(text: str) -> int:
    number = whole_number(text)
    return -1 if number is None else number


@signed_in
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a link, refuse it, or say whether its figure counts; back to the cell."""
    shell = the_shell(request)
    scope = scope_of(shell)
    only_for(scope.may_decide)
    link = get_object_or_404(AlignmentLink.objects.select_related("task__plan__government", "unit"), pk=pk)
    only_for(link.task.plan_id == scope.plan.pk)
    act = request.POST.get("act", "")
    if act == "confirm":
        confirm_link(link=link, actor=shell.account, now=shell.now)
        messages.success(request, _("已认定对应。"))
    elif act == "refuse":
        refuse_link(link=link, actor=shell.account, now=shell.now)
        messages.success(request, _("已认定为不对应，不再提出。"))
    elif act in ("count", "leave-out"):
        count_link(link=link, is_counted=act == "count", actor=shell.account, now=shell.now)
        messages.success(request, _("已计入合计。") if act == "count" else _("不再计入合计。"))
    else:
        raise Http404
    query = f"?target={link.target_id}&unit={link.unit_id}#words" if link.target_id else ""
    return redirect(f"{reverse('counties')}{query}")


@signed_in
@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    """Compare the plans anew; what people have decided stands."""
    shell = the_shell(request)
    scope = scope_of(shell)
    only_for(scope.may_decide)
    told = propose_links(plan=scope.plan, actor=shell.account, now=shell.now)
    said = _("已比对：新提出%(new)s条，更新%(renewed)s条，撤下%(withdrawn)s条；人已认定的%(kept)s条不变。")
    messages.success(
        request,
        said % {"new": told.new, "renewed": told.renewed, "withdrawn": told.withdrawn, "kept": told.kept},
    )
    return redirect("counties")


@signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The matrix as a workbook: what this person sees, nothing else."""
    shell = the_shell(request)
    scope = scope_of(shell)
    found = coverage_of(carried_targets(scope.tasks), scope.carriers, scope.plan.thresholds())
    rows: list[MatrixRow] = matrix_rows(found, scope.units, None, is_whole=scope.is_whole)
    content = matrix_workbook(rows, scope.units, scope.plan.short_title, is_whole=scope.is_whole, marks=marks_of(shell))
    return workbook_response(content, _("县区承接表"))
