"""The diary: in order, what acts add included, and nothing after the end."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from duixian.demo.diary import Diary
from duixian.demo.moments import at
from duixian.periods import month_of

START = at(month_of(datetime(2026, 3, 1).date()), 9)


@given(st.lists(st.integers(0, 100)), st.integers(0, 100))
def test_acts_happen_in_order_up_to_the_end(hours: list[int], end: int) -> None:
    happened: list[datetime] = []
    diary = Diary()
    for hour in hours:
        diary.add(START + timedelta(hours=hour), happened.append)
    diary.run(START + timedelta(hours=end))
    assert happened == sorted(START + timedelta(hours=hour) for hour in hours if hour <= end)


def test_what_an_act_adds_happens_too_and_equals_keep_their_order() -> None:
    told: list[str] = []
    diary = Diary()

    def first(now: datetime) -> None:
        told.append("first")
        diary.add(now + timedelta(hours=1), lambda now: told.append("added"))
        diary.add(now + timedelta(days=2), lambda now: told.append("too late"))

    diary.add(START, first)
    diary.add(START, lambda now: told.append("second"))
    diary.run(START + timedelta(days=1))
    assert told == ["first", "second", "added"]
