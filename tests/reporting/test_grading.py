"""What an approved report does: values enter their series, tasks are graded anew, changes are kept with reasons."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duixian.assessing import Grade, Light
from duixian.indicators.commands import record_value
from duixian.indicators.enums import ValueStatus
from duixian.indicators.models import IndicatorValue
from duixian.register.commands import approve_monthly_plan, file_monthly_plan, set_threshold
from duixian.reporting.commands import reopen_report
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.models import GradeChange, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import changes_of, grade_counts, light_counts
from tests.cast import at
from tests.factories.list import EVERY_KIND
from tests.factories.play import Stage, after, content_for, month
from tests.reporting.steps import sign_again, stands

TASKS = len(EVERY_KIND)


# adoption


def test_every_task_is_graded_from_the_first_moment(stage: Stage) -> None:
    tasks = stage.plan.tasks.all()
    assert sum(grade_counts(tasks).values()) == sum(light_counts(tasks).values()) == TASKS
    assert all(t.reason and t.graded_month == month(2) for t in tasks)
    assert {t.grade for t in tasks} == {Grade.OTHER}
    reasons = {name: stage.task(name).reason for name in EVERY_KIND}
    assert "缺基期" in reasons["coverage"] or "尚未盘点" in reasons["coverage"]
    assert "未定计划" in reasons["roads"]
    assert "未到期" in reasons["resuming"]
    assert GradeChange.objects.filter(part=TASK_PART).count() == TASKS


def test_a_grade_is_never_silent(stage: Stage) -> None:
    assert not Standing.objects.filter(reason="").exists()
    assert not GradeChange.objects.filter(reason="").exists()


# approval


def test_approval_enters_the_value_once_with_its_source(stage: Stage) -> None:
    stage.approve(stage.open(3), stage.task("jobs"), content_for(stage.task("jobs"), "1.3"))
    value = IndicatorValue.objects.get()
    assert (value.indicator, value.month, value.value) == (stage.target("jobs").indicator, month(3), Decimal("1.3"))
    assert (value.status, value.superseded_at, value.member) == (ValueStatus.PRELIMINARY, None, None)
    assert value.source == "市人社局2026年3月填报"


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.SENT_UP, ReportState.SUBMITTED])
def test_before_the_approval_nothing_enters_and_nothing_changes(stage: Stage, state: ReportState) -> None:
    before = list(Standing.objects.values())
    task, round = stage.task("jobs"), stage.open(3)
    act = {
        ReportState.DRAFT: lambda: stage.save(round, task, content_for(task)),
        ReportState.SENT_UP: lambda: stage.send_up(round, task),
        ReportState.SUBMITTED: lambda: stage.submit(round, task),
    }[state]
    act()
    assert not IndicatorValue.objects.exists()
    assert list(Standing.objects.values()) == before


@pytest.mark.parametrize(
    ("name", "value", "grade", "light", "words"),
    [
        ("jobs", "1.44", Grade.AHEAD, Light.GREEN, "应达1.2"),
        ("jobs", "1.2", Grade.ON_PACE, Light.GREEN, "100.0%"),
        ("jobs", "1.1", Grade.BEHIND, Light.YELLOW, "91.7%"),
        ("jobs", "0.9", Grade.BEHIND, Light.RED, "75.0%"),
        ("jobs", "4.8", Grade.COMPLETED, Light.BLUE, "提前"),
        ("gdp", "6.1", Grade.ON_PACE, Light.GREEN, "高0.1个百分点"),
        ("gdp", "5.6", Grade.BEHIND, Light.YELLOW, "低0.4个百分点"),
        ("gdp", "3", Grade.BEHIND, Light.RED, "低3个百分点"),
        ("prices", "2.3", Grade.ON_PACE, Light.GREEN, "2.3%"),
        ("prices", "0.2", Grade.ON_PACE, Light.GREEN, "0.2%"),
        ("prices", "3.5", Grade.BEHIND, Light.RED, "3.5%"),
        ("resuming", "100", Grade.COMPLETED, Light.BLUE, "按期完成"),
        ("resuming", "92", Grade.BEHIND, None, "92%"),
        ("air", "28", Grade.ON_PACE, Light.GREEN, "低于上限2微克"),
        ("air", "40", Grade.BEHIND, Light.RED, "高于上限10微克"),
        ("coverage", "66", Grade.OTHER, None, "缺基期"),
        ("coverage", "71", Grade.ON_PACE, Light.GREEN, "高1个百分点"),
        ("parks", "0", Grade.OTHER, None, "未定计划"),
        ("parks", "1", Grade.COMPLETED, Light.BLUE, "完成1个"),
        ("starting", "50", Grade.OTHER, None, "未到期"),
        ("canteens", "1", Grade.COMPLETED, Light.BLUE, "2个县区中2个完成"),
        ("canteens", "0", Grade.OTHER, None, "2个县区中0个完成"),
        ("spirit", None, Grade.OTHER, None, "未列数量"),
    ],
)
def test_march_by_kind_of_promise(
    stage: Stage, name: str, value: str | None, grade: Grade, light: Light | None, words: str
) -> None:
    task = stage.task(name)
    stage.approve(stage.open(3), task, content_for(task, value))
    task = stage.task(name)
    assert task.grade == grade, task.reason
    if light is not None:
        assert task.light == light, task.reason
    assert words in task.reason
    assert task.graded_month == month(3)


def test_the_worst_member_decides_and_is_named(stage: Stage) -> None:
    task = stage.task("canteens")
    full = content_for(task, "1")
    stone = stage.cast.units["青石县政府"].pk
    mixed = replace(full, figures=tuple(replace(f, value=Decimal(f.member_id != stone)) for f in full.figures))
    stage.approve(stage.open(3), task, mixed)
    assert "2个县区中1个完成" in stage.task("canteens").reason
    assert "青石县" in stage.task("canteens").reason
    assert stage.task("canteens").grade == Grade.OTHER


def test_the_worst_part_of_a_task_decides_and_is_named(stage: Stage) -> None:
    task, round = stage.task("roads"), stage.open(6)
    stage.approve(round, task, content_for(task), day=8)
    bridge = task.outcomes.get(object="幸福桥")
    told = Standing.objects.get(task=task, part=TASK_PART, month=month(6))
    assert (told.grade, told.light, told.decided_by) == (Grade.BEHIND, Light.RED, bridge.part_key)
    assert "幸福桥" in told.reason
    assert "逾期8天" in told.reason
    parts = dict(Standing.objects.filter(task=task, month=month(6)).values_list("part", "grade"))
    assert len(parts) == 3


def test_an_outcome_is_done_from_the_day_it_was_reached(stage: Stage) -> None:
    task = stage.task("roads")
    both = content_for(task, progress=Progress.REACHED, done_on=date(2026, 3, 20))
    stage.approve(stage.open(3), task, both)
    assert stands(stage, "roads") == (Grade.COMPLETED, Light.BLUE)


def test_a_plan_in_force_is_the_pace(stage: Stage) -> None:
    target, office = stage.target("jobs"), stage.cast.office_staff
    figures = {month(3): Decimal("0.5"), month(12): Decimal("4.8")}
    plan = file_monthly_plan(target=target, figures=figures, actor=stage.cast.labour.liaison, now=at(3, 1))
    approve_monthly_plan(monthly_plan=plan, actor=office, now=at(3, 1))
    stage.approve(stage.open(3), stage.task("jobs"), content_for(stage.task("jobs"), "0.5"))
    assert stands(stage, "jobs") == (Grade.ON_PACE, Light.GREEN)
    standing = Standing.objects.get(task=stage.task("jobs"), part=target.part_key, month=month(3))
    assert (standing.expected, standing.actual, standing.ratio) == (Decimal("0.5"), Decimal("0.5"), Decimal(1))
    assert standing.pace_source == "MONTHLY_PLAN"


def test_a_citys_thresholds_are_used(stage: Stage) -> None:
    set_threshold(
        plan=stage.plan, name="yellow_ratio", value=Decimal("0.7"), actor=stage.cast.office_head, now=at(3, 1)
    )
    stage.approve(stage.open(3), stage.task("jobs"), content_for(stage.task("jobs"), "0.9"))
    assert stands(stage, "jobs") == (Grade.BEHIND, Light.YELLOW)


def test_a_level_goes_from_its_baseline(stage: Stage) -> None:
    record_value(
        indicator=stage.target("coverage").indicator,
        month=month(12, 2025),
        value=Decimal(60),
        status=ValueStatus.FINAL,
        source="2025年年报",
        actor=stage.cast.office_staff,
        now=at(3, 1),
    )
    stage.approve(stage.open(3), stage.task("coverage"), content_for(stage.task("coverage"), "62.5"))
    assert stands(stage, "coverage") == (Grade.ON_PACE, Light.GREEN)


# who else reads the series


def test_a_relation_waits_for_its_counterpart_and_is_graded_when_it_comes(stage: Stage) -> None:
    round = stage.open(3)
    stage.approve(round, stage.task("income"), content_for(stage.task("income"), "5.8"))
    assert "尚无同期数" in stage.task("income").reason
    gdp = stage.approve(round, stage.task("gdp"), content_for(stage.task("gdp"), "7.5"), day=8)
    income = stage.task("income")
    assert (income.grade, income.light) == (Grade.BEHIND, Light.RED)
    assert "7.5%" in income.reason
    change = changes_of(income).first()
    assert change is not None
    assert (change.from_grade, change.to_light, change.report) == (Grade.OTHER, Light.RED, gdp)


def test_who_has_not_reported_is_not_graded_by_anothers_figure(stage: Stage) -> None:
    """Before the lock a task without a report of its own shows how it last stood."""
    stage.approve(stage.open(3), stage.task("gdp"), content_for(stage.task("gdp"), "5"))
    income = stage.task("income")
    assert (income.grade, income.graded_month) == (Grade.OTHER, month(2))
    assert not Standing.objects.filter(task=income, month=month(3)).exists()


def test_a_task_without_a_report_keeps_its_last_grade(stage: Stage) -> None:
    stage.approve(stage.open(3), stage.task("jobs"), content_for(stage.task("jobs"), "0.9"))
    stage.lock(stage.plan.rounds.get())
    stage.open(4)
    task = stage.task("jobs")
    assert (task.grade, task.light, task.graded_month) == (Grade.BEHIND, Light.RED, month(3))


# changes


def test_a_change_is_kept_only_where_grade_or_light_changed(stage: Stage) -> None:
    task = stage.task("jobs")
    for number, value in ((3, "0.9"), (4, "1.25"), (5, "1.9"), (6, "2.4")):
        stage.approve(stage.open(number), task, content_for(task, value))
    changes = [(c.month, c.from_light, c.to_light) for c in changes_of(stage.task("jobs")).order_by("month", "pk")]
    assert changes == [
        (month(2), "", ""),
        (month(3), "", Light.RED),
        (month(5), Light.RED, Light.YELLOW),
        (month(6), Light.YELLOW, Light.GREEN),
    ]
    for change in changes_of(task):
        assert change.reason
        assert (change.report is None) == (change.month == month(2))
    march = changes_of(task).get(month=month(3))
    assert "0.9万人" in march.reason
    assert "75.0%" in march.reason


def test_the_same_figures_approved_again_change_nothing(stage: Stage) -> None:
    round, task = stage.open(3), stage.task("jobs")
    report = stage.approve(round, task, content_for(task, "0.9"))
    changes, values = GradeChange.objects.count(), IndicatorValue.objects.count()
    report = reopen_report(report=report, note="核对", actor=stage.cast.office_staff, now=after(month(3), 8))
    sign_again(stage, report, "0.9")
    assert (GradeChange.objects.count(), IndicatorValue.objects.count()) == (changes, values)
