"""Reading series."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from duixian.indicators.models import Indicator, IndicatorValue
from duixian.periods import add_months, month_end, month_of

# indicator id -> member id or None -> month -> value
Series = dict[int, dict[int | None, dict[date, Decimal]]]


def values_in_force(indicator_ids: Iterable[int]) -> Series:
    """Every value in force of these series, in one query."""
    series: Series = defaultdict(lambda: defaultdict(dict))
    rows = IndicatorValue.objects.filter(indicator_id__in=set(indicator_ids), superseded_at__isnull=True)
    for indicator_id, member_id, month, value in rows.values_list("indicator_id", "member_id", "month", "value"):
        series[indicator_id][member_id][month] = value
    return series


# indicator id -> month -> status -> the last value of that status
Statuses = dict[int, dict[date, dict[str, Decimal]]]


def values_by_status(indicator_ids: Iterable[int]) -> Statuses:
    """The values of whole series by status, for what is compared only with the like; in one query.

    A month whose value was withdrawn begins anew: what was known before is not known any more.
    """
    wanted = set(indicator_ids)
    found: Statuses = defaultdict(dict)
    ended: dict[tuple[int, date], datetime | None] = {}
    if not wanted:
        return found
    rows = IndicatorValue.objects.filter(indicator_id__in=wanted, member=None).order_by("pk")
    fields = ("indicator_id", "month", "status", "value", "entered_at", "superseded_at")
    for indicator_id, month, status, value, entered_at, superseded_at in rows.values_list(*fields):
        key = (indicator_id, month)
        if ended.get(key) != entered_at:
            found[indicator_id][month] = {}
        found[indicator_id][month][status] = value
        ended[key] = superseded_at
    for (indicator_id, month), ended_at in ended.items():
        if ended_at is not None:
            del found[indicator_id][month]
    return found


def available_until(indicator: Indicator, today: date) -> date | None:
    """The last month whose figure can be known today, by frequency and publication lag; None = no lag at all.

    A quarterly figure is for months 3, 6, 9, 12; a yearly one for 12.
    """
    step = indicator.get_frequency_months()
    if step == 1 and indicator.publication_lag_days == 0:
        return None
    month = month_of(today)
    while month.month % step or month_end(month) + timedelta(days=indicator.publication_lag_days) > today:
        month = add_months(month, -1)
    return month
