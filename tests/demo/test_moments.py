"""When a demonstration stands, and which days are worked."""

from datetime import date, timedelta

import pytest

from duixian.demo.moments import WorkingTime, at, holidays, standing_moment


@pytest.mark.parametrize(
    ("month", "moment"),
    [(date(2026, 6, 1), "2026-07-06T09:20:00+08:00"), (date(2026, 12, 1), "2027-01-06T09:20:00+08:00")],
)
def test_a_demonstration_stands_on_the_sixth_of_the_month_after(month: date, moment: str) -> None:
    assert standing_moment(month).isoformat() == moment


def test_holidays_of_2026() -> None:
    days = {day.on: day.is_working for day in holidays()}
    assert days[date(2026, 2, 17)] is False
    assert days[date(2026, 2, 28)] is True
    assert days[date(2026, 10, 7)] is False
    assert sum(not working for working in days.values()) == 33
    # only days that differ from Monday to Friday are worth an entry, and a weekend inside a holiday may be named
    assert all(day.weekday() >= 5 for day, working in days.items() if working)


def test_working_days_go_round_the_spring_festival() -> None:
    working = WorkingTime({day.on: day.is_working for day in holidays()})
    assert working.first_day(date(2026, 2, 15)) == date(2026, 2, 24)
    assert working.first_day(date(2026, 2, 14)) == date(2026, 2, 14)
    assert working.later(date(2026, 2, 14), 1) == date(2026, 2, 24)


def test_minutes_run_on_into_hours() -> None:
    assert at(date(2026, 7, 6), 9, 75) - at(date(2026, 7, 6), 9) == timedelta(minutes=75)
