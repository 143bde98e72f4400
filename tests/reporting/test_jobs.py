"""Background work: half a year through the jobs alone, downtime, a clock set back, failures and retries."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from duixian.assessing import Grade, Light
from duixian.audit.heads import heads_that_differ
from duixian.audit.models import AuditEntry
from duixian.audit.trail import verify
from duixian.periods import month_end, today_in
from duixian.reporting import jobs
from duixian.reporting.commands import (
    approve_report,
    grant_exception,
    override_grade,
    reopen_report,
    retry_job,
    save_report,
    set_round_calendar,
)
from duixian.reporting.days import RoundDays
from duixian.reporting.due import Act
from duixian.reporting.enums import JobKind, JobState
from duixian.reporting.jobs import run_due_at
from duixian.reporting.models import GradeChange, GradeOverride, JobRun, Reminder, Report, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.obligations import tasks_owing
from duixian.reporting.timeliness import timeliness
from duixian.units.models import Membership
from tests.cast import at
from tests.factories.play import Stage, content_for, month


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def done(runs: list[JobRun]) -> list[str]:
    return [run.key.split(":")[0] for run in runs if run.kind not in (JobKind.EXPORT, JobKind.RECOMPUTE)]


def hours(first: datetime, last: datetime, step: int = 12) -> Iterator[datetime]:
    while first <= last:
        yield first
        first += timedelta(hours=step)


def test_a_round_opens_reminds_and_locks_by_the_calendar(stage: Stage) -> None:
    assert done(run_due_at(at(3, 1))) == []
    assert done(run_due_at(at(3, 2, 9))) == ["open"]
    february = Round.objects.get()
    assert (february.month, february.due_on, february.locks_on) == (month(2), date(2026, 3, 6), date(2026, 3, 13))
    assert done(run_due_at(at(3, 5, 8))) == []
    assert done(run_due_at(at(3, 5, 9))) == ["remind"]
    assert Reminder.objects.count() == len({t.reporting_unit_id for t in stage.plan.tasks.all()})
    assert done(run_due_at(at(3, 13, 23))) == []
    assert done(run_due_at(at(3, 14, 0))) == ["lock"]
    february.refresh_from_db()
    assert february.is_locked
    entry = AuditEntry.objects.get(action="lock_round")
    assert (entry.actor_id, entry.actor_name) == ("system:后台任务", "系统（后台任务）")


def test_run_twice_it_does_nothing_twice(stage: Stage) -> None:
    run_due_at(at(3, 5, 9))
    entries, rows = AuditEntry.objects.count(), JobRun.objects.count()
    assert run_due_at(at(3, 5, 9)) == []
    assert run_due_at(at(3, 5, 10)) == []
    assert (AuditEntry.objects.count(), JobRun.objects.count()) == (entries, rows)


def test_after_days_of_standstill_everything_is_made_up_for_in_order(stage: Stage) -> None:
    run_due_at(at(3, 2, 9))
    runs = run_due_at(at(4, 2, 9))
    assert done(runs) == ["remind", "lock", "open"]
    # opened a day late, which costs nobody a day
    march = Round.objects.get(month=month(3))
    assert march.due_on == date(2026, 4, 8)


def test_a_clock_set_back_finds_nothing_new(stage: Stage) -> None:
    run_due_at(at(4, 2, 9))
    entries = AuditEntry.objects.count()
    locked = set(Round.objects.exclude(locked_at=None).values_list("pk", flat=True))
    for moment in (at(4, 1, 9), at(3, 5, 9), at(2, 21), at(1, 1)):
        assert done(run_due_at(moment)) == []
    assert AuditEntry.objects.count() == entries
    assert set(Round.objects.exclude(locked_at=None).values_list("pk", flat=True)) == locked
    assert verify().broken_number is None


def test_a_lock_waits_for_what_was_reported_and_not_reviewed(stage: Stage) -> None:
    march = stage.open(3)
    report = stage.submit(march, stage.task("jobs"), content_for(stage.task("jobs"), "1.2"))
    run_due_at(at(4, 15, 0))
    run = JobRun.objects.get(key=f"lock:{march.pk}")
    assert (run.state, "还有1份填报待审核" in run.message) == (JobState.WAITING, True)
    jobs_report = Report.objects.get(pk=report.pk)
    approve_report(report=jobs_report, actor=stage.cast.office_staff, now=at(4, 15, 9))
    run_due_at(at(4, 15, 10))
    run.refresh_from_db()
    assert (run.state, run.attempts) == (JobState.DONE, 2)


def overridden(stage: Stage) -> GradeOverride:
    """Jobs stand at red for March and are called on pace until 10 April, before the lock."""
    jobs_task = stage.task("jobs")
    stage.approve(stage.open(3), jobs_task, content_for(jobs_task, "0.5"))
    return override_grade(
        task=stage.task("jobs"),
        grade=Grade.ON_PACE,
        light=Light.GREEN,
        reason="统计口径调整。",
        expires_on=date(2026, 4, 10),
        actor=stage.cast.office_staff,
        now=at(4, 7),
    )


def shown(stage: Stage) -> tuple[str, bool]:
    task = stage.task("jobs")
    return task.light, task.is_overridden


def test_a_persons_word_ends_after_its_day_once_however_late(stage: Stage) -> None:
    """Stood still for a day over the end: it ends at the next turn, is graded as computed, and ends no more."""
    word = overridden(stage)
    run_due_at(at(4, 10, 23))
    assert shown(stage) == (Light.GREEN, True)
    runs = [run for run in run_due_at(at(4, 12, 9)) if run.kind == JobKind.EXPIRE]
    assert [(run.key, run.state) for run in runs] == [(f"expire-override:{word.pk}", JobState.DONE)]
    assert shown(stage) == (Light.RED, False)
    change = GradeChange.objects.filter(task=word.task, part=TASK_PART).first()
    assert change is not None
    assert (change.from_light, change.to_light) == (Light.GREEN, Light.RED)
    assert "到期" in change.reason
    entries = AuditEntry.objects.filter(action="expire_override").count()
    for moment in (at(4, 12, 9), at(4, 30), at(4, 9)):
        assert not [run for run in run_due_at(moment) if run.kind == JobKind.EXPIRE]
    assert entries == AuditEntry.objects.filter(action="expire_override").count() == 1


def test_broken_off_while_a_word_ends_it_is_ended_whole_at_the_next_turn(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies after the word has ended and before that is noted: neither has happened."""
    word = overridden(stage)
    expire = jobs.DO[JobKind.EXPIRE]

    def ends_and_dies(act: Act, now: datetime) -> str:
        expire(act, now)
        assert shown(stage) == (Light.RED, False)
        raise KeyboardInterrupt

    monkeypatch.setitem(jobs.DO, JobKind.EXPIRE, ends_and_dies)
    with pytest.raises(KeyboardInterrupt):
        run_due_at(at(4, 11))
    word.refresh_from_db()
    assert (shown(stage), word.ended_at) == ((Light.GREEN, True), None)
    assert JobRun.objects.get(kind=JobKind.EXPIRE).state == JobState.RUNNING
    monkeypatch.undo()
    run_due_at(at(4, 11, 1))
    word.refresh_from_db()
    assert (shown(stage), word.ended_at) == ((Light.RED, False), at(4, 11, 1))
    run = JobRun.objects.get(kind=JobKind.EXPIRE)
    assert (run.state, run.attempts) == (JobState.DONE, 2)
    assert verify().broken_number is None


def test_computing_anew_is_due_once_a_day_and_finds_what_was_spoilt(stage: Stage) -> None:
    """Whatever became of the rows of the open month; days of standstill are made up for by one run, not by many."""
    march, task = stage.open(3), stage.task("jobs")
    stage.approve(march, task, content_for(task, "0.5"))
    known = list(Standing.objects.order_by("pk").values_list("part", "month", "light", "reason"))
    Standing.objects.filter(month=month(3)).update(light="GREEN", reason="乱")
    runs = [run for run in run_due_at(at(4, 13, 2)) if run.kind == JobKind.RECOMPUTE]
    assert [(run.state, run.label) for run in runs] == [(JobState.DONE, "重新评定没有锁定的月份（2026-04-13）")]
    assert list(Standing.objects.order_by("pk").values_list("part", "month", "light", "reason")) == known
    entries = AuditEntry.objects.filter(action="recompute_tasks").count()
    assert not [run for run in run_due_at(at(4, 13, 23)) if run.kind == JobKind.RECOMPUTE]
    assert AuditEntry.objects.filter(action="recompute_tasks").count() == entries == 1


def test_a_failure_is_told_rests_and_is_tried_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(act: object, now: object) -> str:
        Round.objects.create(plan=stage.plan, month=month(2), opened_at=at(3, 2), due_on=date(2026, 3, 6))
        raise OSError("磁盘已满")

    monkeypatch.setitem(jobs.DO, JobKind.OPEN, broken)
    run_due_at(at(3, 2, 9))
    run = JobRun.objects.get(kind=JobKind.OPEN)
    assert (run.state, run.message) == (JobState.FAILED, "程序出错（OSError）：磁盘已满")
    assert not Round.objects.exists()
    monkeypatch.undo()
    assert done(run_due_at(at(3, 2, 9) + timedelta(minutes=1))) == []
    retry_job(run=run, actor=stage.cast.system_admin, now=at(3, 2, 9))
    assert done(run_due_at(at(3, 2, 9) + timedelta(minutes=1))) == ["open"]
    run.refresh_from_db()
    assert (run.state, run.attempts) == (JobState.DONE, 2)


def test_nobody_is_asked_where_nobody_would_read(stage: Stage) -> None:
    Membership.objects.filter(government=stage.cast.city).update(ended_at=at(3, 1))
    assert done(run_due_at(at(3, 2, 9))) == []


def test_a_plan_run_by_hand_is_left_alone(stage: Stage) -> None:
    by_hand = RoundDays(is_automatic=False)
    set_round_calendar(plan=stage.plan, days=by_hand, actor=stage.cast.office_head, now=at(2, 21))
    assert done(run_due_at(at(4, 20))) == []


def test_the_head_of_the_trail_is_exported_daily_and_tells_a_rebuilt_chain(stage: Stage, folder: Path) -> None:
    run_due_at(at(2, 23, 3))
    run_due_at(at(2, 24, 3))
    heads = folder / "audit-heads"
    assert sorted(path.name for path in heads.iterdir()) == ["2026-02-23.json", "2026-02-24.json"]
    assert heads_that_differ(heads) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET hash = %s", ["0" * 64])
    assert len(heads_that_differ(heads)) == 2


def test_half_a_year_through_the_jobs_alone(stage: Stage) -> None:
    """February to June: one unit silent in April is let in late, a revised statistic regrades what reads it."""
    crews = {t.reporting_unit.name for t in stage.plan.tasks.select_related("reporting_unit")}
    silent = "市生态环境局"
    for number in range(2, 7):
        opening = next(now for now in hours(at(number + 1, 1), at(number + 1, 10), 4) if _opens(now, number))
        round = Round.objects.get(month=month(number))
        assert round.opened_at == opening
        _everybody_reports(stage, round, skip=silent if number == 4 else "")
        if number == 6:
            _a_revision_regrades_what_reads_it(stage, round)
        for now in hours(at(number + 1, 8), at(number + 1, 28), 24):
            run_due_at(now)
        round.refresh_from_db()
        assert round.is_locked
        assert today_in(round.locked_at) > (round.locks_on or month_end(round.month))  # type: ignore[arg-type]
    assert len(crews) > 3
    assert Round.objects.count() == 5
    _was_silent(stage, silent)
    _is_let_in(stage, silent)
    assert verify().broken_number is None
    assert not JobRun.objects.filter(state=JobState.FAILED).exists()


def _opens(now: datetime, number: int) -> bool:
    run_due_at(now)
    return Round.objects.filter(month=month(number)).exists()


def _everybody_reports(stage: Stage, round: Round, skip: str) -> None:
    for task in tasks_owing(round).select_related("reporting_unit"):
        if task.reporting_unit.name != skip:
            stage.approve(round, task, content_for(task, f"{round.month.month * Decimal('0.4')}"))


def _a_revision_regrades_what_reads_it(stage: Stage, june: Round) -> None:
    """Growth is revised: its own task is graded anew, and income, which is held against it; nothing else is."""
    gdp, office = stage.task("gdp"), stage.cast.office_staff
    before = _assessed()
    report = Report.objects.get(round=june, task=gdp)
    report = reopen_report(report=report, note="统计局修订。", actor=office, now=at(7, 7))
    crew = stage.cast.crew(gdp.reporting_unit)
    report = save_report(
        round=june,
        task=gdp,
        content=content_for(gdp, "2.6"),
        revision=report.revision,
        actor=crew.liaison,
        now=at(7, 7),
    )
    approve_report(report=stage.sign(report, at(7, 7)), actor=office, now=at(7, 7))
    after = _assessed()
    assert {task for (task, _month), when in after.items() if before[task, _month] != when} == {
        gdp.pk,
        stage.task("income").pk,
    }


def _assessed() -> dict[tuple[int, date], datetime]:
    rows = Standing.objects.filter(part=TASK_PART)
    return {(row.task_id, row.month): row.assessed_at for row in rows}


def _was_silent(stage: Stage, silent: str) -> None:
    april = Standing.objects.filter(part=TASK_PART, month=month(4), grade=Grade.NOT_REPORTED)
    assert {s.task.reporting_unit.name for s in april} == {silent}
    matrix = timeliness(stage.plan, stage.plan.tasks.all())
    assert matrix.rows[0].unit.name == silent
    assert all(not row.missing for row in matrix.rows[1:])


def _is_let_in(stage: Stage, silent: str) -> None:
    april, air = Round.objects.get(month=month(4)), stage.task("air")
    before = dict(Standing.objects.filter(part=TASK_PART).exclude(task=air).values_list("pk", "assessed_at"))
    grant_exception(
        round=april,
        unit=stage.cast.units[silent],
        reason="系统停机。",
        expires_on=date(2026, 8, 10),
        actor=stage.cast.office_head,
        now=at(8, 3),
    )
    crew = stage.cast.crew(air.reporting_unit)
    report = save_report(
        round=april, task=air, content=content_for(air, "1.5"), revision=0, actor=crew.liaison, now=at(8, 4)
    )
    report = stage.sign(report, at(8, 4))
    assert report.is_late
    approve_report(report=report, actor=stage.cast.office_staff, now=at(8, 12))
    run_due_at(at(8, 12))
    assert not april.exceptions.in_force(date(2026, 8, 12)).exists()
    assert april.exceptions.get().ended_at == at(8, 12)
    # a figure that one task alone reads regrades that task alone
    after = dict(Standing.objects.filter(part=TASK_PART).exclude(task=air).values_list("pk", "assessed_at"))
    assert {pk: when for pk, when in after.items() if pk in before} == before
    report.refresh_from_db()
    assert report.is_late
