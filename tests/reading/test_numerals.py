"""Numbers as the field writes them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.reading.numerals import arabic_at, carried, chinese_at, chinese_value


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("五百", 500),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("四万八千", 48000),
        ("三千", 3000),
        ("一亿二千万", 120_000_000),
        ("两", 2),
        ("七十二", 72),
        ("二〇", 0),
    ],
)
def test_chinese_numerals(run: str, value: int) -> None:
    assert chinese_value(run) == value


def test_a_fraction() -> None:
    assert chinese_value("六点五") == Decimal("6.5")


@pytest.mark.parametrize("run", ["万", "亿", "点五"])
def test_no_numeral(run: str) -> None:
    assert chinese_value(run) is None


def test_a_magnitude_at_the_end_belongs_to_the_unit() -> None:
    number = chinese_at("五百万元", 0)
    assert number is not None
    assert (number.value, number.end) == (500, 2)


def test_a_magnitude_in_the_middle_belongs_to_the_number() -> None:
    number = chinese_at("四万八千人", 0)
    assert number is not None
    assert (number.value, number.end) == (48000, 4)


@pytest.mark.parametrize(
    ("text", "value"), [("1,200家", "1200"), ("6%,7%", "6"), ("4.3万", "4.3"), ("12,345,678", "12345678")]
)
def test_digits(text: str, value: str) -> None:
    number = arabic_at(text, 0)
    assert number is not None
    assert number.value == Decimal(value)


def test_carried_is_exact() -> None:
    assert carried(Decimal("25.5"), "亿") == Decimal("2550000000")
    assert carried(Decimal("3"), "千万") == Decimal("30000000")


_DIGITS = "零一二三四五六七八九"


def _written(number: int) -> str:
    """A number below ten thousand in Chinese."""
    out, zero = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return out


@given(st.integers(1, 9999))
def test_what_is_written_is_read(number: int) -> None:
    assert chinese_value(_written(number)) == number
