"""Keys and counts as forms bring them."""

import pytest

from duixian.console.numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("9" * 18, 10**18 - 1)])
def test_plain_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "１２", "٣", "²", " 1", "1e3", "一", "9" * 19, "9" * 5000])
def test_what_no_key_can_be_is_none(text: str) -> None:
    assert whole_number(text) is None
