"""Expressions of time and the days they end on."""

from datetime import date

import pytest

from duixian.reading.fold import fold
from duixian.reading.times import limits, scan


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("上半年开工", "上半年", date(2026, 6, 30)),
        ("一季度复工率", "一季度", date(2026, 3, 31)),
        ("三季度末投产", "三季度末", date(2026, 9, 30)),
        ("3季度完工", "3季度", date(2026, 9, 30)),
        ("10月底前落地", "10月底前", date(2026, 10, 31)),
        ("6月中旬开工", "6月中旬", date(2026, 6, 20)),
        ("6月份投用", "6月份", date(2026, 6, 30)),
        ("6月前完成", "6月前", date(2026, 5, 31)),
        ("十月底前落地", "十月底前", date(2026, 10, 31)),
        ("年内完工", "年内", date(2026, 12, 31)),
        ("年底前开工", "年底前", date(2026, 12, 31)),
        ("全年新增贷款", "全年", date(2026, 12, 31)),
        ("2026年9月30日前完成", "2026年9月30日前", date(2026, 9, 30)),
        ("8月15日前报送", "8月15日前", date(2026, 8, 15)),
        ("于2026年底竣工", "2026年底", date(2026, 12, 31)),
        ("国庆节前开放", "国庆节前", date(2026, 9, 30)),
        ("“五一”前投用", "“五一”前", date(2026, 4, 30)),
        ("春节前发放", "春节前", date(2026, 2, 16)),
        ("4—6月完成", "4—6月", date(2026, 6, 30)),
        ("2月底前完成", "2月底前", date(2026, 2, 28)),
        ("今年年底前贯通", "今年年底前", date(2026, 12, 31)),
        ("１０月底前", "10月底前", date(2026, 10, 31)),
    ],
)
def test_a_limit(text: str, words: str, day: date) -> None:
    (time,) = limits(fold(text), 2026)
    assert time.text == words
    assert time.ends_on(2026) == day


@pytest.mark.parametrize(
    "text",
    [
        "按季度推进",
        "每年10月举办",
        "每季度调度",
        "去年四季度",
        "2025年底前",
        "到2030年底",
        "2026年项目",
        "当年开工率",
        "三年行动",
        "持续推进",
        "分季度",
    ],
)
def test_no_limit(text: str) -> None:
    assert limits(fold(text), 2026) == []


def test_a_plan_of_several_years_counts_limits_inside_it() -> None:
    assert len(limits("2027年底前建成", None, (2024, 2027))) == 1
    assert limits("2028年底前建成", None, (2024, 2027)) == []


@pytest.mark.parametrize(("text", "day"), [("2014年前", date(2013, 12, 31)), ("2014年底前", date(2014, 12, 31))])
def test_before_a_year(text: str, day: date) -> None:
    assert scan(text)[0].ends_on(2013) == day
