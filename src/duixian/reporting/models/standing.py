"""Grades and lights over time, each change with its reason."""

from django.db import models

from duixian.assessing import Grade
from duixian.register.models import Task
from duixian.register.models.task import GRADE_CHOICES, LIGHT_CHOICES
from duixian.reporting.models.report import Report

TASK_PART = "task"


class Standing(models.Model):
    """What a task (`part` is "task") or one of its parts ("target:7", "outcome:3") was graded for a month."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="standings")
    part = models.CharField(max_length=30, default=TASK_PART)
    month = models.DateField()
    grade = models.CharField(max_length=12, choices=GRADE_CHOICES)
    light = models.CharField(max_length=6, choices=LIGHT_CHOICES, blank=True)
    reason = models.TextField()
    # on the task's own row: the part it shows, which is its worst
    decided_by = models.CharField(max_length=30, blank=True)
    other = models.CharField(max_length=20, blank=True)
    expected = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    actual = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    ratio = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    gap = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    days_late = models.IntegerField(null=True, blank=True)
    days_early = models.IntegerField(null=True, blank=True)
    pace_source = models.CharField(max_length=20, blank=True)
    data_month = models.DateField(null=True, blank=True)
    # against what was first promised, where something else is in force by now
    promised_grade = models.CharField(max_length=12, choices=GRADE_CHOICES, blank=True)
    promised_light = models.CharField(max_length=6, choices=LIGHT_CHOICES, blank=True)
    promised_reason = models.TextField(blank=True)
    # as computed, where a person's word stands in its place
    computed_grade = models.CharField(max_length=12, choices=GRADE_CHOICES, blank=True)
    computed_light = models.CharField(max_length=6, choices=LIGHT_CHOICES, blank=True)
    computed_reason = models.TextField(blank=True)
    # the day by which limits were judged, so that computing again finds the same
    judged_on = models.DateField(null=True, blank=True)
    assessed_at = models.DateTimeField()

    class Meta:
        ordering = ("task_id", "month", "pk")
        constraints = [models.UniqueConstraint(fields=["task", "part", "month"], name="one_standing_a_month")]
        indexes = [
            models.Index(fields=["month", "part"]),
            # how many stood at which light in which month, and who stood where before it, without reading the reasons.
            # The month stands behind the light on purpose: led by it, SQLite would look for one task's last month here
            models.Index(fields=["part", "light", "month", "task"], name="standing_of_light"),
            models.Index(fields=["part", "grade", "month", "task"], name="standing_of_grade"),
            models.Index(fields=["part", "task", "month"], name="standing_course"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.part} {self.month:%Y-%m}: {self.grade}"

    @property
    def is_overridden(self) -> bool:
        """Whether it shows a person's word; what was computed stands beside."""
        return bool(self.computed_grade)

    @property
    def is_amended(self) -> bool:
        """Whether it was also graded against what was first promised."""
        return bool(self.promised_grade)

    @property
    def is_silent(self) -> bool:
        """Whether the lock found no report, whatever a person said of it later."""
        return Grade.NOT_REPORTED in (self.grade, self.computed_grade)


class GradeChange(models.Model):
    """One change of a task's or part's grade or light, with the reason in words and figures."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="grade_changes")
    part = models.CharField(max_length=30, default=TASK_PART)
    month = models.DateField()
    from_grade = models.CharField(max_length=12, choices=GRADE_CHOICES, blank=True)
    from_light = models.CharField(max_length=6, choices=LIGHT_CHOICES, blank=True)
    to_grade = models.CharField(max_length=12, choices=GRADE_CHOICES)
    to_light = models.CharField(max_length=6, choices=LIGHT_CHOICES, blank=True)
    reason = models.TextField()
    at = models.DateTimeField()
    # the approved report that caused it; null for adoption and locking
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="grade_changes")

    class Meta:
        ordering = ("task_id", "-at", "-pk")

    def __str__(self) -> str:
        return f"{self.task} {self.from_light} → {self.to_light}"
