"""A ledger sheet between its upload and the decision to take it in."""

from django.db import models

from duixian.units.models import Account, Government


class ProjectSheet(models.Model):
    """What an uploaded sheet says, row by row; nothing of it is in the ledger until it is applied."""

    government = models.ForeignKey(Government, models.CASCADE, related_name="project_sheets")
    uploaded_by = models.ForeignKey(Account, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    rows = models.JSONField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.file_name
