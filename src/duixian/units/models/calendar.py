"""调休: days on which the country's calendar differs from Monday to Friday."""

from django.db import models


class CalendarException(models.Model):
    """One day that is worked though a weekend, or free though a weekday."""

    on = models.DateField(unique=True)
    is_working = models.BooleanField()
    note = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("on",)

    def __str__(self) -> str:
        return f"{self.on} {'上班' if self.is_working else '放假'}"
