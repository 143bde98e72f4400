"""Figures and terms as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from duixian.assessing import Grade, Light, OtherReason, PaceSource, wording
from duixian.assessing.units import in_unit, is_pieces, is_points
from duixian.reading import Stage


@pytest.mark.parametrize(
    ("value", "text"),
    [("4.3", "4.3"), ("6.000", "6"), ("-2.90", "−2.9"), ("0", "0"), ("-0.0", "0"), ("1E+3", "1000"), ("0.125", "0.125"),
     ("100", "100")],
)  # fmt: skip
def test_figure(value: str, text: str) -> None:
    assert wording.figure(Decimal(value)) == text


def test_figure_rounds_half_up_where_told_to() -> None:
    assert wording.figure(Decimal("1.785"), 2) == "1.79"
    assert wording.figure(Decimal("-0.001"), 2) == "0"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
@example(Decimal("10000000000000000000000.000001"))
def test_an_exact_figure_reads_back_as_itself(value: Decimal) -> None:
    assert Decimal(wording.figure(value).replace("−", "-")) == value


@pytest.mark.parametrize(
    ("ratio", "text"),
    [("0.625", "62.5%"), ("1", "100.0%"), ("0.9999", "99.9%"), ("1.0001", "100.1%"), ("1.0698", "107.0%"),
     ("-0.125", "−12.5%"), ("0", "0.0%"), ("0.854545", "85.5%")],
)  # fmt: skip
def test_percent(ratio: str, text: str) -> None:
    assert wording.percent(Decimal(ratio)) == text


@given(st.decimals(min_value=0, max_value=3, places=8))
def test_a_rounded_ratio_never_crosses_a_mark(ratio: Decimal) -> None:
    marks = (Decimal(1), Decimal("0.9"), Decimal("1.1"))
    shown = Decimal(wording.percent(ratio, marks).rstrip("%")) / 100
    for mark in marks:
        assert (shown >= mark) == (ratio >= mark)
    assert abs(shown - ratio) <= Decimal("0.001")


def test_differences() -> None:
    assert wording.points(Decimal("-2.9")) == "−2.9个百分点"
    assert wording.difference(Decimal("-2.9"), "%") == "2.9个百分点"
    assert wording.difference(Decimal("4"), "‰") == "4个千分点"
    assert wording.difference(Decimal("-20"), "亿元") == "20亿元"


def test_periods() -> None:
    assert wording.months_so_far(date(2026, 1, 1)) == "1月"
    assert wording.months_so_far(date(2026, 6, 1)) == "1—6月"
    assert wording.day_words(date(2026, 6, 30), 2026) == "6月30日"
    assert wording.day_words(date(2027, 6, 30), 2026) == "2027年6月30日"


def test_every_term_has_its_word() -> None:
    assert set(wording.GRADE_WORDS) == set(Grade)
    assert set(wording.LIGHT_WORDS) == set(Light)
    assert set(wording.OTHER_WORDS) == set(OtherReason)
    assert set(wording.PACE_WORDS) == set(PaceSource)
    assert set(wording.STAGE_WORDS) == set(wording.RESULT_WORDS) == set(Stage)


def test_units() -> None:
    assert is_pieces("家")
    assert not is_pieces("万人")
    assert is_points("个百分点")
    assert not is_points("亿元")
    assert in_unit(Decimal("0.5"), "%") == Decimal("0.5")
    assert in_unit(Decimal("0.5"), "‰") == 5
