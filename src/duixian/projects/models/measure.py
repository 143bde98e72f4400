"""Which promise is measured from the ledger."""

from django.db import models

from duixian.projects.enums import Measure
from duixian.register.models import Target


class MeasureBinding(models.Model):
    """A target whose figure is worked out from projects: those linked to its task, or else the year's whole plan."""

    target = models.OneToOneField(Target, models.CASCADE, related_name="project_measure")
    measure = models.CharField(max_length=26, choices=Measure)

    class Meta:
        ordering = ("target_id",)

    def __str__(self) -> str:
        return f"{self.target}：{self.get_measure_display()}"
