"""One figure, reported once by whoever is responsible for it, serves every task that needs it."""

from django.db import models

from duixian.indicators.enums import Frequency, ValueStatus
from duixian.units.models import Government, Unit


class Indicator(models.Model):
    """A series of figures, such as 新增城镇就业 in 万人. It belongs to no task."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="indicators")
    name = models.CharField(max_length=200)
    unit_of_measure = models.CharField(max_length=20, blank=True)
    # 归口: who reports the figure, once, for everybody
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="indicators")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.MONTHLY)
    publication_lag_days = models.PositiveSmallIntegerField(default=0)
    # published by statistics, so that without a plan the calendar is a fair pace
    is_statistic = models.BooleanField(default=False)
    # true where several targets may read it (GDP growth); a count of one task's projects is nobody else's
    is_shared = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["government", "name"])]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit_of_measure}）" if self.unit_of_measure else self.name

    def get_frequency_months(self) -> int:
        """Every how many months a figure comes."""
        return Frequency(self.frequency).months


class IndicatorValue(models.Model):
    """A value for the period that ends with `month`. Nothing is overwritten: the newest row of a period counts."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    # a member's own value where each member owes its own (每个县区); null for the whole
    member = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    month = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=6)
    status = models.CharField(max_length=12, choices=ValueStatus, default=ValueStatus.ESTIMATED)
    source = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("indicator_id", "month", "pk")
        indexes = [models.Index(fields=["indicator", "month"])]
        # two, because SQLite takes no constraint in which two NULLs are equal
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "month"],
                condition=models.Q(superseded_at__isnull=True, member__isnull=True),
                name="one_value_in_force",
            ),
            models.UniqueConstraint(
                fields=["indicator", "member", "month"],
                condition=models.Q(superseded_at__isnull=True, member__isnull=False),
                name="one_value_of_a_member_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.month:%Y-%m}: {self.value}"
