"""The office's review: approve, send back, or reopen what was approved."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import WrongState, command
from duixian.audit.trail import record
from duixian.reporting.commands._grading import grade_after_approval
from duixian.reporting.commands._lock import lock_report
from duixian.reporting.commands._searching import keep_account
from duixian.reporting.commands._values import enter_values
from duixian.reporting.commands._words import require_note
from duixian.reporting.enums import ReportState
from duixian.reporting.locks import may_still_be_reviewed
from duixian.reporting.models import Report
from duixian.reporting.rules import may_review
from duixian.units.rules import require


@command
def approve_report(*, report: Report, actor: Actor, now: datetime) -> Report:
    """审核通过: the figures enter their series, and every task they serve is graded anew.

    Side effects, in this order: the version is marked, values are recorded (superseding earlier ones of the month),
    standings and changes of light are stored.
    """
    report = lock_report(report)
    _check_may_decide(report, actor)
    if not report.current_state.may_review:
        raise WrongState(f"{report.task}的填报{report.get_state_display()}，不在待审核之列。")
    before = _decide(report, ReportState.APPROVED, actor, now)
    keep_account(report)
    changed = enter_values(report, actor, now)
    grade_after_approval(report, changed, now)
    after = {"state": report.state, "values": len(changed)}
    record(actor=actor, now=now, action="approve_report", target=report, before=before, after=after)
    return report


@command
def send_back_report(*, report: Report, note: str, actor: Actor, now: datetime) -> Report:
    """审核退回: the unit mends and signs again; the version sent back is kept with the note."""
    report = lock_report(report)
    _check_may_decide(report, actor)
    if not report.current_state.may_review:
        raise WrongState(f"{report.task}的填报{report.get_state_display()}，不在待审核之列。")
    require_note(note, seen_by="单位")
    before = _decide(report, ReportState.SENT_BACK, actor, now, note)
    after = {"state": report.state, "note": note}
    record(actor=actor, now=now, action="send_back_report", target=report, before=before, after=after)
    return report


@command
def reopen_report(*, report: Report, note: str, actor: Actor, now: datetime) -> Report:
    """Let a unit correct a report that was approved; its grade stands until the correction is approved."""
    report = lock_report(report)
    _check_may_decide(report, actor)
    if not report.current_state.may_reopen:
        raise WrongState(f"{report.task}的填报{report.get_state_display()}，不必重开。")
    require_note(note, seen_by="单位")
    before = {"state": report.state}
    report.state, report.note, report.changed_at = ReportState.SENT_BACK, note, now
    report.revision += 1
    report.save()
    keep_account(report)
    after = {"state": report.state, "note": note}
    record(actor=actor, now=now, action="reopen_report", target=report, before=before, after=after)
    return report


def _check_may_decide(report: Report, actor: Actor) -> None:
    require(may_review(actor, report))
    if not may_still_be_reviewed(report.round, report.unit):
        raise WrongState(f"{report.round}已经锁定，不能再审核。")


def _decide(report: Report, state: ReportState, actor: Actor, now: datetime, note: str = "") -> dict[str, str]:
    """Mark the report and its last version as decided; returns what the report was, for the trail."""
    before = {"state": report.state}
    report.state, report.note, report.changed_at = state, note, now
    report.reviewed_by, report.reviewed_at = actor.audit_name, now
    report.revision += 1
    report.save()
    version = report.versions.latest("number")
    version.decision, version.decided_by, version.decided_at, version.decision_note = (
        state,
        actor.audit_name,
        now,
        note,
    )
    version.save(update_fields=["decision", "decided_by", "decided_at", "decision_note"])
    return before
