"""When things happen in a demonstration: instants in Asia/Shanghai, by working days. Pure, no clock."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from duixian.periods import SHANGHAI, add_months, add_working_days, is_working_day

# a demonstration stands at the sixth of the month after its last one: some have reported, some have not
STANDS_ON_DAY = 6
STANDS_AT = time(9, 20)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that differs from Monday to Friday."""

    on: date
    is_working: bool
    note: str


@cache
def holidays() -> tuple[Holiday, ...]:
    """The State Council's holidays and working weekends, from holidays.toml."""
    data = tomllib.loads(files(__package__).joinpath("holidays.toml").read_text("utf-8"))
    days = []
    for row in data["holiday"]:
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        count = (last - first).days + 1
        days += [Holiday(first + timedelta(days=n), False, row["name"]) for n in range(count)]
        days += [Holiday(date.fromisoformat(day), True, f"{row['name']}调休") for day in row["worked"]]
    return tuple(days)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Instants counted in working days."""

    exceptions: Mapping[date, bool]

    def first_day(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""
        return day if is_working_day(day, self.exceptions) else add_working_days(day, 1, self.exceptions)

    def later(self, day: date, count: int) -> date:
        """So many working days after `day`."""
        return add_working_days(day, count, self.exceptions)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant in Shanghai; minutes past 59 run on into the next hours."""
    return datetime.combine(day, time(hour), SHANGHAI) + timedelta(minutes=minute)


def standing_moment(last_month: date) -> datetime:
    """The moment at which a demonstration up to `last_month` stands."""
    return datetime.combine(add_months(last_month, 1).replace(day=STANDS_ON_DAY), STANDS_AT, SHANGHAI)
