"""Who was given what to do, and what the unit said: the whole task (交办、签收) or a part of it (分工)."""

from typing import Any

from django.db import models

from duixian.register.enums import DUTIES_IN_FORCE, AssignmentState
from duixian.register.models.task import Task
from duixian.units.models import Unit


class Duty(models.Model):
    """A duty handed to a unit. It is answered once and decided once; what follows is a new row, so nothing is lost."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="%(class)ss")
    state = models.CharField(max_length=14, choices=AssignmentState, default=AssignmentState.ASSIGNED)
    assigned_by = models.CharField(max_length=100, blank=True)
    assigned_at = models.DateTimeField()
    answered_by = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # 责任人 and 联络员, as the unit names them
    accountable_person = models.CharField(max_length=40, blank=True)
    liaison_name = models.CharField(max_length=40, blank=True)
    answer_note = models.TextField(blank=True)
    # whom the unit would have do it instead
    wanted_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def current_state(self) -> AssignmentState:
        """The state as an object that answers what it allows."""
        return AssignmentState(self.state)


class Assignment(Duty):
    """交办: a task handed to the unit that reports on it; at most one in force."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")

    class Meta:
        ordering = ("task_id", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(state__in=DUTIES_IN_FORCE), name="one_assignment_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task}→{self.unit}"

    def continued(self, **fields: Any) -> "Assignment":
        """The row that follows this one, unsaved: the same task, to be acknowledged."""
        return Assignment(task=self.task, **fields)


class Part(Duty):
    """分工: what the lead gives a cooperating unit to do."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="parts")
    text = models.CharField(max_length=300)
    due_on = models.DateField()

    class Meta:
        ordering = ("task_id", "pk")

    def __str__(self) -> str:
        return f"{self.unit}：{self.text}"

    @property
    def part_key(self) -> str:
        """The name of this part among a task's graded parts."""
        return f"part:{self.pk}"

    def continued(self, **fields: Any) -> "Part":
        """The row that follows this one, unsaved: the same work, to be acknowledged."""
        return Part(task=self.task, text=self.text, due_on=self.due_on, **fields)
