"""What a task promises in figures, and the pace its unit plans."""

from datetime import date
from decimal import Decimal

from django.db import models

from duixian.indicators.models import Indicator
from duixian.reading import Accrual, Comparator, Polarity, QuantityKind
from duixian.register.enums import (
    ACCRUAL_CHOICES,
    COMPARATOR_CHOICES,
    KIND_CHOICES,
    POLARITY_CHOICES,
    STAGE_CHOICES,
    Bindingness,
    FilingState,
)
from duixian.register.models.task import Task
from duixian.units.models import UnitGroup


class Target(models.Model):
    """An indicator set against a value (or against another series, in a relation), by a limit.

    `value` is in the unit as printed (4.3 万人); null where the other series in `against` is the measure.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="targets")
    order = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    text = models.CharField(max_length=300)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    comparator = models.CharField(max_length=5, choices=COMPARATOR_CHOICES, default=Comparator.EQUAL)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    value_max = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    unit_of_measure = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=9, choices=KIND_CHOICES, default=QuantityKind.AMOUNT)
    direction = models.CharField(max_length=4, blank=True)
    polarity = models.CharField(max_length=4, choices=POLARITY_CHOICES, default=Polarity.MORE)
    accrual = models.CharField(max_length=7, choices=ACCRUAL_CHOICES, default=Accrual.FLOW)
    stage = models.CharField(max_length=9, choices=STAGE_CHOICES, blank=True)
    is_strive = models.BooleanField(default=False)
    # 保持, 始终: true at every moment, so the worst period counts
    is_at_all_times = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    # as adjusted and extended; what was promised stays beside it
    amended_value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    amended_value_max = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    amended_due_on = models.DateField(null=True, blank=True)
    bindingness = models.CharField(max_length=12, choices=Bindingness, blank=True)
    against = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="measured_against")
    # 每个县区: each member owes it
    per = models.CharField(max_length=30, blank=True)
    members = models.ForeignKey(UnitGroup, models.PROTECT, null=True, blank=True, related_name="targets")

    class Meta:
        ordering = ("task_id", "order")
        constraints = [
            models.CheckConstraint(
                name="target_has_value_or_other_series",
                condition=models.Q(value__isnull=False) | models.Q(against__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def part_key(self) -> str:
        """The name of this part among a task's parts."""
        return f"target:{self.pk}"

    @property
    def original_value(self) -> Decimal | None:
        """As promised, in the unit as printed."""
        return self.value

    @property
    def original_value_max(self) -> Decimal | None:
        """The upper end of a range, as promised."""
        return self.value_max

    @property
    def original_due_on(self) -> date | None:
        """The limit as promised."""
        return self.due_on

    @property
    def current_value(self) -> Decimal | None:
        """The value in force: as adjusted, else as promised."""
        return self.value if self.amended_value is None else self.amended_value

    @property
    def current_value_max(self) -> Decimal | None:
        """The upper end in force; an adjustment speaks for both ends."""
        return self.value_max if self.amended_value is None else self.amended_value_max

    @property
    def current_due_on(self) -> date | None:
        """The limit in force: as extended, else as promised."""
        return self.amended_due_on or self.due_on

    @property
    def is_amended(self) -> bool:
        """Whether something else is in force than what was promised."""
        return self.amended_value is not None or self.amended_due_on is not None

    @property
    def shares_its_words(self) -> bool:
        """Whether one phrase promises several figures: 产业链、专业镇营收均增长12%以上."""
        return any(t.pk != self.pk and t.text == self.text for t in self.task.targets.all())

    @property
    def part_name(self) -> str:
        """As printed; where the same words promise several figures, the name of this one."""
        return self.indicator.name if self.shares_its_words else self.text


class MonthlyPlan(models.Model):
    """分月计划: the pace a unit files for one target; in force once the office approves it."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="monthly_plans")
    state = models.CharField(max_length=9, choices=FilingState, default=FilingState.FILED)
    filed_by = models.CharField(max_length=100)
    filed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("target_id", "-filed_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["target"], condition=models.Q(state=FilingState.APPROVED), name="one_plan_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target}分月计划"


class MonthlyPlanFigure(models.Model):
    """The level or the cumulative figure planned by the end of a month; months left out are not planned."""

    plan = models.ForeignKey(MonthlyPlan, models.CASCADE, related_name="figures")
    month = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        ordering = ("plan_id", "month")
        constraints = [models.UniqueConstraint(fields=["plan", "month"], name="plan_month_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.value}"
