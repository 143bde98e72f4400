"""分解: a city's target split over counties or departments."""

from django.db import models

from duixian.register.enums import BreakdownMethod, CarryState
from duixian.register.models.target import Target
from duixian.units.models import Unit


class BreakdownItem(models.Model):
    """One unit's share of a target, in the target's own unit of measure.

    Without a row a county's share is what its own plan says (`queries.coverage`); a row is what the office has set.
    A target that is a rate is not split: each unit has a numerator and a denominator, and `value` is their ratio.
    """

    target = models.ForeignKey(Target, models.CASCADE, related_name="breakdown")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shares")
    state = models.CharField(max_length=11, choices=CarryState, default=CarryState.FIGURE)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    method = models.CharField(max_length=10, choices=BreakdownMethod, default=BreakdownMethod.BY_HAND)
    # the target of the county's own plan that carries this share
    county_target = models.ForeignKey(Target, models.SET_NULL, null=True, blank=True, related_name="carries")
    set_by = models.CharField(max_length=100)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("target_id", "unit__order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["target", "unit"], name="share_of_a_unit_once"),
            models.CheckConstraint(
                name="a_figure_where_there_is_one",
                condition=models.Q(state=CarryState.FIGURE, value__isnull=False)
                | (~models.Q(state=CarryState.FIGURE) & models.Q(value__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.target}"
