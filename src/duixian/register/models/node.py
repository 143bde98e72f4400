"""What a task promises in words: the state of an object, and the nodes on the way."""

from datetime import date

from django.db import models

from duixian.register.enums import STAGE_CHOICES, FilingState
from duixian.register.models.duty import Part
from duixian.register.models.target import Target
from duixian.register.models.task import Task


class Outcome(models.Model):
    """A promised state of an object: 英雄南路改扩建 START by the year's end."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="outcomes")
    order = models.PositiveSmallIntegerField()
    object = models.CharField(max_length=200)
    stage = models.CharField(max_length=9, choices=STAGE_CHOICES)
    text = models.CharField(max_length=300)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    due_on = models.DateField()
    # as extended; the limit as promised stays beside it
    amended_due_on = models.DateField(null=True, blank=True)
    is_implied = models.BooleanField(default=False)
    # an amount of the same task already measures this state of this object; it is not graded twice
    covered_by = models.ForeignKey(Target, models.SET_NULL, null=True, blank=True, related_name="covers")

    class Meta:
        ordering = ("task_id", "order")

    def __str__(self) -> str:
        return f"{self.object}{self.get_stage_display()}"

    @property
    def part_key(self) -> str:
        """The name of this part among a task's parts."""
        return f"outcome:{self.pk}"

    @property
    def original_due_on(self) -> date:
        """The limit as promised."""
        return self.due_on

    @property
    def current_due_on(self) -> date:
        """The limit in force: as extended, else as promised."""
        return self.amended_due_on or self.due_on


class Milestone(models.Model):
    """节点: a step the unit files on the way to an outcome (or to a target, or to its part); due by a date."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones")
    outcome = models.ForeignKey(Outcome, models.CASCADE, null=True, blank=True, related_name="milestones")
    # a cooperating unit's own step; agreed between the units, it is not graded as the task's
    part = models.ForeignKey(Part, models.CASCADE, null=True, blank=True, related_name="milestones")
    name = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=9, choices=FilingState, default=FilingState.FILED)
    filed_by = models.CharField(max_length=100)
    filed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("task_id", "due_on", "pk")

    def __str__(self) -> str:
        return self.name
