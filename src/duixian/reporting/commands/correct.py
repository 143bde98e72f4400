"""更正: the office proposes another value for a reported figure; with the unit's consent it becomes a new version."""

from datetime import datetime
from decimal import Decimal

from duixian.audit.actors import Actor, SystemActor
from duixian.audit.command import Conflict, InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.indicators.limits import is_keepable
from duixian.indicators.models import Indicator
from duixian.reporting.commands._grading import grade_after_approval
from duixian.reporting.commands._lock import lock_report
from duixian.reporting.commands._values import enter_values
from duixian.reporting.commands._words import require_note, require_words
from duixian.reporting.enums import CorrectionState, ReportState
from duixian.reporting.locks import may_still_be_reviewed
from duixian.reporting.models import Correction, Report, ReportFigure, ReportVersion, Verification
from duixian.reporting.queries import content_of
from duixian.reporting.rules import may_answer_correction, may_review
from duixian.units.models import Unit
from duixian.units.rules import require

LONGEST_NAME = 40
# the series is kept by the office: what two sides agreed on enters it by neither's own hand
AGREED = SystemActor("双方同意的更正")


@command
def propose_correction(
    *,
    report: Report,
    indicator: Indicator,
    value: Decimal,
    reason: str,
    actor: Actor,
    now: datetime,
    member: Unit | None = None,
    verification: Verification | None = None,
) -> Correction:
    """提出更正: the unit's liaison or head is asked; the report stays as it is until one of them agrees."""
    report = lock_report(report)
    require(may_review(actor, report))
    _check_correctable(report)
    require_words(reason, "更正的理由", seen_by="单位")
    figure = _figure(report, indicator, member)
    if figure.value is None:
        raise InvalidInput("这一项没有报数，不能更正，请退回让单位填报。", {"value": "没有报数"})
    if not is_keepable(value):
        raise InvalidInput("更正的数位数太多，请核对。", {"value": "位数太多"})
    if figure.value == value:
        raise InvalidInput("与所报的数相同，不必更正。", {"value": "与所报相同"})
    if report.corrections.filter(indicator=indicator, member=member, state=CorrectionState.PROPOSED).exists():
        raise WrongState(f"{report.task}的这个数已有更正在等单位同意，先撤回再提。")
    correction = Correction.objects.create(
        report=report,
        indicator=indicator,
        member=member,
        verification=verification,
        reported_value=figure.value,
        value=value,
        reason=reason.strip(),
        proposed_by=actor.audit_name,
        proposed_at=now,
    )
    told = {"figure": correction.what, "reported": str(figure.value), "value": str(value), "reason": reason.strip()}
    record(actor=actor, now=now, action="propose_correction", target=report, before=None, after=told)
    return correction


@command
def agree_to_correction(*, correction: Correction, actor: Actor, now: datetime) -> Report:
    """同意更正, by the unit's liaison or head: the figure changes, and a version marked as corrected is kept.

    Side effects: where the report was approved, the value enters its series as a revision and tasks are graded anew.
    """
    report, correction = _hold(correction)
    require(may_answer_correction(actor, report))
    return _apply(report, correction, actor, now, answered_by=actor.audit_name, answered_at=now)


@command
def note_consent(*, correction: Correction, name: str, said_at: datetime, actor: Actor, now: datetime) -> Report:
    """登记电话同意: `name` of the unit agreed by telephone at `said_at`; the officer who noted it is kept beside."""
    report, correction = _hold(correction)
    require(may_review(actor, report))
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(f"请写明单位同意更正的人，最多{LONGEST_NAME}字。", {"name": "必填"})
    if not correction.proposed_at <= said_at <= now:
        raise InvalidInput("同意的时间应在提出更正之后、现在之前。", {"said_at": "请核对时间"})
    correction.noted_by = actor.audit_name
    return _apply(report, correction, actor, now, answered_by=name, answered_at=said_at)


@command
def refuse_correction(*, correction: Correction, note: str, actor: Actor, now: datetime) -> Correction:
    """不同意更正, with the unit's reason; the report stays as it is."""
    report, correction = _hold(correction)
    require(may_answer_correction(actor, report))
    require_words(note, "不同意的理由", seen_by="督查室")
    return _close(correction, CorrectionState.REFUSED, report, actor, now, note.strip())


@command
def withdraw_correction(*, correction: Correction, note: str, actor: Actor, now: datetime) -> Correction:
    """撤回更正, by the office."""
    report, correction = _hold(correction)
    require(may_review(actor, report))
    require_note(note, seen_by="单位")
    return _close(correction, CorrectionState.WITHDRAWN, report, actor, now, note.strip())


def _hold(correction: Correction) -> tuple[Report, Correction]:
    """Report and correction as they stand now, held until the transaction ends."""
    report = lock_report(correction.report)
    held = Correction.objects.select_related("indicator", "member").get(pk=correction.pk)
    held.report = report
    if not held.is_open:
        raise WrongState(f"{report.task}的这项更正{held.get_state_display()}，不能再办。")
    return report, held


def _check_correctable(report: Report) -> None:
    if not may_still_be_reviewed(report.round, report.unit):
        raise WrongState(f"{report.round}已经锁定，不能再更正；请在以后月份的累计数里体现。")
    if report.current_state not in (ReportState.SUBMITTED, ReportState.APPROVED):
        raise WrongState(f"{report.task}的填报{report.get_state_display()}，由单位自己修改，不必更正。")


def _figure(report: Report, indicator: Indicator, member: Unit | None) -> ReportFigure:
    figure = report.figures.filter(indicator=indicator, member=member).first()
    if figure is None:
        raise InvalidInput(f"{report.task}的填报里没有这个数。", {"figure": "没有这个数"})
    return figure


def _apply(
    report: Report, correction: Correction, actor: Actor, now: datetime, *, answered_by: str, answered_at: datetime
) -> Report:
    _check_correctable(report)
    figure = _figure(report, correction.indicator, correction.member)
    if figure.value != correction.reported_value:
        raise Conflict(f"{report.task}的数在提出更正之后改过，请督查室重新提出。")
    before = content_of(report).to_dict()
    figure.value, figure.is_confirmed = correction.value, True
    figure.save(update_fields=["value", "is_confirmed"])
    report.revision, report.changed_at = report.revision + 1, now
    report.save(update_fields=["revision", "changed_at"])
    _keep_version(report, answered_by, now)
    if report.current_state is ReportState.APPROVED:
        grade_after_approval(report, enter_values(report, AGREED, now), now)
    correction.state, correction.answered_by, correction.answered_at = CorrectionState.AGREED, answered_by, answered_at
    correction.save()
    after = {"figure": correction.what, "value": str(correction.value), "agreed_by": answered_by}
    told = after | {
        "at": answered_at.isoformat(),
        "noted_by": correction.noted_by,
        "content": content_of(report).to_dict(),
    }
    action = "note_consent" if correction.noted_by else "agree_to_correction"
    record(actor=actor, now=now, action=action, target=report, before=before, after=told)
    return report


def _keep_version(report: Report, agreed_by: str, now: datetime) -> None:
    """The corrected report as a version of its own; of an approved one it is what was approved."""
    version = ReportVersion(
        report=report,
        number=report.versions.latest("number").number + 1,
        submitted_at=now,
        signed_by=agreed_by,
        content=content_of(report).to_dict(),
        is_corrected=True,
    )
    if report.current_state is ReportState.APPROVED:
        version.decision, version.decided_by, version.decided_at = ReportState.APPROVED, report.reviewed_by, now
    version.save()


def _close(
    correction: Correction, state: CorrectionState, report: Report, actor: Actor, now: datetime, answer: str
) -> Correction:
    before = {"state": correction.state}
    correction.state, correction.answer = state, answer
    correction.answered_by, correction.answered_at = actor.audit_name, now
    correction.save()
    after = {"state": state, "figure": correction.what, "note": answer}
    action = "refuse_correction" if state is CorrectionState.REFUSED else "withdraw_correction"
    record(actor=actor, now=now, action=action, target=report, before=before, after=after)
    return correction
