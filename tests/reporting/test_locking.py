"""Opening and locking a month: who is missing, who owes nothing, what stays as it was."""

from datetime import date
from decimal import Decimal

import pytest

from duixian.assessing import Grade, Light
from duixian.audit.command import InvalidInput, NotAllowed, WrongState
from duixian.audit.models import AuditEntry
from duixian.register.commands import set_threshold
from duixian.register.models import Task
from duixian.reporting.commands import approve_report, assess_plan, open_round, reopen_report
from duixian.reporting.enums import Progress
from duixian.reporting.models import Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import changes_of, grade_counts, tasks_owing
from tests.cast import at
from tests.factories.list import EVERY_KIND
from tests.factories.play import Stage, after, content_for, month
from tests.reporting.steps import stands

TASKS = len(EVERY_KIND)


def test_the_lock_names_who_owed_and_had_nothing_approved(stage: Stage) -> None:
    round = stage.open(3)
    stage.approve(round, stage.task("jobs"), content_for(stage.task("jobs"), "1.2"))
    stage.send_up(round, stage.task("gdp"), content_for(stage.task("gdp"), "6"))
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


def test_a_round_is_not_locked_over_reports_that_wait_for_review(stage: Stage) -> None:
    june = stage.open(6)
    report = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    with pytest.raises(WrongState, match="还有1份填报待审核"):
        stage.lock(june)
    june.refresh_from_db()
    assert not june.is_locked
    approve_report(report=report, actor=stage.cast.office_staff, now=after(june.month, 6))
    assert stage.lock(june).is_locked
