"""A report's way: in each state the acts that the state allows, and nothing else."""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from django.db import transaction

from duixian.audit.command import Conflict, InvalidInput, NotAllowed, WrongState
from duixian.reporting.commands import (
    approve_report,
    reopen_report,
    return_report,
    save_report,
    send_back_report,
    send_up_report,
    sign_off_report,
)
from duixian.reporting.content import ReportContent
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.models import Report, Round
from duixian.reporting.queries import content_of
from tests.cast import at
from tests.factories.play import Stage, after, content_for, month

NOW = after(month(3), 4)
Act = Callable[[Stage, Report], Report]


def save(stage: Stage, report: Report) -> Report:
    return save_report(
        round=report.round,
        task=report.task,
        content=content_for(report.task),
        revision=report.revision,
        actor=stage.cast.labour.liaison,
        now=NOW,
    )


ACTS: dict[str, Act] = {
    "save": save,
    "send_up": lambda stage, r: send_up_report(report=r, actor=stage.cast.labour.liaison, now=NOW),
    "return": lambda stage, r: return_report(report=r, note="补充", actor=stage.cast.labour.head, now=NOW),
    "sign_off": lambda stage, r: sign_off_report(report=r, actor=stage.cast.labour.head, now=NOW),
    "approve": lambda stage, r: approve_report(report=r, actor=stage.cast.office_staff, now=NOW),
    "send_back": lambda stage, r: send_back_report(report=r, note="补充", actor=stage.cast.office_staff, now=NOW),
    "reopen": lambda stage, r: reopen_report(report=r, note="更正", actor=stage.cast.office_staff, now=NOW),
}
ALLOWED = {
    (ReportState.DRAFT, "save"): ReportState.DRAFT,
    (ReportState.DRAFT, "send_up"): ReportState.SENT_UP,
    (ReportState.SENT_UP, "return"): ReportState.DRAFT,
    (ReportState.SENT_UP, "sign_off"): ReportState.SUBMITTED,
    (ReportState.SUBMITTED, "approve"): ReportState.APPROVED,
    (ReportState.SUBMITTED, "send_back"): ReportState.SENT_BACK,
    (ReportState.SENT_BACK, "save"): ReportState.SENT_BACK,
    (ReportState.SENT_BACK, "send_up"): ReportState.SENT_UP,
    (ReportState.APPROVED, "reopen"): ReportState.SENT_BACK,
}
WAY = {
    ReportState.DRAFT: ("save",),
    ReportState.SENT_UP: ("save", "send_up"),
    ReportState.SUBMITTED: ("save", "send_up", "sign_off"),
    ReportState.SENT_BACK: ("save", "send_up", "sign_off", "send_back"),
    ReportState.APPROVED: ("save", "send_up", "sign_off", "approve"),
}


def brought_to(stage: Stage, state: ReportState, round: Round | None = None) -> Report:
    task = stage.task("jobs")
    report = stage.save(round or stage.open(3), task, content_for(task))
    for act in WAY[state][1:]:
        report = ACTS[act](stage, report)
    assert report.current_state is state
    return report


def refused(act: Callable[[], object], error: type[Exception]) -> None:
    """Raised, and nothing of it kept."""
    with pytest.raises(error), transaction.atomic():
        act()


@pytest.mark.parametrize("state", ReportState)
def test_every_state_with_every_act(stage: Stage, state: ReportState) -> None:
    report = brought_to(stage, state)
    kept = Report.objects.values().get()
    for name, act in ACTS.items():
        target = ALLOWED.get((state, name))
        if target is None:
            with pytest.raises(WrongState), transaction.atomic():
                act(stage, report)
            assert Report.objects.values().get() == kept, name
        else:
            point = transaction.savepoint()
            assert act(stage, report).state == target, name
            assert Report.objects.get().state == target, name
            transaction.savepoint_rollback(point)


def test_the_state_answers_what_the_commands_do() -> None:
    """A button asks the state: it must say the same as the table above."""
    questions = {
        "save": "may_edit",
        "send_up": "may_send_up",
        "return": "may_sign_off",
        "sign_off": "may_sign_off",
        "approve": "may_review",
        "send_back": "may_review",
        "reopen": "may_reopen",
    }
    for state, (act, question) in product(ReportState, questions.items()):
        assert getattr(state, question) == ((state, act) in ALLOWED), (state, act)


@pytest.mark.parametrize("state", [s for s in ReportState if s is not ReportState.SUBMITTED])
def test_a_locked_round_takes_no_act_in_any_state(stage: Stage, state: ReportState) -> None:
    report = brought_to(stage, state)
    open_as_seen = Round.objects.get(pk=report.round_id)
    stage.lock(report.round)
    kept = Report.objects.values().get()
    # the page was opened before the lock
    report.round = open_as_seen
    for act in ACTS.values():
        refused(lambda act=act: act(stage, report), WrongState)  # type: ignore[misc]
    assert Report.objects.values().get() == kept


def test_a_report_that_was_opened_earlier_is_judged_as_it_is_now(stage: Stage) -> None:
    stale = brought_to(stage, ReportState.SUBMITTED)
    ACTS["approve"](stage, Report.objects.get())
    refused(lambda: ACTS["send_back"](stage, stale), WrongState)
    refused(lambda: ACTS["approve"](stage, stale), WrongState)


@pytest.mark.parametrize("act", ["return", "send_back", "reopen"])
def test_whoever_returns_says_why(stage: Stage, act: str) -> None:
    states = {"return": ReportState.SENT_UP, "send_back": ReportState.SUBMITTED, "reopen": ReportState.APPROVED}
    report = brought_to(stage, states[act])
    commands = {"return": return_report, "send_back": send_back_report, "reopen": reopen_report}
    actor = stage.cast.labour.head if act == "return" else stage.cast.office_staff
    refused(lambda: commands[act](report=report, note="  ", actor=actor, now=NOW), InvalidInput)
    commands[act](report=report, note="口径不对", actor=actor, now=NOW)
    assert Report.objects.get().note == "口径不对"


def test_a_head_may_fill_in_but_a_liaison_may_not_sign(stage: Stage) -> None:
    task, round = stage.task("jobs"), stage.open(3)
    report = stage.save(round, task, content_for(task), by=stage.cast.labour.head)
    send_up_report(report=report, actor=stage.cast.labour.head, now=NOW)
    refused(lambda: sign_off_report(report=report, actor=stage.cast.labour.liaison, now=NOW), NotAllowed)


def test_nobody_reviews_a_report_of_a_unit_of_their_own(stage: Stage) -> None:
    from duixian.units.commands import appoint
    from duixian.units.enums import Role
    from tests.factories.fixtures import fresh

    report = brought_to(stage, ReportState.SUBMITTED)
    office, labour = stage.cast.office_staff, stage.cast.labour
    for role in (Role.LIAISON, Role.UNIT_HEAD):
        with transaction.atomic():
            point = transaction.savepoint()
            appoint(
                account=office,
                role=role,
                government=stage.cast.city,
                unit=labour.unit,
                actor=stage.cast.security_admin,
                now=NOW,
            )
            both = fresh(office)
            refused(lambda both=both: approve_report(report=report, actor=both, now=NOW), NotAllowed)  # type: ignore[misc]
            transaction.savepoint_rollback(point)


# two people at one report


def test_the_second_to_save_is_told_and_loses_nothing(stage: Stage) -> None:
    task, round = stage.task("jobs"), stage.open(3)
    first = stage.save(round, task, content_for(task, "1"))
    stage.save(round, task, content_for(task, "1.1"), revision=first.revision)
    refused(lambda: stage.save(round, task, content_for(task, "1.2"), revision=first.revision), Conflict)
    kept = Report.objects.get()
    assert [str(f.value.normalize()) for f in kept.figures.all() if f.value] == ["1.1"]
    stage.save(round, task, content_for(task, "1.2"), revision=kept.revision)
    assert [str(f.value.normalize()) for f in kept.figures.all() if f.value] == ["1.2"]


def test_two_who_begin_at_once_do_not_overwrite_each_other(stage: Stage) -> None:
    task, round = stage.task("jobs"), stage.open(3)
    stage.save(round, task, content_for(task, "1"))
    refused(lambda: stage.save(round, task, content_for(task, "2")), Conflict)
    assert Report.objects.count() == 1


def test_every_change_counts_in_the_revision(stage: Stage) -> None:
    report = brought_to(stage, ReportState.APPROVED)
    assert report.revision == Report.objects.get().revision == 4
    reopened = reopen_report(report=report, note="更正", actor=stage.cast.office_staff, now=NOW)
    refused(lambda: save(stage, report), Conflict)
    assert save(stage, reopened).revision == 6


# late


@pytest.mark.parametrize(("day", "is_late"), [(1, False), (7, False), (8, True), (15, True)])
def test_late_is_after_the_fifth_working_day(stage: Stage, day: int, is_late: bool) -> None:
    """March's round is due on 7 April: the 4th and 5th are a weekend."""
    report = brought_to(stage, ReportState.SENT_UP)
    assert report.round.due_on == at(4, 7).date()
    signed = sign_off_report(report=report, actor=stage.cast.labour.head, now=at(4, day, 23))
    assert signed.is_late == is_late


def again(stage: Stage, report: Report, day: int) -> Report:
    """Sent back, mended and signed once more."""
    report = ACTS["send_up"](stage, ACTS["save"](stage, ACTS["send_back"](stage, report)))
    return sign_off_report(report=report, actor=stage.cast.labour.head, now=at(4, day))


def test_late_stays_late_and_in_time_stays_in_time(stage: Stage) -> None:
    """What is sent back was submitted in time all the same; what was late is not made good by mending."""
    for first, second, is_late in ((3, 15, False), (9, 10, True)):
        point = transaction.savepoint()
        report = brought_to(stage, ReportState.SENT_UP)
        report = sign_off_report(report=report, actor=stage.cast.labour.head, now=at(4, first))
        report = again(stage, report, second)
        assert (report.is_late, report.first_submitted_at) == (is_late, at(4, first))
        assert report.submitted_at == at(4, second)
        transaction.savepoint_rollback(point)


# versions


def test_every_version_is_kept_with_its_decision(stage: Stage) -> None:
    report = brought_to(stage, ReportState.SUBMITTED)
    report = ACTS["send_back"](stage, report)
    task = report.task
    report = stage.save(report.round, task, content_for(task, "1.5"), revision=report.revision)
    report = ACTS["approve"](stage, ACTS["sign_off"](stage, ACTS["send_up"](stage, report)))
    kept = [
        (v.number, v.content["figures"][0]["value"], v.decision, v.decision_note, v.signed_by)
        for v in report.versions.all()
    ]
    assert kept == [
        (1, "1.000000", ReportState.SENT_BACK, "补充", "labour-head"),
        (2, "1.500000", ReportState.APPROVED, "", "labour-head"),
    ]


def test_a_version_tells_the_whole_content_and_comes_back_as_it_was(stage: Stage) -> None:
    task = stage.task("roads")
    content = content_for(task, progress={"幸福桥": Progress.REACHED}, done_on=date(2026, 4, 1), blocker="征地。")
    report = stage.submit(stage.open(3), task, content)
    kept = report.versions.get().content
    assert ReportContent.from_dict(kept) == content == content_of(report)
