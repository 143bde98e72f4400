"""Figures out of the ordinary are asked about, by what is known: the month before, else last year, else the target."""

from datetime import date
from decimal import Decimal

import pytest

from duixian.reporting.models import ReportFigure
from duixian.reporting.queries import doubts_among

JUNE, MAY, LAST_JUNE = date(2026, 6, 1), date(2026, 5, 1), date(2025, 6, 1)


@pytest.mark.parametrize(
    ("value", "known", "target", "words"),
    [
        ("2.3", {MAY: "2.0"}, "4.8", None),
        ("23", {MAY: "2.0"}, "4.8", "是5月2的11.5倍"),
        ("0.3", {MAY: "2.0"}, "4.8", "像是填了当月数"),
        ("23000", {LAST_JUNE: "2.1"}, "4.8", "是上年6月2.1的"),
        ("0.1", {LAST_JUNE: "2.1"}, "4.8", "少了九成以上"),
        ("2.3", {LAST_JUNE: "2.1"}, "0.1", None),
        ("23000", {}, "4.8", "是全年目标4.8的"),
        ("9", {}, "4.8", None),
        ("23000", {}, None, None),
    ],
)
def test_what_is_asked(value: str, known: dict[date, str], target: str | None, words: str | None) -> None:
    figure = ReportFigure(indicator_id=1, value=Decimal(value))
    values = {1: {None: {month: Decimal(v) for month, v in known.items()}}}
    told = doubts_among([figure], values, {1: Decimal(target) if target else None}, JUNE)  # type: ignore[arg-type]
    assert told.get("figure-1") is None if words is None else words in told["figure-1"]


def test_only_sums_are_held_against_a_target() -> None:
    figure = ReportFigure(indicator_id=1, value=Decimal(23000))
    assert doubts_among([figure], {}, {}, JUNE) == {}
