"""A decision in the register shows in the light at once; months told before stay."""

from datetime import date
from decimal import Decimal

import pytest

from duixian.audit.command import WrongState
from duixian.register.commands import (
    approve_amendment,
    approve_monthly_plan,
    ask_adjustment,
    assign_tasks,
    endorse_amendment,
    file_monthly_plan,
)
from duixian.reporting.commands import reassign_task, regrade_tasks
from duixian.reporting.facts import gather, target_facts
from duixian.reporting.models import GradeChange, Report, Standing
from duixian.reporting.models.standing import TASK_PART
from tests.cast import at
from tests.factories.play import Stage, content_for, month

NOW = at(7, 6)


def lights(stage: Stage) -> list[tuple[date, str]]:
    rows = Standing.objects.filter(task=stage.task("jobs"), part=TASK_PART).order_by("month")
    return [(row.month, row.light) for row in rows]


@pytest.fixture
def half_a_year(stage: Stage) -> Stage:
    """Jobs: 1.2 of 4.8 by May and June, which is red."""
    jobs = stage.task("jobs")
    for number in (5, 6):
        stage.approve(stage.open(number), jobs, content_for(jobs, "1.2"))
    return stage


def test_an_approved_plan_shows_at_once_and_only_where_the_task_stands(half_a_year: Stage) -> None:
    stage, cast = half_a_year, half_a_year.cast
    assert lights(stage)[-2:] == [(month(5), "RED"), (month(6), "RED")]
    figures = {month(6): Decimal(1), month(12): Decimal("4.8")}
    plan = file_monthly_plan(target=stage.target("jobs"), figures=figures, actor=cast.labour.liaison, now=NOW)
    approve_monthly_plan(monthly_plan=plan, actor=cast.office_staff, now=NOW)
    assert regrade_tasks(tasks=[stage.task("jobs")], actor=cast.office_staff, now=NOW) == 1
    assert lights(stage)[-2:] == [(month(5), "RED"), (month(6), "GREEN")]
    assert stage.task("jobs").light == "GREEN"
    change = GradeChange.objects.filter(task=stage.task("jobs"), part=TASK_PART).first()
    assert change is not None
    assert (change.from_light, change.to_light, change.report) == ("RED", "GREEN", None)


def test_an_amendment_grades_against_what_is_in_force_and_the_promise_can_still_be_graded(half_a_year: Stage) -> None:
    stage, cast = half_a_year, half_a_year.cast
    target = stage.target("jobs")
    wish = ask_adjustment(target=target, value=Decimal("2.4"), reason="两家企业外迁。", actor=cast.labour.head, now=NOW)
    endorse_amendment(amendment=wish, actor=cast.office_staff, now=NOW)
    approve_amendment(amendment=wish, actor=cast.leader, now=NOW)
    regrade_tasks(tasks=[stage.task("jobs")], actor=cast.leader, now=NOW)
    assert stage.task("jobs").light == "GREEN"
    target = stage.target("jobs")
    known = gather([target.task], month=month(6), today=NOW.date())
    assert target_facts(target, target.task, known).value == Decimal("2.4")
    assert target_facts(target, target.task, known, as_promised=True).value == Decimal("4.8")


def test_a_draft_goes_along_with_its_task(stage: Stage) -> None:
    cast, jobs, round = stage.cast, stage.task("jobs"), stage.open(5)
    assignment = assign_tasks(plan=stage.plan, tasks=[jobs], actor=cast.office_staff, now=NOW)[0]
    stage.send_up(round, jobs)
    reassign_task(assignment=assignment, unit=cast.building.unit, note="职责调整。", actor=cast.office_head, now=NOW)
    report = Report.objects.get()
    assert (report.unit, report.state) == (cast.building.unit, "DRAFT")


def test_a_task_whose_report_waits_for_review_stays_until_it_is_reviewed(stage: Stage) -> None:
    cast, jobs = stage.cast, stage.task("jobs")
    assignment = assign_tasks(plan=stage.plan, tasks=[jobs], actor=cast.office_staff, now=NOW)[0]
    stage.submit(stage.open(5), jobs)
    with pytest.raises(WrongState, match="先审核"):
        reassign_task(
            assignment=assignment, unit=cast.building.unit, note="职责调整。", actor=cast.office_head, now=NOW
        )
    assert stage.task("jobs").reporting_unit == cast.labour.unit
