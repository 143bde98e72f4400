"""A report that was approved and is mended: what it replaces, what it keeps, whom it reaches."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from duixian.assessing import Grade, Light
from duixian.audit.models import AuditEntry
from duixian.indicators.commands import record_value
from duixian.indicators.enums import ValueStatus
from duixian.indicators.models import IndicatorValue
from duixian.reporting.commands import approve_report, reopen_report
from duixian.reporting.commands.submit import sign_off_report
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.models import Report, Standing
from duixian.reporting.models.standing import TASK_PART
from tests.cast import at
from tests.factories.play import Stage, after, content_for, month
from tests.reporting.steps import sign_again, stands


def test_a_correction_supersedes_the_value_and_keeps_the_old_row(stage: Stage) -> None:
    round, task = stage.open(3), stage.task("jobs")
    report = stage.approve(round, task, content_for(task, "0.9"))
    report = reopen_report(report=report, note="口径有误", actor=stage.cast.office_staff, now=after(month(3), 8))
    assert stands(stage, "jobs") == (Grade.BEHIND, Light.RED)
    report = sign_again(stage, report, "1.3")
    rows = list(IndicatorValue.objects.order_by("pk").values_list("value", "status", "superseded_at"))
    assert rows == [
        (Decimal("0.9"), ValueStatus.PRELIMINARY, after(month(3), 9)),
        # still 快报: a unit that corrects itself settles nothing
        (Decimal("1.3"), ValueStatus.PRELIMINARY, None),
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
