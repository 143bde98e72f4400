"""A return form handed in: its lines wait here until whoever may has applied them."""

from django.db import models

from duixian.units.models.unit import Government


class PeopleReturn(models.Model):
    """联络员回执表: the lines of one uploaded sheet, each with the cells they stood in. Never holds a password."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="people_returns")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # as `returns.reading.ReturnLine.as_data` gives them; emptied when the return is put away
    lines = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    received_by = models.CharField(max_length=100)
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return self.file_name
