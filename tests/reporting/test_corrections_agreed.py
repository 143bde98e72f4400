"""更正 and 核查: what the office finds stands beside what was reported, and holds once the unit consents."""

from datetime import date
from decimal import Decimal

import pytest

from duixian.audit.command import Conflict, InvalidInput, WrongState
from duixian.audit.trail import verify
from duixian.indicators.models import IndicatorValue
from duixian.reporting.commands import (
    Finding,
    agree_to_correction,
    approve_report,
    note_consent,
    propose_correction,
    record_verification,
    refuse_correction,
    reopen_report,
    send_back_report,
    withdraw_correction,
)
from duixian.reporting.enums import CorrectionState, Progress, VerificationWay
from duixian.reporting.models import Correction, Report, Verification
from tests.factories.play import Stage, after, content_for, month
from tests.reporting.steps import sign_again

DAY = after(month(3), 8)


def submitted(stage: Stage, value: str = "1", name: str = "jobs") -> Report:
    return stage.submit(stage.open(3), stage.task(name), content_for(stage.task(name), value))


def proposed(stage: Stage, report: Report, value: str = "0.5") -> Correction:
    series = stage.target("jobs").indicator
    about = {"indicator": series, "value": Decimal(value), "reason": "灵活就业不计入。"}
    return propose_correction(report=report, **about, actor=stage.cast.office_staff, now=DAY)  # type: ignore[arg-type]


def found(stage: Stage, report: Report, value: str, on: date = date(2026, 4, 8)) -> Verification:
    return record_verification(
        report=report,
        finding=Finding(indicator=stage.target("jobs").indicator, value=Decimal(value)),
        way=VerificationWay.PHONE,
        words="只认社保登记的。",
        evidence="",
        verified_on=on,
        actor=stage.cast.office_staff,
        now=DAY,
    )


def figure_of(report: Report) -> Decimal | None:
    return report.figures.get().value


def test_nothing_changes_before_the_unit_consents(stage: Stage) -> None:
    report = submitted(stage)
    proposed(stage, report)
    assert figure_of(report) == 1
    assert report.versions.count() == 1


def test_with_consent_it_is_a_version_of_its_own_and_the_office_approves_it(stage: Stage) -> None:
    report = submitted(stage)
    agree_to_correction(correction=proposed(stage, report), actor=stage.cast.labour.liaison, now=DAY)
    first, second = report.versions.all()
    assert (first.is_corrected, first.content["figures"][0]["value"]) == (False, "1.000000")
    assert (second.is_corrected, second.content["figures"][0]["value"]) == (True, "0.500000")
    approve_report(report=report, actor=stage.cast.office_staff, now=DAY)
    assert IndicatorValue.objects.get(superseded_at=None).value == Decimal("0.5")
    assert report.versions.latest("number").decision == "APPROVED"


def test_an_approved_figure_is_superseded_and_the_task_graded_anew(stage: Stage) -> None:
    report = submitted(stage, "1.2")
    report = approve_report(report=report, actor=stage.cast.office_staff, now=DAY)
    before = stage.task("jobs").light
    agree_to_correction(correction=proposed(stage, report, "0.1"), actor=stage.cast.labour.head, now=DAY)
    assert [v.value for v in IndicatorValue.objects.order_by("pk")] == [Decimal("1.2"), Decimal("0.1")]
    assert (before, stage.task("jobs").light) == ("GREEN", "RED")
    assert verify().broken_number is None


def test_a_reopened_report_counts_as_corrected_until_it_is_approved_again(stage: Stage) -> None:
    report = approve_report(report=submitted(stage, "1.2"), actor=stage.cast.office_staff, now=DAY)
    agree_to_correction(correction=proposed(stage, report, "0.1"), actor=stage.cast.labour.head, now=DAY)
    report = reopen_report(report=report, note="请再核。", actor=stage.cast.office_staff, now=DAY)
    assert stage.task("jobs").light == "RED"
    sign_again(stage, report, "1.2")
    assert stage.task("jobs").light == "GREEN"


def test_a_consent_by_telephone_has_a_name_and_a_time(stage: Stage) -> None:
    correction = proposed(stage, submitted(stage))
    by = {"actor": stage.cast.office_staff, "now": after(month(3), 9)}
    for name, said_at in (("", DAY), ("王建国", after(month(3), 7)), ("王建国", after(month(3), 10))):
        with pytest.raises(InvalidInput):
            note_consent(correction=correction, name=name, said_at=said_at, **by)  # type: ignore[arg-type]
    note_consent(correction=correction, name="王建国", said_at=DAY, **by)  # type: ignore[arg-type]
    correction.refresh_from_db()
    assert (correction.answered_by, correction.noted_by, correction.answered_at) == ("王建国", "office", DAY)
    assert figure_of(correction.report) == Decimal("0.5")


def test_refused_or_taken_back_it_changes_nothing_and_another_may_follow(stage: Stage) -> None:
    report = submitted(stage)
    refuse_correction(correction=proposed(stage, report), note="口径没错。", actor=stage.cast.labour.head, now=DAY)
    second = proposed(stage, report)
    withdraw_correction(correction=second, note="已说明。", actor=stage.cast.office_staff, now=DAY)
    third = proposed(stage, report)
    assert [c.state for c in report.corrections.order_by("pk")] == ["REFUSED", "WITHDRAWN", "PROPOSED"]
    assert figure_of(report) == 1
    with pytest.raises(WrongState, match="不能再办"):
        agree_to_correction(correction=second, actor=stage.cast.labour.head, now=DAY)
    with pytest.raises(WrongState, match="先撤回再提"):
        proposed(stage, report)
    assert third.is_open


def test_a_figure_mended_in_between_is_not_overwritten(stage: Stage) -> None:
    report = submitted(stage)
    correction = proposed(stage, report)
    report = send_back_report(report=report, note="请核。", actor=stage.cast.office_staff, now=DAY)
    with pytest.raises(WrongState, match="由单位自己修改"):
        agree_to_correction(correction=correction, actor=stage.cast.labour.head, now=DAY)
    report = sign_again(stage, report, "0.8")
    with pytest.raises(Conflict):
        agree_to_correction(correction=correction, actor=stage.cast.labour.head, now=DAY)
    assert figure_of(report) == Decimal("0.8")


@pytest.mark.parametrize(("value", "words"), [("1", "与所报的数相同"), ("1" * 19, "位数太多")])
def test_what_cannot_be_a_correction_is_told(stage: Stage, value: str, words: str) -> None:
    report = submitted(stage)
    with pytest.raises(InvalidInput, match=words):
        proposed(stage, report, value)


def test_what_was_found_stands_beside_and_proposes_a_correction(stage: Stage) -> None:
    report = submitted(stage)
    verification = found(stage, report, "0.9")
    assert (verification.reported_value, verification.difference) == (1, Decimal("-0.1"))
    assert figure_of(report) == 1
    correction = Correction.objects.get()
    assert (correction.value, correction.verification, correction.reason) == (
        Decimal("0.9"),
        verification,
        "电话核查：只认社保登记的。",
    )
    # found again: the one that waits is enough
    found(stage, report, "0.8")
    assert Correction.objects.count() == 1


def test_what_agrees_proposes_nothing(stage: Stage) -> None:
    assert not found(stage, submitted(stage), "1").is_different
    assert not Correction.objects.exists()


def test_a_locked_month_may_be_verified_and_stays(stage: Stage) -> None:
    report = approve_report(report=submitted(stage), actor=stage.cast.office_staff, now=DAY)
    stage.lock(report.round, day=8)
    assert found(stage, report, "0.9").is_different
    assert not Correction.objects.exists()
    with pytest.raises(WrongState, match="已经锁定"):
        proposed(stage, report)


def test_a_day_before_the_month_or_in_the_future_is_refused(stage: Stage) -> None:
    report = submitted(stage)
    for on in (date(2026, 2, 28), date(2026, 4, 9)):
        with pytest.raises(InvalidInput, match="核查日期"):
            found(stage, report, "0.9", on)


def test_an_outcome_is_verified_by_its_progress(stage: Stage) -> None:
    task = stage.task("roads")
    report = stage.submit(
        stage.open(3), task, content_for(task, None, progress=Progress.REACHED, done_on=date(2026, 3, 1))
    )
    outcome = report.nodes.filter(outcome__isnull=False)[0].outcome
    about = {"way": VerificationWay.ON_SITE, "words": "未见开工。", "evidence": "", "verified_on": date(2026, 4, 8)}
    by = {"actor": stage.cast.office_staff, "now": DAY}
    finding = Finding(outcome=outcome, progress=Progress.NOT_STARTED)
    seen = record_verification(report=report, finding=finding, **about, **by)  # type: ignore[arg-type]
    assert seen.is_different
    assert not Correction.objects.exists()
    with pytest.raises(InvalidInput, match="进展"):
        record_verification(report=report, finding=Finding(outcome=outcome), **about, **by)  # type: ignore[arg-type]
    assert CorrectionState.PROPOSED.may_answer
