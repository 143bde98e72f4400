"""What the office found out for itself, and what it and the unit agreed to correct."""

from decimal import Decimal

from django.db import models

from duixian.indicators.models import Indicator
from duixian.register.models import Outcome
from duixian.reporting.enums import CorrectionState, Progress, VerificationWay
from duixian.reporting.models.report import Report
from duixian.units.models import Unit


class Verification(models.Model):
    """核查: what was found beside what was reported, of a figure or an outcome. It never replaces the reported."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="verifications")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="verifications")
    member = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="verifications")
    way = models.CharField(max_length=10, choices=VerificationWay)
    # as they stood when it was recorded; null is blank, never zero
    reported_value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    verified_value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    reported_progress = models.CharField(max_length=11, choices=Progress, blank=True)
    verified_progress = models.CharField(max_length=11, choices=Progress, blank=True)
    words = models.TextField()
    evidence = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField()
    verified_by = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("report_id", "-recorded_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="verified_figure_or_outcome",
                condition=models.Q(indicator__isnull=False, outcome__isnull=True, verified_value__isnull=False)
                | (models.Q(indicator__isnull=True, outcome__isnull=False) & ~models.Q(verified_progress="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}核查"

    @property
    def what(self) -> str:
        """The figure's or the outcome's name."""
        return str(self.member or self.indicator or self.outcome)

    @property
    def difference(self) -> Decimal | None:
        """Verified less reported; None where one of them is no figure."""
        if self.verified_value is None or self.reported_value is None:
            return None
        return self.verified_value - self.reported_value

    @property
    def is_different(self) -> bool:
        """Whether something else was found than was reported."""
        if self.indicator_id:
            return self.verified_value != self.reported_value
        return self.verified_progress != self.reported_progress


class Correction(models.Model):
    """更正: another value for a reported figure, proposed by the office; it holds once the unit consents."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="corrections")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="corrections")
    member = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    verification = models.ForeignKey(Verification, models.PROTECT, null=True, blank=True, related_name="corrections")
    reported_value = models.DecimalField(max_digits=24, decimal_places=6)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.PROPOSED)
    proposed_by = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    # who of the unit agreed or not, and when they said so
    answered_by = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # the officer who noted down a consent given by telephone; empty where the unit answered itself
    noted_by = models.CharField(max_length=100, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("report_id", "-proposed_at", "-pk")
        constraints = [
            # two, because SQLite takes no constraint in which two NULLs are equal
            models.UniqueConstraint(
                fields=["report", "indicator"],
                condition=models.Q(state="PROPOSED", member__isnull=True),
                name="one_open_correction",
            ),
            models.UniqueConstraint(
                fields=["report", "indicator", "member"],
                condition=models.Q(state="PROPOSED", member__isnull=False),
                name="one_open_correction_of_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}更正"

    @property
    def what(self) -> str:
        """The figure's name."""
        return str(self.member or self.indicator.name)

    @property
    def is_open(self) -> bool:
        """Whether the unit has still to answer."""
        return CorrectionState(self.state).may_answer
