"""Leaders with the units they answer for, and task forces across units."""

from django.db import models

from duixian.units.enums import LeadershipKind
from duixian.units.models.account import Account
from duixian.units.models.unit import Government, Unit


class Leadership(models.Model):
    """分管 or 包联: a leader answers for a unit from a day on, until a day (excluded)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="leaderships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leaderships")
    kind = models.CharField(max_length=9, choices=LeadershipKind)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("unit_id", "kind", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "unit", "kind"],
                condition=models.Q(until_on__isnull=True),
                name="leadership_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}{self.get_kind_display()}{self.unit}"


class TaskForce(models.Model):
    """专班: people and units across units who carry some tasks together; which tasks is the register's to say."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="task_forces")
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=300, blank=True)
    chief = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="forces_led")
    people = models.ManyToManyField(Account, blank=True, related_name="task_forces")
    units = models.ManyToManyField(Unit, blank=True, related_name="task_forces")
    started_on = models.DateField()
    # dissolved: shown with its tasks, no longer proposed
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("government_id", "pk")
        constraints = [models.UniqueConstraint(fields=["government", "name"], name="task_force_name_once")]

    def __str__(self) -> str:
        return self.name
