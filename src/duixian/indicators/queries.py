"""Reading series."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
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
