"""Months, quarters and working days. Pure: "now" is always an argument, no clock is read here.

A month is its first day: `date(2026, 6, 1)` is June 2026.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_SATURDAY = 5
_QUARTER_NUMERALS = "一二三四"
_MONTH_TEXT = re.compile(r"(\d{4})-(\d{1,2})")
_QUARTER_TEXT = re.compile(r"(\d{4})[Qq]([1-4])")


def month_of(day: date) -> date:
    """The month a day lies in, as its first day."""
    return date(day.year, day.month, 1)


def month_end(day: date) -> date:
    """The last day of the month a day lies in."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def add_months(month: date, count: int) -> date:
    """The month `count` months later (earlier when negative), as its first day."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_of_year(year: int) -> list[date]:
    """The twelve months of a year, in order."""
    return [date(year, number, 1) for number in range(1, 13)]


def months_between(first: date, last: date) -> list[date]:
    """Every month from `first`'s to `last`'s, both included; empty when `last` is earlier."""
    month, months = month_of(first), []
    while month <= last:
        months.append(month)
        month = add_months(month, 1)
    return months


def parse_month(text: str) -> date:
    """Read "2026-06" (or "2026-6"). Raises ValueError with a Chinese message."""
    found = _MONTH_TEXT.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) == 0:
        raise ValueError(f"月份“{text}”无法识别，请写成“2026-06”这样的年月")
    return date(int(found[1]), int(found[2]), 1)


def month_label(month: date) -> str:
    """The month as people write it within a year: 6月."""
    return f"{month.month}月"


def day_label(day: date) -> str:
    """The day as people write it within a year: 6月30日."""
    return f"{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year; `number` is 1 to 4."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"季度应为1至4，不能是{self.number}")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read "2026Q2". Raises ValueError with a Chinese message."""
        found = _QUARTER_TEXT.fullmatch(text.strip())
        if found is None or int(found[1]) == 0:
            raise ValueError(f"季度“{text}”无法识别，请写成“2026Q2”（年份、字母Q、1至4）")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first_month(self) -> date:
        """The quarter's first month."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_month(self) -> date:
        """The quarter's last month."""
        return date(self.year, self.number * 3, 1)

    @property
    def months(self) -> list[date]:
        """The quarter's three months, in order."""
        return [add_months(self.first_month, count) for count in range(3)]

    @property
    def ends_on(self) -> date:
        """The quarter's last day."""
        return month_end(self.last_month)

    @property
    def previous(self) -> Quarter:
        """The quarter before this one."""
        return Quarter.of(self.first_month - timedelta(days=1))

    @property
    def label(self) -> str:
        """2026年第二季度."""
        return f"{self.year}年第{_QUARTER_NUMERALS[self.number - 1]}季度"

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


def today_in(now: datetime) -> date:
    """The date in Shanghai at an instant. Raises ValueError for a naive datetime: its zone would be a guess."""
    if now.tzinfo is None or now.utcoffset() is None:
        raise ValueError("时间缺少时区，无法确定当天日期")
    return now.astimezone(SHANGHAI).date()


def is_working_day(day: date, exceptions: Mapping[date, bool]) -> bool:
    """Whether a day is worked: Monday to Friday, unless `exceptions` says otherwise.

    `exceptions` is the yearly calendar of 调休: True for a weekend day that is worked, False for a weekday off.
    """
    return exceptions.get(day, day.weekday() < _SATURDAY)


def add_working_days(start: date, count: int, exceptions: Mapping[date, bool]) -> date:
    """The `count`-th working day after `start` (before it when negative); `start` itself is not counted.

    A count of 0 is `start`, worked or not. This is how limits in working days run: from the day after.
    """
    step = timedelta(days=1 if count > 0 else -1)
    day, left = start, abs(count)
    while left:
        day += step
        left -= is_working_day(day, exceptions)
    return day
