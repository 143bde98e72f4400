"""Which days hold for a month of a plan, and whose rounds background work runs."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from duixian.register.models import Plan
from duixian.reporting.days import RoundDays
from duixian.reporting.models import RoundCalendar
from duixian.units.enums import OFFICE_ROLES
from duixian.units.models import Government


def days_of(plan: Plan, month: date | None) -> RoundDays:
    """The month's own days, else the plan's, else the defaults."""
    rows = RoundCalendar.objects.filter(Q(month=None) | Q(month=month), plan=plan)
    return days_among(rows, month)


def days_among(rows: Iterable[RoundCalendar], month: date | None) -> RoundDays:
    """The same from the rows of one plan at hand."""
    by_month = {row.month: row for row in rows}
    row = by_month.get(month) or by_month.get(None)
    return row.days if row else RoundDays()


def plans_with_an_office(today: date) -> QuerySet[Plan]:
    """Plans of this year and the last whose government has an office that would read the reports.

    A county's plan that its city took in for comparison has nobody to review it, and asks nobody.
    """
    staffed = Government.objects.filter(memberships__role__in=OFFICE_ROLES, memberships__ended_at=None)
    years = (today.year - 1, today.year)
    plans = Plan.objects.filter(year__in=years, government__in=staffed).select_related("government")
    return plans.defer("warnings").order_by("year", "pk")
