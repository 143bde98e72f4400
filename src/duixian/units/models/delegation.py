"""委托代签: a unit's head lets a colleague sign for a time."""

from datetime import date

from django.db import models

from duixian.units.models.account import Account
from duixian.units.models.unit import Unit


class Delegation(models.Model):
    """From a day to a day (both included), for a reason; it can be taken back. What was signed under it stays."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="delegations")
    head = models.ForeignKey(Account, models.PROTECT, related_name="delegations_given")
    deputy = models.ForeignKey(Account, models.PROTECT, related_name="delegations_held")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("unit_id", "from_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="delegation_ends_after_it_begins", condition=models.Q(until_on__gte=models.F("from_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.head}委托{self.deputy}"

    def is_in_force(self, on: date) -> bool:
        """Whether the deputy signs on that day."""
        return self.revoked_at is None and self.from_on <= on <= self.until_on
