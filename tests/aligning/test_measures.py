"""Figures in one unit, exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.aligning import Commitment
from duixian.aligning.measures import in_unit, measure_of, share
from duixian.reading.lexicon import group, words


def figure(value: str, unit: str) -> Commitment:
    """A bare figure."""
    return Commitment(task=1, text="", value=Decimal(value), unit=unit)


@pytest.mark.parametrize(
    ("county", "city", "part"),
    [
        (("2", "亿公斤"), ("4", "亿斤"), "1"),
        (("9000", "万元"), ("11", "亿元"), "0.9/11"),
        (("3500", "亩"), ("18", "万亩"), "0.35/18"),
        (("200", "公顷"), ("1.5", "万亩"), "0.2"),
        (("260", "兆瓦"), ("80", "万千瓦"), "0.325"),
        (("1", "吉瓦"), ("100", "万千瓦"), "1"),
        (("300", "米"), ("0.6", "公里"), "0.5"),
        (("6000", "人次"), ("6", "万人次"), "0.1"),
        (("2", "家"), ("30", "户"), "1/15"),
        (("5", "万吨"), ("1", "亿公斤"), "0.5"),
    ],
)
def test_a_share_in_one_unit(county: tuple[str, str], city: tuple[str, str], part: str) -> None:
    ours, _, theirs = part.partition("/")
    assert share(figure(*county), figure(*city)) == Decimal(ours) / Decimal(theirs or 1)


@pytest.mark.parametrize(
    ("county", "city"),
    [
        (("3", "户"), ("3", "亩")),
        (("6", "万人"), ("6", "万人次")),
        (("1", "亿元"), ("1", "亿美元")),
        (("5", "%"), ("5", "家")),
        (("5", "家"), ("0", "家")),
    ],
)
def test_no_share_of_another_measure_or_of_nothing(county: tuple[str, str], city: tuple[str, str]) -> None:
    assert share(figure(*county), figure(*city)) is None


def test_a_unit_the_table_lacks_is_a_measure_of_its_own() -> None:
    assert measure_of("万斗") == ("斗", Decimal(10**4))
    assert share(figure("1", "万斗"), figure("2", "万斗")) == Decimal("0.5")


@given(st.decimals(min_value=0, max_value=10**9, places=3), st.sampled_from(["亿斤", "万亩", "亿元", "万千瓦", "公里"]))
def test_there_and_back_is_the_same(value: Decimal, unit: str) -> None:
    assert in_unit(value * measure_of(unit)[1], unit) == value


def test_every_unit_that_converts_is_one_the_reader_knows() -> None:
    known = {unit for name, units in words("units").items() if isinstance(units, list) for unit in units}
    odd = {"平方公尺", "％", "微克每立方米"}
    converted = {unit for units in words("units")["convert"].values() for unit in units}
    assert converted - known <= odd
    assert not converted & set(group("units", "count"))
