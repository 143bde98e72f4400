"""Months, quarters, working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian import periods
from duixian.periods import Quarter

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


def test_month_of_and_end() -> None:
    assert periods.month_of(date(2026, 6, 17)) == date(2026, 6, 1)
    assert periods.month_end(date(2026, 6, 1)) == date(2026, 6, 30)
    assert periods.month_end(date(2028, 2, 10)) == date(2028, 2, 29)


@given(DAYS, st.integers(-200, 200))
def test_months_added_and_taken_away_lead_back(day: date, count: int) -> None:
    month = periods.month_of(day)
    assert periods.add_months(periods.add_months(month, count), -count) == month


@given(DAYS)
def test_the_day_after_a_months_end_starts_the_next(day: date) -> None:
    assert periods.month_end(day) + timedelta(days=1) == periods.add_months(periods.month_of(day), 1)


def test_months_of_year() -> None:
    months = periods.months_of_year(2026)
    assert len(months) == 12
    assert months[0] == date(2026, 1, 1)
    assert months[-1] == date(2026, 12, 1)


def test_months_between() -> None:
    assert periods.months_between(date(2025, 12, 9), date(2026, 2, 1)) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert periods.months_between(date(2026, 3, 1), date(2026, 2, 28)) == []


@pytest.mark.parametrize(("text", "month"), [("2026-06", date(2026, 6, 1)), (" 2026-6 ", date(2026, 6, 1))])
def test_parse_month(text: str, month: date) -> None:
    assert periods.parse_month(text) == month


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "0000-06", "06-2026", "2026-06-01", "六月"])
def test_a_month_that_cannot_be_read_is_told_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match="无法识别，请写成“2026-06”"):
        periods.parse_month(text)


def test_labels() -> None:
    assert periods.month_label(date(2026, 6, 1)) == "6月"
    assert periods.day_label(date(2026, 6, 30)) == "6月30日"


def test_quarter() -> None:
    quarter = Quarter.parse("2026Q2")
    assert quarter == Quarter(2026, 2)
    assert quarter.first_month == date(2026, 4, 1)
    assert quarter.last_month == date(2026, 6, 1)
    assert quarter.months == [date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)]
    assert quarter.ends_on == date(2026, 6, 30)
    assert quarter.label == "2026年第二季度"
    assert str(quarter) == "2026Q2"
    assert Quarter(2026, 1).previous == Quarter(2025, 4)


@pytest.mark.parametrize("text", ["2026Q5", "2026Q0", "Q2", "2026", "2026年2季度", "", "0000Q1"])
def test_a_quarter_that_cannot_be_read_is_told_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match="无法识别，请写成“2026Q2”"):
        Quarter.parse(text)


def test_a_fifth_quarter_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="季度应为1至4"):
        Quarter(2026, 5)


@given(DAYS)
def test_a_day_lies_in_its_quarter(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first_month <= day <= quarter.ends_on
    assert Quarter.parse(str(quarter)) == quarter


def test_today_is_shanghais() -> None:
    assert periods.today_in(datetime(2026, 6, 30, 16, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert periods.today_in(datetime(2026, 6, 30, 23, 59, tzinfo=periods.SHANGHAI)) == date(2026, 6, 30)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="缺少时区"):
        periods.today_in(datetime(2026, 6, 30, 12, 0))


# National Day 2026 as an editable calendar would hold it: 1-7 October off, Saturday the 10th worked.
HOLIDAYS = {date(2026, 10, number): False for number in range(1, 8)} | {date(2026, 10, 10): True}


def test_working_days_follow_the_calendar() -> None:
    assert periods.is_working_day(date(2026, 10, 10), HOLIDAYS)
    assert not periods.is_working_day(date(2026, 10, 1), HOLIDAYS)
    assert not periods.is_working_day(date(2026, 10, 11), HOLIDAYS)
    assert periods.add_working_days(date(2026, 9, 30), 1, HOLIDAYS) == date(2026, 10, 8)
    assert periods.add_working_days(date(2026, 9, 30), 3, HOLIDAYS) == date(2026, 10, 10)
    assert periods.add_working_days(date(2026, 10, 8), -1, HOLIDAYS) == date(2026, 9, 30)
    assert periods.add_working_days(date(2026, 10, 3), 0, HOLIDAYS) == date(2026, 10, 3)


@given(DAYS, st.integers(1, 60))
def test_as_many_working_days_lie_between_as_were_added(start: date, count: int) -> None:
    end = periods.add_working_days(start, count, {})
    days = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
    assert sum(periods.is_working_day(day, {}) for day in days) == count
    assert periods.is_working_day(end, {})
