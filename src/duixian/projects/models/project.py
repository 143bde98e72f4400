"""One investment project."""

from datetime import date

from django.db import models
from django.db.models import Q

from duixian.projects.enums import Horizon, ProjectKind, ProjectStage
from duixian.register.models import Task
from duixian.units.models import Account, Government, Unit
from duixian.units.rules import may_see_everything, own_units


class ProjectQuerySet(models.QuerySet["Project"]):
    """The one place that says which projects a person sees."""

    def visible_to(self, account: Account) -> "ProjectQuerySet":
        """Whole ledgers for office, leaders and auditors; else projects of the own unit, county, or reported task."""
        whole = may_see_everything(account)
        mine = Q(government__in=whole) | Q(government__parent__in=whole)
        units = own_units(account)
        if units:
            served = Task.objects.filter(reporting_unit__in=units).values("pk")
            linked = Project.tasks.through.objects.filter(task__in=served).values("project")
            mine |= Q(lead_unit__in=units) | Q(county__in=units) | Q(pk__in=linked)
        return self.filter(mine)


class Project(models.Model):
    """项目. Money in 万元. Dates say what happened; the stage is the last one told."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="projects")
    number = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=ProjectKind, default=ProjectKind.NEW)
    stage = models.CharField(max_length=13, choices=ProjectStage, default=ProjectStage.PIPELINE)
    field = models.CharField(max_length=60, blank=True)
    # the county or zone it lies in; empty for what the city itself builds
    county = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="projects_within")
    lead_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="projects_to_follow")
    owner = models.CharField(max_length=100, blank=True)
    sponsor = models.CharField(max_length=40, blank=True)
    investor = models.CharField(max_length=100, blank=True)
    total_investment = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    contract_amount = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    planned_start_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    resumed_on = models.DateField(null=True, blank=True)
    planned_finish_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    in_production_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    tasks = models.ManyToManyField(Task, blank=True, related_name="linked_projects")
    # the day of the last progress told; before any, the day it came into the ledger
    last_told_on = models.DateField()
    is_active = models.BooleanField(default=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("government_id", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["government", "number"], condition=~Q(number=""), name="project_number_once"
            ),
            models.UniqueConstraint(
                fields=["government", "name"], condition=Q(is_active=True), name="project_name_once"
            ),
        ]
        indexes = [models.Index(fields=["government", "stage"]), models.Index(fields=["government", "last_told_on"])]

    def __str__(self) -> str:
        return self.name

    @property
    def current_stage(self) -> ProjectStage:
        """The stage as an object that answers what it allows."""
        return ProjectStage(self.stage)

    @property
    def finished_on(self) -> date | None:
        """竣工 or 投产, whichever came first."""
        return min(filter(None, (self.completed_on, self.in_production_on)), default=None)

    def horizon_on(self, today: date) -> Horizon | None:
        """Where it stands in the pipeline; None once it is being built.

        With a planned start this year or next it can be done soon. Without any, or with one that has passed, its plan
        has to be rolled on.
        """
        if self.current_stage.is_on_site or self.current_stage.is_finished:
            return None
        if self.planned_start_on is None or self.planned_start_on < today:
            return Horizon.TO_ROLL
        return Horizon.NEAR if self.planned_start_on.year <= today.year + 1 else Horizon.LONG
