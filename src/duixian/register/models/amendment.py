"""目标调整 and 延期: what was promised and what it was changed to stand side by side; refused wishes are kept too."""

from django.db import models

from duixian.register.enums import AmendmentState
from duixian.register.models.node import Outcome
from duixian.register.models.plan import SourceDocument
from duixian.register.models.target import Target
from duixian.register.models.task import Task


class Amendment(models.Model):
    """A wish to change what was promised, and the two steps it takes."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="%(class)ss")
    reason = models.TextField()
    # the changed document that says so, where nobody had to ask for it
    document = models.ForeignKey(SourceDocument, models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    state = models.CharField(max_length=9, choices=AmendmentState, default=AmendmentState.ASKED)
    asked_by = models.CharField(max_length=100)
    asked_by_unit = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    # entered by the office after the limit had passed, and why so late
    is_after_limit = models.BooleanField(default=False)
    endorsed_by = models.CharField(max_length=100, blank=True)
    # who took the first step does not take the second
    endorsed_by_id = models.CharField(max_length=100, blank=True)
    endorsed_at = models.DateTimeField(null=True, blank=True)
    endorse_note = models.TextField(blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file = models.FileField(upload_to="amendments/%Y/", blank=True)

    class Meta:
        abstract = True

    @property
    def current_state(self) -> AmendmentState:
        """The state as an object that answers what it allows."""
        return AmendmentState(self.state)


class TargetAdjustment(Amendment):
    """目标调整: another value for a target."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="adjustments")
    value = models.DecimalField(max_digits=24, decimal_places=6)
    value_max = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    # what was in force when it was asked for
    value_before = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        ordering = ("task_id", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["target"], condition=models.Q(state=AmendmentState.APPROVED), name="one_adjustment_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task}目标调整"


class ExtensionRequest(Amendment):
    """延期: a later limit for a target, an outcome, or the task as a whole (where neither is named)."""

    target = models.ForeignKey(Target, models.CASCADE, null=True, blank=True, related_name="extensions")
    outcome = models.ForeignKey(Outcome, models.CASCADE, null=True, blank=True, related_name="extensions")
    due_on = models.DateField()
    due_on_before = models.DateField()

    class Meta:
        ordering = ("task_id", "pk")
        constraints = [
            models.CheckConstraint(
                name="extension_of_one_thing",
                condition=models.Q(target__isnull=True) | models.Q(outcome__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task}延期"
