"""Two people at the same moment: one is first, the other is told; never half of each."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connections

from duixian.assessing import Grade
from duixian.audit.command import CommandError, Conflict, WrongState
from duixian.audit.trail import verify
from duixian.indicators.models import IndicatorValue
from duixian.reporting.commands import (
    agree_to_correction,
    approve_report,
    lock_round,
    propose_correction,
    send_back_report,
    sign_off_report,
)
from duixian.reporting.models import Correction, Report, ReportFigure, Round
from tests.cast import build_cast
from tests.factories.play import Stage, after, content_for, month, set_stage
from tests.factories.snapshot import once

NOW = after(month(3), 10)


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return once("stage", lambda: set_stage(build_cast()))


def at_once(*acts: Callable[[], object]) -> list[CommandError]:
    """Start all acts together; returns the refusals. Anything else that goes wrong is raised here."""
    refusals: list[CommandError] = []
    broken: list[BaseException] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except CommandError as refusal:
            refusals.append(refusal)
        except BaseException as error:
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken
    assert verify().broken_number is None
    return refusals


def test_two_who_begin_one_report_at_once(stage: Stage) -> None:
    round, task = stage.open(3), stage.task("jobs")
    contents = [content_for(task, value) for value in ("1", "2")]
    refusals = at_once(*[lambda content=c: stage.save(round, task, content) for c in contents])  # type: ignore[misc]
    assert [type(r) for r in refusals] == [Conflict]
    assert Report.objects.count() == ReportFigure.objects.count() == 1


def test_two_officers_who_approve_one_report_at_once(stage: Stage) -> None:
    report = stage.submit(stage.open(3), stage.task("jobs"))
    officers = (stage.cast.office_staff, stage.cast.office_head)
    refusals = at_once(*[lambda who=w: approve_report(report=report, actor=who, now=NOW) for w in officers])  # type: ignore[misc]
    assert [type(r) for r in refusals] == [WrongState]
    assert IndicatorValue.objects.count() == 1


def test_a_report_approved_while_the_round_is_locked_is_always_in(stage: Stage) -> None:
    round = stage.open(3)
    report = stage.submit(round, stage.task("jobs"))
    at_once(
        lambda: approve_report(report=report, actor=stage.cast.office_staff, now=NOW),
        lambda: lock_round(round=Round.objects.get(pk=round.pk), actor=stage.cast.office_head, now=NOW),
    )
    # either the approval came first, or the lock was refused because the report was waiting
    assert Report.objects.get().state == "APPROVED"
    assert stage.task("jobs").grade != Grade.NOT_REPORTED


def test_one_officer_approves_while_another_sends_back(stage: Stage) -> None:
    report = stage.submit(stage.open(3), stage.task("jobs"))
    refusals = at_once(
        lambda: approve_report(report=report, actor=stage.cast.office_staff, now=NOW),
        lambda: send_back_report(report=report, note="请核。", actor=stage.cast.office_head, now=NOW),
    )
    assert [type(r) for r in refusals] == [WrongState]
    # the report, its version and the series all tell of the one decision
    state = Report.objects.get().state
    assert report.versions.get().decision == state
    assert IndicatorValue.objects.count() == (1 if state == "APPROVED" else 0)


def test_the_head_signs_while_the_liaison_saves(stage: Stage) -> None:
    round, task = stage.open(3), stage.task("jobs")
    report = stage.send_up(round, task, content_for(task, "1"))
    refusals = at_once(
        lambda: sign_off_report(report=report, actor=stage.cast.labour.head, now=NOW),
        lambda: stage.save(round, task, content_for(task, "2"), revision=report.revision),
    )
    # what was handed to the head is what is signed; the liaison is told
    assert [type(r) for r in refusals] == [WrongState]
    assert Decimal(report.versions.get().content["figures"][0]["value"]) == 1
    assert report.figures.get().value == 1


def test_liaison_and_head_agree_to_a_correction_at_once(stage: Stage) -> None:
    correction = _proposed(stage)
    crew = stage.cast.labour
    refusals = at_once(
        lambda: agree_to_correction(correction=correction, actor=crew.liaison, now=NOW),
        lambda: agree_to_correction(correction=correction, actor=crew.head, now=NOW),
    )
    assert [type(r) for r in refusals] == [WrongState]
    assert [v.is_corrected for v in correction.report.versions.all()] == [False, True]


def test_approved_while_the_unit_agrees_the_corrected_figure_is_in_force(stage: Stage) -> None:
    correction = _proposed(stage)
    refusals = at_once(
        lambda: agree_to_correction(correction=correction, actor=stage.cast.labour.liaison, now=NOW),
        lambda: approve_report(report=correction.report, actor=stage.cast.office_staff, now=NOW),
    )
    assert refusals == []
    assert IndicatorValue.objects.get(superseded_at=None).value == Decimal("0.5")
    assert correction.report.versions.latest("number").decision == "APPROVED"


def _proposed(stage: Stage) -> Correction:
    report = stage.submit(stage.open(3), stage.task("jobs"), content_for(stage.task("jobs"), "1"))
    return propose_correction(
        report=report,
        indicator=stage.target("jobs").indicator,
        value=Decimal("0.5"),
        reason="核减。",
        actor=stage.cast.office_staff,
        now=NOW,
    )
