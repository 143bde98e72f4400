"""人工认定: a person of the office puts a grade in place of the computed one, with a reason and an end."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q

from duixian.periods import SHANGHAI, month_label
from duixian.register.models import Task
from duixian.register.models.task import GRADE_CHOICES, LIGHT_CHOICES


class GradeOverride(models.Model):
    """From `month` on, up to the round of `until_month` or the day `expires_on`; at most one a task is not ended."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="overrides")
    month = models.DateField()
    until_month = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=12, choices=GRADE_CHOICES)
    light = models.CharField(max_length=6, choices=LIGHT_CHOICES, blank=True)
    reason = models.CharField(max_length=500)
    set_by = models.CharField(max_length=100)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=100, blank=True)
    end_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("task_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(ended_at=None), name="one_override_in_force"),
            models.CheckConstraint(
                name="override_ends",
                condition=Q(until_month__isnull=False, expires_on__isnull=True)
                | Q(until_month__isnull=True, expires_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}人工认定"

    @property
    def ends_at(self) -> datetime | None:
        """When it ceases to hold: as ended, else after its last day; None where a round has yet to end it."""
        if self.ended_at is not None:
            return self.ended_at
        return datetime.combine(self.expires_on + timedelta(days=1), time(), SHANGHAI) if self.expires_on else None

    def is_in_force(self, now: datetime) -> bool:
        """Whether it holds at an instant."""
        return self.ends_at is None or now < self.ends_at

    def covers(self, month: date) -> bool:
        """Whether it is about the stocktake of that month."""
        return self.month <= month and (self.until_month is None or month <= self.until_month)

    def shows(self, month: date, locked_at: datetime | None, now: datetime) -> bool:
        """Whether that month's standing shows it: while it holds, and for ever where the month was locked under it."""
        if not self.covers(month):
            return False
        return self.is_in_force(now) or (
            locked_at is not None and self.is_in_force(locked_at) and self.set_at <= locked_at
        )

    @property
    def end_words(self) -> str:
        """至7月31日, 至6月盘点."""
        if self.until_month is not None:
            return f"至{month_label(self.until_month)}盘点"
        assert self.expires_on is not None
        return f"至{self.expires_on.month}月{self.expires_on.day}日"
