"""The task's own sentence; which part is worst is in docs/rules/task.md."""

from __future__ import annotations

from datetime import date

from duixian.assessing import (
    Assessment,
    Grade,
    Light,
    OtherReason,
    Thresholds,
    carried_over,
    not_reported,
    worst,
)

RED = Assessment(Grade.BEHIND, Light.RED, "完成19.5公里，应达31.2公里，为62.5%")
DONE = Assessment(Grade.COMPLETED, Light.BLUE, "6月12日开工，提前110天")
LATE = Assessment(Grade.COMPLETED, Light.BLUE, "7月3日开工，逾期3天完成", days_late=3)


def test_a_single_part_keeps_its_sentence() -> None:
    assert worst([("管网", RED)], Thresholds()) == (0, RED)


def test_one_of_several_is_named_and_the_finished_counted() -> None:
    index, result = worst([("开工", DONE), ("管网", RED)], Thresholds())
    assert index == 1
    assert result.reason == "管网：完成19.5公里，应达31.2公里，为62.5%；2个部分中1个完成"


def test_all_done_shows_the_latest_one() -> None:
    index, result = worst([("甲", DONE), ("乙", LATE)], Thresholds())
    assert (index, result.grade) == (1, Grade.COMPLETED)
    assert result.reason == "2个部分全部完成，乙：7月3日开工，逾期3天完成"


def test_nothing_to_measure_is_said() -> None:
    index, result = worst([], Thresholds())
    assert index is None
    assert (result.grade, result.light, result.other) == (Grade.OTHER, None, OtherReason.NO_PLAN)


def test_not_reported() -> None:
    assert not_reported("6月盘点", Thresholds()) == Assessment(Grade.NOT_REPORTED, Light.GREY, "6月盘点未报")
    late = not_reported("6月盘点", Thresholds(not_reported_counts_as_red=True), days_late=3)
    assert (late.light, late.days_late, late.reason) == (Light.RED, 3, "6月盘点未报，逾期3天")


def test_a_carried_over_grade_is_marked_with_its_month() -> None:
    result = carried_over(RED, date(2026, 5, 1))
    assert (result.grade, result.light) == (RED.grade, RED.light)
    assert result.reason == "完成19.5公里，应达31.2公里，为62.5%（沿用5月审核结果）"
    assert result.details["carried_over"] == "沿用5月审核结果"
