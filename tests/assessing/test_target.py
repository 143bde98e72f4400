"""What the pages' tables do not show: settings, overrides, marks, errors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from duixian.assessing import (
    Assessment,
    Grade,
    Light,
    Observation,
    OtherReason,
    PaceSource,
    TargetFacts,
    Thresholds,
    Tolerance,
    assess_target,
    expected_at,
)
from duixian.reading import Accrual, Comparator, Polarity, QuantityKind, Stage

JUNE = date(2026, 6, 1)
DECEMBER = date(2026, 12, 1)


def target(value: str | None, unit: str = "亿元", **more: Any) -> TargetFacts:
    given = {"accrual": Accrual.FLOW, "polarity": Polarity.MORE, "kind": QuantityKind.AMOUNT, "year": 2026} | more
    number = None if value is None else Decimal(value)
    return TargetFacts(name="指标", unit=unit, comparator=Comparator.AT_LEAST, value=number, **given)


def with_june(facts: TargetFacts, value: str) -> TargetFacts:
    return replace(facts, observations=[Observation(JUNE, Decimal(value))])


def assess(facts: TargetFacts, *, month: date = JUNE, today: date = date(2026, 7, 6), **thresholds: Any) -> Assessment:
    return assess_target(facts, month=month, today=today, thresholds=Thresholds(**thresholds))


def test_all_that_was_compared_is_handed_back() -> None:
    result = assess(with_june(target("400"), "180"))
    assert result == Assessment(
        Grade.BEHIND,
        Light.YELLOW,
        "完成180亿元，应达200亿元，为90.0%",
        expected=Decimal(200),
        actual=Decimal(180),
        ratio=Decimal("0.9"),
        gap=Decimal(-20),
        pace_source=PaceSource.CALENDAR,
        data_month=JUNE,
        details={"pace": "按月均进度"},
    )


def test_thresholds_are_rows() -> None:
    facts = with_june(target("400"), "180")
    assert assess(facts, yellow_ratio=Decimal("0.95")).light is Light.RED
    assert assess(facts, on_pace_ratio=Decimal("0.9")).light is Light.GREEN
    assert assess(target("400"), not_reported_counts_as_red=True).light is Light.RED


def test_a_statistic_may_be_said_to_be_one() -> None:
    works = with_june(target("850", "公里", stage=Stage.COMPLETE), "425")
    assert assess(works).other is OtherReason.NO_PLAN
    assert assess(replace(works, is_statistic=True)).grade is Grade.ON_PACE
    few = with_june(target("6", "家"), "3")
    assert assess(few).other is OtherReason.NO_PLAN
    assert assess(replace(few, is_statistic=True)).grade is Grade.ON_PACE
    assert assess(few, few_pieces_below=Decimal(0)).grade is Grade.ON_PACE


def test_pieces_by_the_ten_thousand_are_a_statistic() -> None:
    assert assess(with_june(target("6.8", "万人"), "3.4")).grade is Grade.ON_PACE


def test_few_pieces_without_a_plan_go_by_ratio_once_the_limit_has_passed() -> None:
    facts = replace(target("10", "家"), observations=[Observation(DECEMBER, Decimal(9))])
    result = assess(facts, month=DECEMBER, today=date(2027, 1, 8))
    assert (result.light, result.days_late) == (Light.YELLOW, None)


def test_works_without_a_plan_are_overdue_once_the_limit_has_passed() -> None:
    facts = replace(target("40", "个", stage=Stage.COMPLETE), observations=[Observation(DECEMBER, Decimal(38))])
    result = assess(facts, month=DECEMBER, today=date(2027, 1, 8))
    assert (result.light, result.days_late) == (Light.RED, 8)
    assert result.reason == "完成38个，应达40个，为95.0%，逾期8天"


def test_a_limit_that_nears_is_green_when_the_report_says_it_will_be_met() -> None:
    facts = target("40", "个", stage=Stage.COMPLETE, due_on=date(2026, 7, 15))
    assert assess(facts).light is Light.YELLOW
    sure = assess(replace(facts, will_be_met=True))
    assert (sure.grade, sure.light) == (Grade.ON_PACE, Light.GREEN)
    assert sure.reason == "应于7月15日前建成，还剩9天，预计按期完成"


def test_a_limit_passed_before_its_month_is_taken_stock_of_is_not_yet_red() -> None:
    facts = replace(
        target("40", "个", stage=Stage.COMPLETE, due_on=date(2026, 6, 30)),
        observations=[Observation(date(2026, 5, 1), Decimal(30))],
    )
    result = assess(facts, month=date(2026, 5, 1), today=date(2026, 7, 3))
    assert result.light is Light.YELLOW
    assert result.reason == "应于6月30日前建成，期限已过3天，已完成30个，目标40个"


def test_the_limits_own_figure_may_still_be_unpublished() -> None:
    facts = replace(
        target("40", "个", stage=Stage.COMPLETE, due_on=date(2026, 6, 30), available_until=date(2026, 5, 1)),
        observations=[Observation(date(2026, 5, 1), Decimal(30))],
    )
    assert assess(facts).other is OtherReason.NOT_PUBLISHED


def test_a_target_may_set_its_own_tolerance() -> None:
    price = target("2", "%", polarity=Polarity.NEAR, accrual=Accrual.RUNNING, kind=QuantityKind.GROWTH)
    low = with_june(price, "1.2")
    assert assess(low).light is Light.GREEN
    tight = replace(low, tolerance=Tolerance(above=Decimal("0.1"), below=Decimal("0.4")))
    assert assess(tight).light is Light.YELLOW
    assert assess(replace(with_june(tight, "1.0"))).light is Light.RED


def test_per_mille_differs_in_its_own_points() -> None:
    facts = with_june(target("10", "‰", polarity=Polarity.LESS, accrual=Accrual.RUNNING), "14")
    result = assess(facts)
    assert result.light is Light.YELLOW
    assert result.reason == "1—6月为14‰，高于上限4个千分点"


def test_striving_is_marked_not_spared() -> None:
    result = assess(replace(with_june(target("400"), "100"), strive=True))
    assert result.light is Light.RED
    assert result.details["strive"] == "力争"


def test_two_figures_in_one_month_are_refused() -> None:
    facts = replace(target("400"), observations=[Observation(JUNE, Decimal(1)), Observation(JUNE, Decimal(2))])
    with pytest.raises(ValueError, match="“指标”同一个月有两个数"):
        assess(facts)


def test_nobody_named_for_each_member() -> None:
    result = assess(replace(target("1", "个"), members={}))
    assert (result.other, result.reason) == (OtherReason.NO_PLAN, "未定计划，未明确由谁承担")


def test_the_worst_member_is_named() -> None:
    facts = replace(
        target("20", "万亩"),
        per="县区",
        members={"甲县": [Observation(JUNE, Decimal(9))], "乙县": [Observation(JUNE, Decimal(20))]},
    )
    result = assess(facts)
    assert (result.worst_member, result.members_done, result.light) == ("甲县", 1, Light.YELLOW)


def test_a_month_after_the_year_is_its_last() -> None:
    facts = replace(target("400"), observations=[Observation(DECEMBER, Decimal(400))])
    assert assess(facts, month=date(2027, 1, 1), today=date(2027, 2, 6)).grade is Grade.COMPLETED


def test_relation_of_amounts_goes_by_ratio() -> None:
    facts = target(None, accrual=Accrual.RUNNING)
    facts = replace(
        with_june(facts, "95"),
        comparator=Comparator.ABOVE,
        against=[Observation(JUNE, Decimal(100))],
        against_name="乙市",
    )
    assert assess(facts).light is Light.YELLOW
    equal = with_june(facts, "100")
    assert assess(equal).light is Light.YELLOW
    assert assess(replace(equal, comparator=Comparator.EQUAL)).light is Light.GREEN


def test_a_relation_is_judged_at_its_limit() -> None:
    facts = replace(
        target(None, "%", accrual=Accrual.RUNNING, due_on=date(2026, 6, 30)),
        observations=[Observation(JUNE, Decimal("6.0")), Observation(date(2026, 9, 1), Decimal("4.0"))],
        against=[Observation(JUNE, Decimal("5.8")), Observation(date(2026, 9, 1), Decimal("5.8"))],
    )
    result = assess(facts, month=date(2026, 9, 1), today=date(2026, 10, 6))
    assert (result.grade, result.data_month) == (Grade.COMPLETED, JUNE)


def test_a_mean_that_works_are_to_bring_about_is_no_count_of_works() -> None:
    facts = target("30", "微克", accrual=Accrual.RUNNING, polarity=Polarity.LESS, stage=Stage.RECTIFY)
    facts = replace(facts, observations=[Observation(DECEMBER, Decimal(31))])
    assert assess(facts, month=DECEMBER, today=date(2027, 1, 8)).light is Light.YELLOW


def test_after_the_limit_the_whole_is_expected() -> None:
    facts = target("400", due_on=date(2026, 6, 30))
    assert expected_at(facts, month=date(2026, 9, 1), thresholds=Thresholds()) == 400


def test_lower_than_another_series() -> None:
    facts = target(None, "%", accrual=Accrual.RUNNING, polarity=Polarity.LESS)
    facts = replace(with_june(facts, "5.0"), comparator=Comparator.ABOVE, against=[Observation(JUNE, Decimal("5.2"))])
    result = assess(facts)
    assert (result.light, result.gap) == (Light.GREEN, Decimal("0.2"))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (target("400"), "200"),
        (target("850", "公里", stage=Stage.COMPLETE), None),
        (target("850", "公里", stage=Stage.COMPLETE, monthly_plan={JUNE: Decimal(300), DECEMBER: Decimal(850)}), "300"),
        (target("70", "%", accrual=Accrual.STOCK), None),
        (target("70", "%", accrual=Accrual.STOCK, baseline=Decimal(62)), "66"),
        (target("300", "万亩", accrual=Accrual.STOCK, polarity=Polarity.NEAR), "300"),
        (target("6", "%", accrual=Accrual.RUNNING), "6"),
        (target("100", "%", accrual=Accrual.DATED, due_on=date(2026, 9, 30)), None),
        (target("100", "%", accrual=Accrual.DATED, due_on=date(2026, 6, 30)), "100"),
        (target("1000", accrual=Accrual.STOCK, at_all_times=True), "1000"),
        (target(None, "%", accrual=Accrual.RUNNING), None),
    ],
)
def test_the_pace_of_a_month_for_charts(facts: TargetFacts, expected: str | None) -> None:
    at = expected_at(facts, month=JUNE, thresholds=Thresholds())
    assert at == (None if expected is None else Decimal(expected))


def test_what_is_known_is_told_where_nothing_is_due_yet() -> None:
    """A zero that was reported stands in the table as a zero, and a count without a plan as that count."""
    plan = {date(2026, n, 1): Decimal(0 if n < 9 else n - 8) for n in range(1, 13)}
    waiting = assess(with_june(target("4", "个", monthly_plan=plan, stage=Stage.COMPLETE), "0"))
    assert (waiting.other, waiting.actual, waiting.data_month) == (OtherReason.NOT_DUE, Decimal(0), JUNE)
    unplanned = assess(with_june(target("4", "个", stage=Stage.COMPLETE), "1"))
    assert (unplanned.other, unplanned.actual) == (OtherReason.NO_PLAN, Decimal(1))
    assert assess(target("4", "个", stage=Stage.COMPLETE)).actual is None
