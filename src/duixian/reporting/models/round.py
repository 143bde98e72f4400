"""One month's stocktake of one plan."""

from django.db import models

from duixian.periods import month_label
from duixian.register.models import Plan


class Round(models.Model):
    """盘点: opens when the month ends, is due by working days, and is locked once reviewed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds")
    month = models.DateField()
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "month")
        constraints = [models.UniqueConstraint(fields=["plan", "month"], name="one_round_a_month")]

    def __str__(self) -> str:
        return f"{self.month.year}年{month_label(self.month)}盘点"

    @property
    def is_locked(self) -> bool:
        """A locked round takes no more reports."""
        return self.locked_at is not None
