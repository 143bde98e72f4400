"""What was planned of a project for a year, what was told of it week by week, and its nodes."""

from django.db import models

from duixian.projects.enums import ProjectStage
from duixian.projects.models.project import Project


class ProjectYear(models.Model):
    """A project in a year's plan, with the investment planned for that year (万元)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    planned_investment = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ("project_id", "year")
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="project_year_once")]

    def __str__(self) -> str:
        return f"{self.project} {self.year}"


class ProjectProgress(models.Model):
    """周报或月报: what was told of a project on a day. Nothing is overwritten; the last row of a day counts."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="progress")
    on = models.DateField()
    stage = models.CharField(max_length=13, choices=ProjectStage)
    # this year so far; null where nothing was said of money
    invested = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    words = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    told_by = models.CharField(max_length=100)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("project_id", "-on", "-pk")
        indexes = [models.Index(fields=["project", "on"])]

    def __str__(self) -> str:
        return f"{self.project} {self.on}"


class ProjectMilestone(models.Model):
    """节点 of a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("project_id", "due_on", "pk")

    def __str__(self) -> str:
        return self.name
