"""The ledger: find projects, see the rates, the pipeline, who has been silent; the same as a sheet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.downloads import workbook_response
from duixian.console.projectlists import (
    RATES,
    ProjectFilters,
    filtered_projects,
    pipeline,
    rates_by_county,
    share_done,
    stage_counts,
)
from duixian.console.shell import Shell, the_shell
from duixian.projects.enums import Horizon, ProjectKind
from duixian.projects.models import Project
from duixian.projects.models.project import ProjectQuerySet
from duixian.projects.queries import ledger_rows, stale_projects, with_year
from duixian.projects.rules import may_keep_ledger
from duixian.projects.sheet import template
from duixian.register.models import Task
from duixian.sheets import workbook_bytes
from duixian.units.models import Unit

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with its money and its last word."""

    project: Project
    planned: Decimal | None
    invested: Decimal | None
    share: Decimal | None
    words: str
    silent_weeks: int


@signed_in
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The view the address describes, 50 to a page."""
    shell = the_shell(request)
    year = plan_or_404(shell).year
    visible = visible_projects(shell)
    only_for(shell.is_whole or bool(shell.units))
    filters = ProjectFilters.read(request.GET)
    found = ledger_rows(with_year(filtered_projects(visible, filters, shell.today), year, shell.today))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filters": filters,
        "page": page,
        "rows": [project_row(p, shell.today) for p in page.object_list],
        "querystring": query.urlencode(),
        "total": visible.filter(is_active=True).count(),
        "stages": stage_counts(visible),
        "kinds": ProjectKind.choices,
        "counties": Unit.objects.filter(projects_within__in=visible).distinct().order_by("order", "pk"),
        "silent": stale_projects(visible, shell.today, filters.weeks).count(),
        "may_keep": may_keep_ledger(shell.account, plan_or_404(shell).government),
        "task": _task(shell, filters),
        **_summary(visible, filters, year, shell.today),
    }
    return render(request, "console/projects.html", context)


def visible_projects(shell: Shell) -> ProjectQuerySet:
    """Projects of the government in front of the person that the person sees."""
    plan = plan_or_404(shell)
    return Project.objects.visible_to(shell.account).filter(government=plan.government)


def _task(shell: Shell, filters: ProjectFilters) -> Task | None:
    return Task.objects.visible_to(shell.account).filter(pk=filters.task).first() if filters.task else None


def _summary(visible: ProjectQuerySet, filters: ProjectFilters, year: int, today: date) -> dict[str, Any]:
    """What stands above the list of each view."""
    if filters.view == "pipeline":
        return {"pipeline": pipeline(visible, today), "horizons": Horizon.choices}
    if filters.view == "ledger":
        return {"rates": rates_by_county(visible, year, today), "measures": RATES}
    return {}


def project_row(project: Project, today: date) -> ProjectRow:
    """A row of a list; the project comes from `ledger_rows(with_year(...))`."""
    given: Any = project
    words = given.told[0].words if given.told else ""
    weeks = max((today - project.last_told_on).days // 7, 0)
    return ProjectRow(project, given.planned, given.invested, share_done(project), words, weeks)


@signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered ledger in the very form in which it can be taken in again."""
    shell = the_shell(request)
    year = plan_or_404(shell).year
    filters = ProjectFilters.read(request.GET)
    found = filtered_projects(visible_projects(shell), filters, shell.today)
    rows = [form_row(p) for p in ledger_rows(with_year(found, year, shell.today))]
    notes = [
        _("导出：%(who)s %(when)s，共%(n)s个项目")
        % {"who": shell.account.name, "when": f"{shell.now:%Y-%m-%d %H:%M}", "n": len(rows)}
    ]
    if shell.is_simulated:
        notes.append("模拟数据 / simulated")
    spec = template([], rows, notes=notes)
    return workbook_response(workbook_bytes([spec]), f"项目台账{shell.today:%Y%m%d}")


def form_row(project: Project) -> list[Any]:
    """A project in the order of the form's columns."""
    row = project_row(project, project.last_told_on)
    p = project
    return [
        p.number, p.name, p.get_kind_display(), p.get_stage_display(), p.field, str(p.county or ""),
        str(p.lead_unit or ""), p.owner, p.sponsor, p.investor, p.total_investment, p.contract_amount, row.planned,
        row.invested, p.signed_on, p.planned_start_on, p.started_on, p.resumed_on, p.planned_finish_on, p.completed_on,
        p.in_production_on, row.words, p.note,
    ]  # fmt: skip
