"""Reading the ledger."""

import operator
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, reduce
from pathlib import Path
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from duixian.periods import month_end
from duixian.projects.enums import Measure, ProjectKind, ProjectStage
from duixian.projects.models import MeasureBinding, Project, ProjectProgress, ProjectYear
from duixian.projects.models.project import ProjectQuerySet
from duixian.projects.rates import Measured, ProjectFacts, measured, rounded
from duixian.register.models import Target
from duixian.units.models import Government

LEXICON = Path(__file__).parent / "lexicon" / "measures.toml"
TEN_THOUSAND = Decimal(10_000)
#: What a target's unit must be for a sum in 万元 to be its figure, and how many 万元 one of it is.
MONEY_UNITS = {"万元": Decimal(1), "亿元": TEN_THOUSAND, "元": 1 / TEN_THOUSAND}
PIECES = ("个", "项", "家", "件")


def with_year(projects: ProjectQuerySet, year: int, on: date) -> ProjectQuerySet:
    """Projects with `planned` and `invested` of a year (万元), as known on a day, in the list's own query."""
    planned = ProjectYear.objects.filter(project=OuterRef("pk"), year=year).values("planned_investment")[:1]
    told = ProjectProgress.objects.filter(
        project=OuterRef("pk"), on__year=year, on__lte=on, invested__isnull=False
    ).order_by("-on", "-pk")
    return projects.annotate(planned=Subquery(planned), invested=Subquery(told.values("invested")[:1]))


def facts_of(project: Project) -> ProjectFacts:
    """The facts the rates are made of; the project comes from `with_year`."""
    given: Any = project
    return ProjectFacts(
        name=project.name,
        kind=ProjectKind(project.kind),
        signed_on=project.signed_on,
        started_on=project.started_on,
        resumed_on=project.resumed_on,
        finished_on=project.finished_on,
        planned=given.planned,
        invested=given.invested,
        contract=project.contract_amount,
    )


def in_plan(projects: ProjectQuerySet, year: int) -> ProjectQuerySet:
    """Active projects of a year's plan, and those signed in the year."""
    planned = ProjectYear.objects.filter(year=year).values("project")
    return projects.filter(Q(pk__in=planned) | Q(signed_on__year=year), is_active=True)


def measures_of(
    projects: ProjectQuerySet, measures: Sequence[Measure], *, year: int, on: date
) -> dict[Measure, Measured]:
    """Several measures over the same projects, in one query."""
    facts = [facts_of(p) for p in with_year(in_plan(projects, year), year, on)]
    return {measure: measured(measure, facts, year=year, on=on) for measure in measures}


def stale_projects(projects: ProjectQuerySet, today: date, weeks: int) -> ProjectQuerySet:
    """Being prepared or built, and nothing told for that many weeks; the longest silence first."""
    silent = ProjectStage.PIPELINE, ProjectStage.COMPLETED, ProjectStage.IN_PRODUCTION
    last = today - timedelta(weeks=weeks)
    return projects.filter(is_active=True, last_told_on__lt=last).exclude(stage__in=silent).order_by("last_told_on")


def ledger_rows(projects: ProjectQuerySet) -> ProjectQuerySet:
    """With what a list shows of each, in a fixed number of queries."""
    last = Prefetch("progress", ProjectProgress.objects.order_by("-on", "-pk"), to_attr="told")
    return projects.select_related("county", "lead_unit").prefetch_related(last)


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure the ledger offers for a target, in the target's own unit, and what it was made of in words."""

    value: Decimal
    words: str
    missing: Sequence[str]


def offers_for(targets: Iterable[Target], *, month: date, today: date) -> dict[int, Offer]:
    """Target id -> what the ledger makes of it by the end of a month (or by today); offered, never written by itself.

    Projects linked with the task count, or the year's whole plan where none is. Four queries, however many targets.
    """
    wanted = {t.pk: t for t in targets}
    bindings = list(
        MeasureBinding.objects.filter(target__in=list(wanted)).select_related("target__task__plan__government")
    )
    if not bindings:
        return {}
    on = min(month_end(month), today)
    offers = {}
    groups = _groups(bindings, month.year, on)
    for binding in bindings:
        task = binding.target.task
        group = groups.get(task.pk) or groups.get(-task.plan.government_id, [])
        found = measured(Measure(binding.measure), group, year=month.year, on=on)
        value = _in_unit(found, binding.target.unit_of_measure)
        if value is not None:
            offers[binding.target_id] = Offer(value, words_of(found), found.missing)
    return offers


def _groups(bindings: Sequence[MeasureBinding], year: int, on: date) -> dict[int, list[ProjectFacts]]:
    """Task id -> its linked projects; minus the government's id -> the whole plan of the year."""
    tasks = {b.target.task_id for b in bindings}
    governments = {b.target.task.plan.government_id for b in bindings}
    projects = list(
        with_year(in_plan(Project.objects.filter(government__in=governments), year), year, on).prefetch_related("tasks")
    )
    groups: dict[int, list[ProjectFacts]] = {}
    for project in projects:
        facts = facts_of(project)
        groups.setdefault(-project.government_id, []).append(facts)
        for task in project.tasks.all():
            if task.pk in tasks:
                groups.setdefault(task.pk, []).append(facts)
    return groups


def fits(measure: Measure, unit: str) -> bool:
    """Whether a measure can be told in a unit of measure."""
    if measure.is_rate:
        return unit == "%"
    return unit in MONEY_UNITS if measure.is_money else unit in PIECES


def _in_unit(found: Measured, unit: str) -> Decimal | None:
    if found.value is None:
        return None
    return rounded(found.value / MONEY_UNITS[unit] if found.measure.is_money else found.value)


def words_of(found: Measured) -> str:
    """12/13个 or 3500/4000万元, and how many are missing."""
    unit = "万元" if found.measure.is_money or found.measure is Measure.INVESTMENT_RATE else "个"
    made = f"{found.numerator.normalize():f}"
    if found.denominator is not None:
        made += f"/{found.denominator.normalize():f}"
    silent = found.measure in (Measure.INVESTMENT_RATE, Measure.INVESTED_SUM, Measure.SIGNED_SUM) and found.missing
    return f"{made}{unit}" + (f"，{len(found.missing)}个没有报数" if silent else "")


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    return tomllib.loads(LEXICON.read_text("utf-8"))


def proposed_measure(target: Target) -> Measure | None:
    """The measure a target's own words mean, for the office to confirm; None where they mean none."""
    kind = "rates" if target.unit_of_measure == "%" else "counts"
    words = f"{target.indicator.name} {target.text}"
    found = sorted((word for word in _lexicon()[kind] if word in words), key=len)
    measure = Measure(_lexicon()[kind][found[-1]]) if found else None
    return measure if measure is not None and fits(measure, target.unit_of_measure) else None


def may_be_measured() -> Q:
    """Targets in whose words one of the lexicon's stands; `proposed_measure` decides which measure that is."""
    words = {word for kind in _lexicon().values() for word in kind}
    found = (Q(text__contains=word) | Q(indicator__name__contains=word) for word in sorted(words))
    return reduce(operator.or_, found)


def targets_to_bind(government: Government, year: int) -> QuerySet[Target]:
    """Amounts of the year's list that the ledger might measure, in printed order."""
    return (
        Target.objects.filter(task__plan__government=government, task__plan__year=year, value__isnull=False)
        .filter(Q(unit_of_measure="%") | Q(unit_of_measure__in=[*MONEY_UNITS, *PIECES]))
        .select_related("task", "indicator", "project_measure")
        .order_by("task__order", "order")
    )


def latest_plan(project: Project, year: int) -> Decimal | None:
    """The investment planned for the year, None where it is in no plan or has no figure."""
    row = project.years.filter(year=year).first()
    return row.planned_investment.normalize() + 0 if row and row.planned_investment is not None else None


def latest_invested(project: Project, on: date) -> Decimal | None:
    """The last sum told for the year up to a day."""
    rows = project.progress.filter(on__year=on.year, on__lte=on, invested__isnull=False)
    return rows.values_list("invested", flat=True).first()


def planned_investments(projects: ProjectQuerySet, year: int) -> dict[int, Decimal | None]:
    """Project id -> the investment planned for the year; None without a figure, no entry where it is in no plan."""
    rows = ProjectYear.objects.filter(project__in=projects.values("pk"), year=year)
    return dict(rows.values_list("project", "planned_investment"))


def last_told(projects: ProjectQuerySet) -> dict[int, ProjectProgress]:
    """Project id -> what was told of it last, in one query."""
    told = ProjectProgress.objects.filter(project=OuterRef("pk")).order_by("-on", "-pk")
    last = projects.annotate(last=Subquery(told.values("pk")[:1])).order_by().values("last")
    return {row.project_id: row for row in ProjectProgress.objects.filter(pk__in=last).order_by()}
