"""A published or revised statistic: entered in its series, and what it touches is graded anew at once."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.audit.trail import record
from duixian.indicators.commands import record_value
from duixian.indicators.enums import ValueStatus
from duixian.indicators.models import Indicator
from duixian.register.models import Task
from duixian.reporting.commands._grading import grade_again
from duixian.reporting.models import Standing
from duixian.units.models import Unit

DECEMBER = 12


@command
def publish_value(
    *,
    indicator: Indicator,
    month: date,
    value: Decimal,
    status: ValueStatus,
    source: str,
    actor: Actor,
    now: datetime,
    member: Unit | None = None,
) -> int:
    """Enter a value and grade anew the tasks that read the series, in the months it speaks of; returns how many.

    Whoever may enter the value may call it. Standings of which nothing changes are not touched, and what a lock found
    not reported stays so.
    """
    record_value(
        indicator=indicator,
        month=month,
        value=value,
        status=status,
        source=source,
        actor=actor,
        now=now,
        member=member,
    )
    graded = grade_again(_standings_reading(indicator, month), now=now)
    record(actor=actor, now=now, action="publish_value", target=indicator, after={"month": month, "graded": graded})
    return graded


def _standings_reading(indicator: Indicator, month: date) -> QuerySet[Standing]:
    """Of tasks that read the series: its own year from that month on; the year after, whose baseline and pace it is."""
    tasks = Task.objects.in_force().filter(Q(targets__indicator=indicator) | Q(targets__against=indicator))
    speaks_of = Q(task__plan__year=month.year, month__gte=month) | Q(task__plan__year=month.year + 1)
    if month.month == DECEMBER:
        speaks_of |= Q(task__plan__year=month.year + 2)
    return Standing.objects.filter(speaks_of, task__in=tasks)
