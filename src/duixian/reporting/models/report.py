"""What a unit reports of one task for one month."""

from django.db import models

from duixian.indicators.models import Indicator
from duixian.register.models import Milestone, Outcome, Task
from duixian.register.models.task import TaskQuerySet
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.models.round import Round
from duixian.units.models import Account, Unit


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports follow their tasks: who sees the task sees its reports."""

    def visible_to(self, account: Account) -> "ReportQuerySet":
        """The register's own rule."""
        tasks: TaskQuerySet = Task.objects.visible_to(account)
        return self.filter(task__in=tasks)


class Report(models.Model):
    """填报: task x unit x month. `revision` counts changes, so that two people cannot overwrite each other unseen."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    account = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    blocker = models.TextField(blank=True)
    note = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    signed_by = models.CharField(max_length=100, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=100, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("round_id", "task__order", "task_id")
        constraints = [models.UniqueConstraint(fields=["round", "task", "unit"], name="one_report_a_month")]
        indexes = [models.Index(fields=["round", "state"])]

    def __str__(self) -> str:
        return f"{self.task}{self.round}"

    @property
    def current_state(self) -> ReportState:
        """The state as an object that answers what it allows."""
        return ReportState(self.state)


class ReportFigure(models.Model):
    """The actual value of one series (for one member, where each owes its own). Null is blank, never zero.

    A figure hangs on the series and not on a target: two targets of a task on one series are filled in once.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="reported_figures")
    member = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    # the person was told that the figure is out of the ordinary, and stood by it
    is_confirmed = models.BooleanField(default=False)
    unavailable_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("report_id", "indicator_id", "member__order", "member_id")
        constraints = [
            # two, because SQLite takes no constraint in which two NULLs are equal
            models.UniqueConstraint(
                fields=["report", "indicator"], condition=models.Q(member__isnull=True), name="figure_once"
            ),
            models.UniqueConstraint(
                fields=["report", "indicator", "member"],
                condition=models.Q(member__isnull=False),
                name="figure_of_a_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class ReportNode(models.Model):
    """How far an outcome or a milestone has come."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="nodes")
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="nodes")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="nodes")
    progress = models.CharField(max_length=11, choices=Progress, blank=True)
    done_on = models.DateField(null=True, blank=True)
    # "will be met in time", which keeps a node that is nearly due from turning yellow
    will_be_met = models.BooleanField(default=False)

    class Meta:
        ordering = ("report_id", "outcome__order", "milestone__due_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "outcome"], condition=models.Q(outcome__isnull=False), name="outcome_told_once"
            ),
            models.UniqueConstraint(
                fields=["report", "milestone"], condition=models.Q(milestone__isnull=False), name="milestone_told_once"
            ),
            models.CheckConstraint(
                name="node_is_outcome_or_milestone",
                condition=models.Q(outcome__isnull=False, milestone__isnull=True)
                | models.Q(outcome__isnull=True, milestone__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome or self.milestone}: {self.progress}"


class ReportVersion(models.Model):
    """A report as it was submitted: kept for ever, also when sent back."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    signed_by = models.CharField(max_length=100)
    content = models.JSONField()
    # not signed anew: a figure the office and the unit agreed to correct
    is_corrected = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=ReportState, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        ordering = ("report_id", "number")
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.report}第{self.number}次上报"
