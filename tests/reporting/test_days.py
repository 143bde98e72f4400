"""The days of a round, with 调休, and what cannot be kept."""

from datetime import date

import pytest

from duixian.reporting.days import RoundDays, round_dates
from tests.factories.play import month

# 五一: 1 to 5 May are free, Saturday the 9th is worked; 端午: Friday 19 June
HOLIDAYS = {date(2026, 5, day): False for day in (1, 4, 5)} | {date(2026, 5, 9): True, date(2026, 6, 19): False}


def test_working_days_after_the_months_end() -> None:
    dates = round_dates(RoundDays(), month(6), {})
    assert (dates.opens_on, dates.remind_on, dates.due_on) == (date(2026, 7, 1), date(2026, 7, 6), date(2026, 7, 7))
    assert (dates.review_due_on, dates.locks_on) == (date(2026, 7, 10), date(2026, 7, 14))


def test_holidays_and_worked_weekends_count() -> None:
    """April ends before 五一: the first working day is the 6th, and Saturday the 9th is one too."""
    dates = round_dates(RoundDays(), month(4), HOLIDAYS)
    assert (dates.opens_on, dates.due_on, dates.locks_on) == (date(2026, 5, 6), date(2026, 5, 11), date(2026, 5, 18))


def test_opened_late_nobody_is_late_for_it() -> None:
    dates = round_dates(RoundDays(), month(1), {}, opened_on=date(2026, 2, 24))
    assert (dates.due_on, dates.locks_on) == (date(2026, 3, 2), date(2026, 3, 9))


def test_opened_early_the_days_stay() -> None:
    assert round_dates(RoundDays(), month(6), {}, date(2026, 6, 20)) == round_dates(RoundDays(), month(6), {})


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (RoundDays(opens=5), "due"),
        (RoundDays(review=4), "review"),
        (RoundDays(locks=7), "locks"),
        (RoundDays(locks=61), "locks"),
        (RoundDays(remind_before=5), "remind_before"),
    ],
)
def test_days_in_the_wrong_order_are_named(days: RoundDays, field: str) -> None:
    assert list(days.faults) == [field]
