"""Parts that add up, sums that say what is missing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.register.rolling_up import Child, ratio_of, sum_of, worst_date_of
from duixian.register.splitting import split, split_equally, step_of

UNITS = ["个", "万人", "万亩", "亿元", "公里"]


@given(
    st.decimals(min_value="0.01", max_value="99999999", places=2),
    st.lists(st.decimals(min_value="0.1", max_value="5000", places=1), min_size=1, max_size=20),
    st.sampled_from(UNITS),
)
def test_parts_add_up_exactly_and_none_is_off_by_more_than_a_step(
    total: Decimal, weights: list[Decimal], unit: str
) -> None:
    parts = split(total, dict(enumerate(weights)), unit)
    step = step_of(total, unit)
    assert sum(parts.values()) == total
    whole = sum(weights)
    assert all(abs(parts[n] - total * weight / whole) <= step for n, weight in enumerate(weights))
    assert all(part % step == 0 for part in parts.values())


@pytest.mark.parametrize(
    ("total", "unit", "expected"),
    [
        ("51", "个", ["8", "8", "7", "7", "7", "7", "7"]),
        ("1", "座", ["1", "0", "0"]),
        ("10", "亿元", ["3.34", "3.33", "3.33"]),
    ],
)
def test_whole_pieces_stay_whole(total: str, unit: str, expected: list[str]) -> None:
    parts = split_equally(Decimal(total), list(range(len(expected))), unit)
    assert [Decimal(p) for p in expected] == list(parts.values())


def test_ten_thousand_persons_are_split_to_the_person() -> None:
    parts = split_equally(Decimal("4.3"), ["甲", "乙", "丙"], "万人")
    assert sum(parts.values()) == Decimal("4.3")
    assert parts["甲"] == Decimal("1.4334")


@pytest.mark.parametrize("weights", [{}, {"甲": Decimal(0)}, {"甲": Decimal(-1), "乙": Decimal(2)}])
def test_weights_that_say_nothing_are_refused(weights: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(Decimal(10), weights, "个")


def test_a_blank_is_missing_and_not_zero() -> None:
    found = sum_of([Child("甲县", Decimal(3)), Child("乙县"), Child("丙县", Decimal(0))])
    assert (found.value, found.children, found.missing) == (Decimal(3), ("甲县", "丙县"), ("乙县",))
    assert not found.is_whole
    assert sum_of([Child("乙县")]).value is None


def test_a_rate_is_the_sum_of_numerators_over_the_sum_of_denominators() -> None:
    """Not the mean of 50 % and 90 %, which would be 70 %."""
    small = Child("甲县", numerator=Decimal(5), denominator=Decimal(10))
    large = Child("乙县", numerator=Decimal(900), denominator=Decimal(1000))
    found = ratio_of([small, large, Child("丙县", Decimal(95))])
    assert found.value == Decimal(905) * 100 / 1010
    assert found.missing == ("丙县",)
    assert ratio_of([Child("甲县", numerator=Decimal(0), denominator=Decimal(0))]).value is None


def test_the_whole_is_done_when_the_last_child_is() -> None:
    children = [Child("甲县", on=date(2026, 6, 30)), Child("乙县", on=date(2026, 9, 1)), Child("丙县")]
    found = worst_date_of(children)
    assert (found.on, found.missing) == (date(2026, 9, 1), ("丙县",))
