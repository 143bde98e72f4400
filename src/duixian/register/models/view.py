"""A register as somebody likes to see it."""

from django.db import models

from duixian.register.models.plan import Plan
from duixian.units.models import Account


class SavedView(models.Model):
    """Filters, order and columns under a name: an address, never a list of tasks, so nobody sees more by it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="saved_views")
    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=30)
    address = models.CharField(max_length=1000, blank=True)
    # shown to everybody who has a register of this plan
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("is_shared", "name", "pk")
        constraints = [models.UniqueConstraint(fields=["plan", "account", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name
