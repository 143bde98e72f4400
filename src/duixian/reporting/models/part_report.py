"""What a cooperating unit says of its part of a task for one month."""

from django.db import models

from duixian.register.models import Part
from duixian.reporting.enums import Progress
from duixian.reporting.models.round import Round


class PartReport(models.Model):
    """配合情况: progress and a sentence. The lead reads it beside its own report and may take the words over."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="part_reports")
    part = models.ForeignKey(Part, models.CASCADE, related_name="reports")
    progress = models.CharField(max_length=11, choices=Progress, blank=True)
    account = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.CharField(max_length=100)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("round_id", "part_id")
        constraints = [models.UniqueConstraint(fields=["round", "part"], name="one_part_report_a_month")]

    def __str__(self) -> str:
        return f"{self.part}{self.round}"
