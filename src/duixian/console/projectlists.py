"""The ledger's filters and its summaries: what the address says, rates by county, the pipeline by year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.http import QueryDict

from duixian.projects.enums import Horizon, Measure, ProjectKind, ProjectStage
from duixian.projects.models import Project
from duixian.projects.models.project import ProjectQuerySet
from duixian.projects.queries import facts_of, in_plan, stale_projects, with_year
from duixian.projects.rates import Measured, ProjectFacts, measured
from duixian.units.models import Unit

VIEWS = ("ledger", "pipeline", "signed", "silent")
#: Weeks without a word that are worth a question.
WEEKS = 4
RATES = (Measure.RESUMPTION_RATE, Measure.START_RATE, Measure.SIGNED_START_RATE, Measure.INVESTMENT_RATE)


@dataclass(frozen=True, slots=True)
class ProjectFilters:
    """What the ledger shows. Values the address makes up are dropped."""

    view: str = "ledger"
    stage: str = ""
    kind: str = ""
    county: int | None = None
    unit: int | None = None
    task: int | None = None
    q: str = ""
    weeks: int = WEEKS

    @classmethod
    def read(cls, address: QueryDict) -> "ProjectFilters":
        """From the address."""
        view, stage, kind = (address.get(name, "") for name in ("view", "stage", "kind"))
        weeks = _number(address.get("weeks", ""))
        return cls(
            view=view if view in VIEWS else "ledger",
            stage=stage if stage in ProjectStage.values else "",
            kind=kind if kind in ProjectKind.values else "",
            county=_number(address.get("county", "")),
            unit=_number(address.get("unit", "")),
            task=_number(address.get("task", "")),
            q=address.get("q", "").strip()[:100],
            weeks=weeks if weeks and weeks <= 52 else WEEKS,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered."""
        return not (self.stage or self.kind or self.county or self.unit or self.task or self.q)


def _number(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 12 else None


def filtered_projects(projects: ProjectQuerySet, filters: ProjectFilters, today: date) -> ProjectQuerySet:
    """Active projects that the filters leave, in the order of their view."""
    projects = projects.filter(is_active=True)
    exact = {"stage": filters.stage, "kind": filters.kind, "county": filters.county, "lead_unit": filters.unit}
    projects = projects.filter(**{name: value for name, value in exact.items() if value})
    if filters.task:
        projects = projects.filter(tasks=filters.task)
    for word in filters.q.split():
        texts = ("name", "number", "owner", "investor", "sponsor", "county__name", "lead_unit__name")
        found = Q()
        for text in texts:
            found |= Q(**{f"{text}__icontains": word})
        projects = projects.filter(found)
    return _in_view(projects, filters, today)


def _in_view(projects: ProjectQuerySet, filters: ProjectFilters, today: date) -> ProjectQuerySet:
    if filters.view == "silent":
        return stale_projects(projects, today, filters.weeks)
    if filters.view == "signed":
        return projects.filter(signed_on__isnull=False).order_by("-signed_on", "pk")
    if filters.view == "pipeline":
        waiting = (ProjectStage.PIPELINE, ProjectStage.SIGNED, ProjectStage.PREPARATION)
        return projects.filter(stage__in=waiting).order_by("planned_start_on", "pk")
    return projects.order_by("county__order", "pk")


@dataclass(slots=True)
class CountyRates:
    """A county's projects (None: all together), and its rates."""

    county: Unit | None
    count: int
    rates: Sequence[Measured]


def rates_by_county(projects: ProjectQuerySet, year: int, today: date) -> list[CountyRates]:
    """All together first, then each county in its order; projects without a county only count in the whole."""
    on = min(today, date(year, 12, 31))
    groups: dict[int | None, list[ProjectFacts]] = defaultdict(list)
    whole: list[ProjectFacts] = []
    for project in with_year(in_plan(projects, year), year, on):
        facts = facts_of(project)
        whole.append(facts)
        groups[project.county_id].append(facts)
    counties = Unit.objects.filter(pk__in=[key for key in groups if key]).order_by("order", "pk")
    made = [_rates(None, whole, year, on)] if whole else []
    return made + [_rates(county, groups[county.pk], year, on) for county in counties]


def _rates(county: Unit | None, group: list[ProjectFacts], year: int, on: date) -> CountyRates:
    return CountyRates(county, len(group), [measured(m, group, year=year, on=on) for m in RATES])


@dataclass(slots=True)
class PipelineRow:
    """One stage of what is not yet being built: per horizon how many, and their total investment (万元)."""

    stage: ProjectStage
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Horizon.values, 0))
    money: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(Horizon.values, Decimal(0)))

    @property
    def cells(self) -> list[tuple[int, Decimal]]:
        """In the order of the horizons."""
        return [(self.counts[h], self.money[h]) for h in Horizon.values]

    @property
    def total(self) -> tuple[int, Decimal]:
        """All horizons together."""
        return sum(self.counts.values()), sum(self.money.values(), Decimal(0))


def pipeline(projects: ProjectQuerySet, today: date) -> list[PipelineRow]:
    """储备、签约、前期 by when they can begin."""
    stages = (ProjectStage.PIPELINE, ProjectStage.SIGNED, ProjectStage.PREPARATION)
    rows = {stage: PipelineRow(stage) for stage in stages}
    # projects of one stage and one planned start stand at one horizon
    waiting = projects.filter(is_active=True, stage__in=stages).order_by().values_list("stage", "planned_start_on")
    for stage, start, count, money in waiting.annotate(n=Count("pk"), money=Sum("total_investment")):
        horizon = Project(stage=stage, planned_start_on=start).horizon_on(today)
        if horizon is not None:
            rows[ProjectStage(stage)].counts[horizon] += count
            rows[ProjectStage(stage)].money[horizon] += money or 0
    return list(rows.values())


def stage_counts(projects: ProjectQuerySet) -> list[tuple[str, str, int]]:
    """Stage, label, how many."""
    counts = dict(projects.filter(is_active=True).order_by().values_list("stage").annotate(n=Count("pk")))
    return [(s.value, str(s.label), counts.get(s.value, 0)) for s in ProjectStage]


def share_done(project: Project) -> Decimal | None:
    """Of the year's plan, in percent; the project comes from `with_year`."""
    planned, invested = getattr(project, "planned", None), getattr(project, "invested", None)
    return None if not planned or invested is None else Decimal(100) * invested / planned
