"""佐证材料: files a unit lays beside a report, never forced."""

from django.db import models

from duixian.register.models import Task
from duixian.register.models.task import TaskQuerySet
from duixian.reporting.models.report import Report
from duixian.units.models import Account


class EvidenceQuerySet(models.QuerySet["EvidenceFile"]):
    """Evidence follows its task, as the report does."""

    def visible_to(self, account: Account) -> "EvidenceQuerySet":
        """The register's own rule; what was taken away again is gone for the pages."""
        tasks: TaskQuerySet = Task.objects.visible_to(account)
        return self.filter(report__task__in=tasks, removed_at=None)


class EvidenceFile(models.Model):
    """One file. It is stored under its SHA-256, so that one photograph laid beside five reports is kept once."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # where it lies under the uploads folder: a name of our own, never the person's
    stored_as = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    added_by = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("report_id", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sha256"], condition=models.Q(removed_at__isnull=True), name="evidence_once"
            )
        ]

    def __str__(self) -> str:
        return self.file_name
