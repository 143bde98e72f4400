"""A bulletin's figures, frozen."""

from django.db import models

from duixian.register.models import Plan


class Bulletin(models.Model):
    """通报: the snapshot a quarter's bulletin is rendered from. Drawn up again, it is a new row; none is changed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="bulletins")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    snapshot_sha256 = models.CharField(max_length=64)
    drawn_up_at = models.DateTimeField()
    drawn_up_by = models.CharField(max_length=100)

    class Meta:
        ordering = ("-year", "-quarter", "-drawn_up_at")

    def __str__(self) -> str:
        return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度通报"
