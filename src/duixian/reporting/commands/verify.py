"""核查: what the office found by documents, telephone or on site, beside what was reported."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.indicators.limits import is_keepable
from duixian.indicators.models import Indicator
from duixian.periods import today_in
from duixian.register.models import Outcome
from duixian.reporting.commands._lock import lock_report
from duixian.reporting.commands._words import require_words, text_fault
from duixian.reporting.commands.correct import propose_correction
from duixian.reporting.enums import CorrectionState, Progress, ReportState, VerificationWay
from duixian.reporting.locks import may_still_be_reviewed
from duixian.reporting.models import Report, Verification
from duixian.reporting.rules import may_review
from duixian.units.models import Unit
from duixian.units.rules import require

LONGEST_EVIDENCE = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: the value of a series (of one member), or how far an outcome is."""

    indicator: Indicator | None = None
    member: Unit | None = None
    value: Decimal | None = None
    outcome: Outcome | None = None
    progress: str = ""


@command
def record_verification(
    *,
    report: Report,
    finding: Finding,
    way: VerificationWay,
    words: str,
    evidence: str,
    verified_on: date,
    actor: Actor,
    now: datetime,
) -> Verification:
    """登记核查. The reported value stays; where a figure differs and the month is open, a correction is proposed."""
    report = lock_report(report)
    require(may_review(actor, report))
    if report.current_state not in (ReportState.SUBMITTED, ReportState.APPROVED):
        raise WrongState(f"{report.task}的填报{report.get_state_display()}，还没有可核查的数。")
    require_words(words, "核查情况", seen_by="单位")
    fault = text_fault(evidence, LONGEST_EVIDENCE)
    if fault:
        raise InvalidInput(f"依据材料{fault}", {"evidence": fault})
    if not report.round.month <= verified_on <= today_in(now):
        raise InvalidInput("核查日期应在盘点月份之后、今天之前。", {"verified_on": "请核对日期"})
    verification = _found(report, finding)
    verification.way, verification.words, verification.evidence = way, words.strip(), evidence.strip()
    verification.verified_on, verification.verified_by, verification.recorded_at = verified_on, actor.audit_name, now
    verification.save()
    record(actor=actor, now=now, action="record_verification", target=report, before=None, after=_told(verification))
    if _may_propose(report, verification):
        _propose(report, verification, actor, now)
    return verification


def _found(report: Report, finding: Finding) -> Verification:
    """The row without its circumstances; raises InvalidInput where the report says nothing of the kind."""
    if finding.indicator is not None:
        figure = report.figures.filter(indicator=finding.indicator, member=finding.member).first()
        if figure is None:
            raise InvalidInput(f"{report.task}的填报里没有这个数。", {"what": "没有这个数"})
        if finding.value is None or not is_keepable(finding.value):
            raise InvalidInput("请填核查得到的数。", {"value": "必填，只填一个数"})
        return Verification(
            report=report,
            indicator=finding.indicator,
            member=finding.member,
            reported_value=figure.value,
            verified_value=finding.value,
        )
    node = report.nodes.filter(outcome=finding.outcome).first() if finding.outcome else None
    if node is None:
        raise InvalidInput("请选核查的是哪一项。", {"what": "必选"})
    if finding.progress not in Progress.values:
        raise InvalidInput("请选核查得到的进展。", {"progress": "必选"})
    return Verification(
        report=report,
        outcome=finding.outcome,
        reported_progress=node.progress,
        verified_progress=finding.progress,
    )


def _may_propose(report: Report, found: Verification) -> bool:
    """A figure that differs, in an open month, of which no correction is waiting."""
    if found.indicator_id is None or not found.is_different or found.reported_value is None:
        return False
    if not may_still_be_reviewed(report.round, report.unit):
        return False
    return not report.corrections.filter(
        indicator=found.indicator_id, member=found.member_id, state=CorrectionState.PROPOSED
    ).exists()


def _propose(report: Report, found: Verification, actor: Actor, now: datetime) -> None:
    assert found.indicator is not None
    assert found.verified_value is not None
    propose_correction(
        report=report,
        indicator=found.indicator,
        member=found.member,
        value=found.verified_value,
        reason=f"{VerificationWay(found.way).label}：{found.words}",
        verification=found,
        actor=actor,
        now=now,
    )


def _told(found: Verification) -> dict[str, str]:
    """For the trail."""
    if found.indicator_id:
        pair = {"reported": _text(found.reported_value), "verified": _text(found.verified_value)}
    else:
        pair = {"reported": found.reported_progress, "verified": found.verified_progress}
    more = {"words": found.words, "evidence": found.evidence, "on": found.verified_on.isoformat()}
    return {"what": found.what, "way": found.way, **pair, **more}


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
