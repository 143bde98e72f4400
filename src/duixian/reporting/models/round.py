"""One month's stocktake of one plan, its days, and who may still report after the lock."""

from datetime import date

from django.db import models
from django.db.models import Q

from duixian.periods import month_label
from duixian.register.models import Plan
from duixian.reporting.days import RoundDays
from duixian.units.models import Unit


class RoundCalendar(models.Model):
    """On which working days after a month's end its round opens, is due, is reviewed and is locked.

    Without a month it holds for every month of the plan, with one for that month alone. No row: the defaults.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="round_calendars")
    month = models.DateField(null=True, blank=True)
    opens = models.PositiveSmallIntegerField()
    due = models.PositiveSmallIntegerField()
    review = models.PositiveSmallIntegerField()
    locks = models.PositiveSmallIntegerField()
    # working days before the due day on which units that still owe are reminded
    remind_before = models.PositiveSmallIntegerField()
    # whether background work opens and locks the plan's rounds
    is_automatic = models.BooleanField(default=True)

    class Meta:
        ordering = ("plan_id", "month")
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(month__isnull=True), name="one_calendar_a_plan"),
            models.UniqueConstraint(
                fields=["plan", "month"], condition=Q(month__isnull=False), name="one_calendar_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}{month_label(self.month) if self.month else ''}盘点日历"

    @property
    def days(self) -> RoundDays:
        """The row as a value."""
        return RoundDays(self.opens, self.due, self.review, self.locks, self.remind_before, self.is_automatic)


class Round(models.Model):
    """盘点: opens when the month ends, is due by working days, and is locked once reviewed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds")
    month = models.DateField()
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    # null on rounds of an earlier version: nobody is reminded by itself and they are locked by hand
    remind_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    # locked by itself once this day has ended
    locks_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan_id", "month")
        constraints = [models.UniqueConstraint(fields=["plan", "month"], name="one_round_a_month")]

    def __str__(self) -> str:
        return f"{self.month.year}年{month_label(self.month)}盘点"

    @property
    def is_locked(self) -> bool:
        """A locked round takes no more reports."""
        return self.locked_at is not None


class LockExceptionQuerySet(models.QuerySet["LockException"]):
    """Exceptions by whether they still let a unit in."""

    def in_force(self, today: date) -> "LockExceptionQuerySet":
        """Granted, not ended, and not past their last day."""
        return self.filter(ended_at=None, expires_on__gte=today)


class LockException(models.Model):
    """开锁: one unit may report into one locked round until a day. What it reports is late for ever."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="exceptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lock_exceptions")
    reason = models.CharField(max_length=200)
    granted_by = models.CharField(max_length=100)
    granted_at = models.DateTimeField()
    # the last day on which it holds
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LockExceptionQuerySet.as_manager()

    class Meta:
        ordering = ("round_id", "unit__order", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"], condition=Q(ended_at__isnull=True), name="one_exception_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}{self.round}开锁"


class Reminder(models.Model):
    """提醒: before a round is due, to a unit that still owes. Once a round; shown on the unit's page, never mailed."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="reminders")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reminders")
    owed = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("round_id", "unit__order", "unit_id")
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.unit}{self.round}提醒"
