"""On which days a round opens, reminds, is due, is reviewed and is locked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duixian.periods import add_working_days, month_end

LATEST = 60


@dataclass(frozen=True, slots=True)
class RoundDays:
    """Working days after the month's end; `remind_before` counts back from the due day."""

    opens: int = 1
    due: int = 5
    review: int = 8
    locks: int = 10
    remind_before: int = 1
    is_automatic: bool = True

    @property
    def faults(self) -> dict[str, str]:
        """Field -> what is wrong; empty where the days can be kept."""
        found = {}
        if not 0 <= self.opens < self.due:
            found["due"] = "上报截止应晚于开始。"
        if self.review < self.due:
            found["review"] = "审核截止不能早于上报截止。"
        if not self.review <= self.locks <= LATEST:
            found["locks"] = f"锁定不能早于审核截止，也不能晚于月末后{LATEST}个工作日。"
        if self.opens < self.due and not 0 <= self.remind_before <= self.due - self.opens:
            found["remind_before"] = "提醒应在开始之后、截止之前。"
        return found


@dataclass(frozen=True, slots=True)
class RoundDates:
    """The same as days of the calendar; a round is locked when `locks_on` has ended."""

    opens_on: date
    remind_on: date
    due_on: date
    review_due_on: date
    locks_on: date


def round_dates(
    days: RoundDays, month: date, exceptions: Mapping[date, bool], opened_on: date | None = None
) -> RoundDates:
    """The dates of a month's round; `exceptions` is the calendar of 调休.

    A round that was opened later than its day (`opened_on`) gives units the same number of working days all the same:
    nobody is late because the list was handed out, or the machine was started, after the month's end.
    """
    end = month_end(month)
    opens_on = add_working_days(end, days.opens, exceptions)

    def on(count: int) -> date:
        planned = add_working_days(end, count, exceptions)
        if opened_on is None or opened_on <= opens_on:
            return planned
        return max(planned, add_working_days(opened_on, count - days.opens, exceptions))

    due_on = on(days.due)
    return RoundDates(
        opens_on=opens_on,
        remind_on=add_working_days(due_on, -days.remind_before, exceptions),
        due_on=due_on,
        review_due_on=on(days.review),
        locks_on=on(days.locks),
    )
