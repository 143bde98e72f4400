"""From the liaison to the head, and from the head to the office."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.reporting.asking import asked_elsewhere
from duixian.reporting.commands._lock import lock_report
from duixian.reporting.commands._words import require_note
from duixian.reporting.enums import ReportState
from duixian.reporting.locks import is_open_for
from duixian.reporting.models import Report, ReportVersion
from duixian.reporting.queries import content_of, doubts_of, missing_of
from duixian.reporting.rules import may_fill, may_sign
from duixian.units.rules import delegation_of, require


@command
def send_up_report(*, report: Report, actor: Actor, now: datetime) -> Report:
    """送审签: hand the draft to the unit's head. Refused while something owed is blank or a doubt is not answered."""
    report = lock_report(report)
    require(may_fill(actor, report.task))
    _check_open(report, now)
    if not report.current_state.may_send_up:
        raise WrongState(f"{report.task}的填报{report.get_state_display()}，不能再送审签。")
    elsewhere = asked_elsewhere(report.round, report.task)
    faults = {**missing_of(report, today=today_in(now), elsewhere=elsewhere), **doubts_of(report)}
    if faults:
        raise InvalidInput(f"{report.task}还有{len(faults)}处没有填好，补好后再送审签。", faults)
    before = _move(report, ReportState.SENT_UP, now)
    record(actor=actor, now=now, action="send_up_report", target=report, before=before, after={"state": report.state})
    return report


@command
def return_report(*, report: Report, note: str, actor: Actor, now: datetime) -> Report:
    """The head gives the draft back to the liaison with a note."""
    report = lock_report(report)
    require(may_sign(actor, report.unit, today_in(now)))
    _check_open(report, now)
    if not report.current_state.may_sign_off:
        raise WrongState(f"{report.task}的填报{report.get_state_display()}，不在待审签之列。")
    require_note(note, seen_by="对方")
    report.note = note
    before = _move(report, ReportState.DRAFT, now)
    after = {"state": report.state, "note": note}
    record(actor=actor, now=now, action="return_report", target=report, before=before, after=after)
    return report


@command
def sign_off_report(*, report: Report, actor: Actor, now: datetime) -> Report:
    """部门审签: the head's signature submits the report; this version is kept for ever. Late is recorded."""
    report = lock_report(report)
    require(may_sign(actor, report.unit, today_in(now)))
    _check_open(report, now)
    if not report.current_state.may_sign_off:
        raise WrongState(f"{report.task}的填报{report.get_state_display()}，不在待审签之列。")
    if report.first_submitted_at is None:
        report.first_submitted_at = now
        # once late is late for ever, also when it comes in by an exception
        report.is_late = today_in(now) > report.round.due_on or report.round.is_locked
    report.signed_by, report.submitted_at, report.note = _signature(report, actor, now), now, ""
    before = _move(report, ReportState.SUBMITTED, now)
    content = content_of(report).to_dict()
    number = report.versions.count() + 1
    ReportVersion.objects.create(
        report=report, number=number, submitted_at=now, signed_by=report.signed_by, content=content
    )
    record(
        actor=actor,
        now=now,
        action="sign_off_report",
        target=report,
        before=before,
        after={
            "state": report.state,
            "version": number,
            "is_late": report.is_late,
            "signed_by": report.signed_by,
            "content": content,
        },
    )
    return report


def _signature(report: Report, actor: Actor, now: datetime) -> str:
    """The signer's name, and on whose behalf where it is a deputy's."""
    delegation = delegation_of(actor, report.unit, today_in(now))
    return f"{actor.audit_name}（受{delegation.head.name}委托代签）" if delegation else actor.audit_name


def _check_open(report: Report, now: datetime) -> None:
    if not is_open_for(report.round, report.unit, today_in(now)):
        raise WrongState(f"{report.round}已经锁定，不能再上报。")


def _move(report: Report, state: ReportState, now: datetime) -> dict[str, str]:
    """Bring the report to a state; returns what it was, for the trail."""
    before = {"state": report.state}
    report.state = state
    report.changed_at = now
    report.revision += 1
    report.save()
    return before
