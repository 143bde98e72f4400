"""A month read from a file: a filled-in sheet, or the unit's own report. It changes nothing until a person says so."""

from django.db import models

from duixian.reporting.enums import ProposalKind
from duixian.reporting.models.round import Round
from duixian.units.models import Account, Unit


class MonthProposal(models.Model):
    """What a file says of a unit's month, task by task, kept between the upload and the person's word."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=8, choices=ProposalKind)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # task id -> {"revision": of the report when read, "content": as in a version, "words": field -> source words}
    rows = models.JSONField()
    # passages of the file that were matched with no task, for the person to place
    unplaced = models.JSONField(default=list)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.unit}{self.round}：{self.file_name}"
