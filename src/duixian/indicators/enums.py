"""How often a figure comes, and how firm it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    MONTHLY = "MONTHLY", _("每月")
    QUARTERLY = "QUARTERLY", _("每季")
    YEARLY = "YEARLY", _("每年")

    @property
    def months(self) -> int:
        """Every how many months a figure comes."""
        return {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}[self]


class ValueStatus(models.TextChoices):
    """A later status replaces an earlier one without erasing it."""

    ESTIMATED = "ESTIMATED", _("预计")
    PRELIMINARY = "PRELIMINARY", _("快报")
    FINAL = "FINAL", _("核定")
    REVISED = "REVISED", _("修订")

    @property
    def rank(self) -> int:
        """How firm it is: a value gives way to one as firm or firmer, never to a weaker one."""
        return list(ValueStatus).index(self)
