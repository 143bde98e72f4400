"""What an approved report does: values enter their series, tasks are graded anew, changes are kept with reasons."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duixian.assessing import Grade, Light
from duixian.audit.command import InvalidInput, NotAllowed
from duixian.audit.models import AuditEntry
from duixian.indicators.commands import record_value
from duixian.indicators.enums import ValueStatus
from duixian.indicators.models import IndicatorValue
from duixian.register.commands import approve_monthly_plan, file_monthly_plan, set_threshold
from duixian.register.models import Task
from duixian.reporting.commands import approve_report, assess_plan, open_round, reopen_report
from duixian.reporting.commands.submit import send_up_report, sign_off_report
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.models import GradeChange, Report, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import changes_of, grade_counts, light_counts, tasks_owing
from tests.cast import at
from tests.factories.list import EVERY_KIND
from tests.factories.play import Stage, after, content_for, month

TASKS = len(EVERY_KIND)


def stands(stage: Stage, name: str) -> tuple[str, str]:
    task = stage.task(name)
    return task.grade, task.light


def sign_again(stage: Stage, report: Report, value: str | None, **more: object) -> Report:
    """A report that came back, mended and approved."""
    task, crew, now = report.task, stage.cast.crew(report.unit), after(report.round.month, 9)
    report = stage.save(report.round, task, content_for(task, value, **more), revision=report.revision)  # type: ignore[arg-type]
    report = sign_off_report(
        report=send_up_report(report=report, actor=crew.liaison, now=now), actor=crew.head, now=now
    )
    return approve_report(report=report, actor=stage.cast.office_staff, now=now)


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


# corrections


def test_a_correction_supersedes_the_value_and_keeps_the_old_row(stage: Stage) -> None:
    round, task = stage.open(3), stage.task("jobs")
    report = stage.approve(round, task, content_for(task, "0.9"))
    report = reopen_report(report=report, note="口径有误", actor=stage.cast.office_staff, now=after(month(3), 8))
    assert stands(stage, "jobs") == (Grade.BEHIND, Light.RED)
    report = sign_again(stage, report, "1.3")
    rows = list(IndicatorValue.objects.order_by("pk").values_list("value", "status", "superseded_at"))
    assert rows == [
        (Decimal("0.9"), ValueStatus.PRELIMINARY, after(month(3), 9)),
        (Decimal("1.3"), ValueStatus.REVISED, None),
    ]
    assert stands(stage, "jobs") == (Grade.ON_PACE, Light.GREEN)
    assert report.versions.count() == 2


def test_a_correction_reaches_later_months_already_graded(stage: Stage) -> None:
    """March's limit: what was reached late becomes reached in time."""
    task = stage.task("resuming")
    march, april = stage.open(3), stage.open(4)
    report = stage.approve(march, task, content_for(task, "92"))
    stage.approve(april, task, content_for(task, "92"))
    assert stage.task("resuming").grade == Grade.BEHIND
    report = reopen_report(report=report, note="漏报", actor=stage.cast.office_staff, now=at(5, 8))
    sign_again(stage, report, "100")
    april_standing = Standing.objects.get(task=task, part=TASK_PART, month=month(4))
    assert "100%" in april_standing.reason or april_standing.grade == Grade.COMPLETED
    assert stage.task("resuming").graded_month == month(4)


def test_a_correction_to_blank_takes_the_value_back(stage: Stage) -> None:
    round, task = stage.open(3), stage.task("jobs")
    report = stage.approve(round, task, content_for(task, "0.9"))
    report = reopen_report(report=report, note="数不实", actor=stage.cast.office_staff, now=after(month(3), 8))
    sign_again(stage, report, None, unavailable_reason="重新核数")
    assert not IndicatorValue.objects.filter(superseded_at=None).exists()
    assert IndicatorValue.objects.count() == 1
    assert "重新核数" in stage.task("jobs").reason
    assert stands(stage, "jobs") == (Grade.OTHER, "")
    assert AuditEntry.objects.filter(action="withdraw_value").count() == 1


def test_a_value_from_elsewhere_is_not_taken_back_by_a_blank(stage: Stage) -> None:
    record_value(
        indicator=stage.target("jobs").indicator,
        month=month(3),
        value=Decimal("1.2"),
        status=ValueStatus.FINAL,
        source="市统计局",
        actor=stage.cast.office_staff,
        now=at(4, 1),
    )
    task = stage.task("jobs")
    stage.approve(stage.open(3), task, content_for(task, None, unavailable_reason="由统计局发布"))
    assert IndicatorValue.objects.get(superseded_at=None).value == Decimal("1.2")
    assert stands(stage, "jobs") == (Grade.ON_PACE, Light.GREEN)


def test_while_a_report_is_reopened_its_nodes_go_on_counting(stage: Stage) -> None:
    """Its grade stands until the correction is approved, also when next month's report is."""
    task = stage.task("roads")
    march = stage.open(3)
    done = content_for(task, progress={"幸福桥": Progress.REACHED}, done_on=date(2026, 3, 20))
    report = stage.approve(march, task, done)
    reopen_report(report=report, note="补佐证", actor=stage.cast.office_staff, now=after(month(3), 8))
    april = stage.open(4)
    words = content_for(task)
    bridge = task.outcomes.get(object="幸福桥")
    silent = replace(words, nodes=tuple(n for n in words.nodes if n.outcome_id != bridge.pk))
    report = stage.save(april, task, silent)
    # an outcome already reached need not be told again by every form: saved without it, approved by hand
    Report.objects.filter(pk=report.pk).update(state=ReportState.SENT_UP)
    report = sign_off_report(report=Report.objects.get(pk=report.pk), actor=stage.cast.building.head, now=at(5, 4))
    approve_report(report=report, actor=stage.cast.office_staff, now=at(5, 6))
    assert Standing.objects.get(task=task, part=bridge.part_key, month=month(4)).grade == Grade.COMPLETED


# rounds and the lock


def test_the_lock_names_who_owed_and_had_nothing_approved(stage: Stage) -> None:
    round = stage.open(3)
    stage.approve(round, stage.task("jobs"), content_for(stage.task("jobs"), "1.2"))
    stage.submit(round, stage.task("gdp"), content_for(stage.task("gdp"), "6"))
    stage.save(round, stage.task("roads"), content_for(stage.task("roads")))
    stage.lock(round)
    assert stands(stage, "jobs") == (Grade.ON_PACE, Light.GREEN)
    missing = Task.objects.filter(grade=Grade.NOT_REPORTED)
    assert missing.count() == TASKS - 1
    assert {t.light for t in missing} == {Light.GREY}
    assert {t.reason for t in missing} == {"3月盘点未报"}
    assert sum(grade_counts(stage.plan.tasks.all()).values()) == TASKS
    entry = AuditEntry.objects.get(action="lock_round")
    assert f'"not_reported":{TASKS - 1}' in entry.after


def test_before_the_lock_nobody_is_missing(stage: Stage) -> None:
    round = stage.open(3)
    assert not Task.objects.filter(grade=Grade.NOT_REPORTED).exists()
    assert tasks_owing(round).count() == TASKS


def test_not_reported_counts_as_red_where_a_city_says_so(stage: Stage) -> None:
    set_threshold(
        plan=stage.plan,
        name="not_reported_counts_as_red",
        value=Decimal(1),
        actor=stage.cast.office_head,
        now=at(3, 1),
    )
    stage.lock(stage.open(3))
    assert stands(stage, "jobs") == (Grade.NOT_REPORTED, Light.RED)


@pytest.mark.parametrize("name", ["jobs", "parks", "canteens", "roads", "resuming"])
def test_what_is_completed_owes_nothing_and_stays_completed(stage: Stage, name: str) -> None:
    march = stage.open(3)
    value = {"jobs": "5", "resuming": "100"}.get(name, "1")
    done = content_for(stage.task(name), value, progress=Progress.REACHED, done_on=date(2026, 3, 20))
    stage.approve(march, stage.task(name), done)
    stage.lock(march)
    for number in (4, 5):
        round = stage.open(number)
        assert stage.task(name) not in tasks_owing(round)
        stage.lock(round)
        assert stands(stage, name) == (Grade.COMPLETED, Light.BLUE)
    assert changes_of(stage.task(name)).filter(month__gt=month(3)).count() == 0


def test_a_reopened_report_is_not_called_missing(stage: Stage) -> None:
    round, task = stage.open(3), stage.task("jobs")
    report = stage.approve(round, task, content_for(task, "1.2"))
    reopen_report(report=report, note="核对", actor=stage.cast.office_staff, now=after(month(3), 8))
    stage.lock(round)
    assert stands(stage, "jobs") == (Grade.ON_PACE, Light.GREEN)


def test_next_month_brings_a_silent_task_back(stage: Stage) -> None:
    stage.lock(stage.open(3))
    task = stage.task("jobs")
    stage.approve(stage.open(4), task, content_for(task, "1.6"))
    assert stands(stage, "jobs") == (Grade.ON_PACE, Light.GREEN)
    assert Standing.objects.get(task=task, part=TASK_PART, month=month(3)).grade == Grade.NOT_REPORTED
    change = changes_of(task).first()
    assert change is not None
    assert (change.from_light, change.to_light) == (Light.GREY, Light.GREEN)


def test_what_was_not_reported_stays_so_when_a_shared_figure_comes_later(stage: Stage) -> None:
    stage.lock(stage.open(3))
    april = stage.open(4)
    for name, value in (("gdp", "6.5"), ("income", "6.6")):
        stage.approve(april, stage.task(name), content_for(stage.task(name), value))
    assess_plan(plan=stage.plan, month=month(3), actor=stage.cast.office_staff, now=at(5, 20))
    march = Standing.objects.filter(part=TASK_PART, month=month(3))
    assert set(march.values_list("grade", flat=True)) == {Grade.NOT_REPORTED}
    assert march.count() == TASKS


def test_a_round_before_the_month_of_adoption_is_not_hidden_by_it(stage: Stage) -> None:
    """Handed out on 20 February, first reported on for January."""
    january = stage.open(1)
    task = stage.task("jobs")
    stage.approve(january, task, content_for(task, "0.2"))
    stage.lock(january)
    assert (stage.task("jobs").light, stage.task("jobs").graded_month) == (Light.RED, month(1))
    assert stands(stage, "gdp") == (Grade.NOT_REPORTED, Light.GREY)
    stage.approve(stage.open(2), task, content_for(task, "0.8"))
    assert (stage.task("jobs").light, stage.task("jobs").graded_month) == (Light.GREEN, month(2))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(date(2025, 12, 1), "2026年"), (date(2027, 1, 1), "2026年"), (date(2026, 3, 2), "2026年"), (month(5), "还没有到")],
)
def test_a_round_is_of_a_month_of_the_plans_year_that_has_come(stage: Stage, wrong: date, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        open_round(plan=stage.plan, month=wrong, actor=stage.cast.office_staff, now=at(4, 1))
    assert not Round.objects.exists()


def test_a_month_is_opened_once_and_locked_once(stage: Stage) -> None:
    round = stage.open(3)
    with pytest.raises(InvalidInput, match="已经开始"):
        stage.open(3)
    seen_open = Round.objects.get(pk=round.pk)
    stage.lock(round)
    for again in (round, seen_open):
        with pytest.raises(Exception, match="已经锁定"):
            stage.lock(again)


def test_rounds_are_the_offices(stage: Stage) -> None:
    for who, account in stage.cast.everybody.items():
        if who.startswith("office"):
            continue
        with pytest.raises(NotAllowed):
            open_round(plan=stage.plan, month=month(3), actor=account, now=at(4, 1))
