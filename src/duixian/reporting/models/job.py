"""What background work did: one row an act, however often it was tried."""

from django.db import models

from duixian.register.models import Plan
from duixian.reporting.enums import JobKind, JobState


class JobRun(models.Model):
    """One act of background work. `key` names it (`lock:12`, `export:2026-07-06`), so that none is done twice."""

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=JobKind)
    label = models.CharField(max_length=200)
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="job_runs")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=JobState)
    attempts = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    message = models.TextField(blank=True)
    # after a failure: not tried again by itself before this moment
    not_before = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes = [models.Index(fields=["-started_at"])]

    def __str__(self) -> str:
        return self.label

    @property
    def current_state(self) -> JobState:
        """The state as an object that answers what it allows."""
        return JobState(self.state)

    @property
    def seconds(self) -> float | None:
        """How long the last try took."""
        return None if self.duration_ms is None else self.duration_ms / 1000
