"""更正 and 核查 of a task, for its page: what waits for consent, what was found, and where to add to it."""

from dataclasses import dataclass

from duixian.console.reviewing_case import finding_words
from duixian.register.models import Task
from duixian.reporting.enums import CorrectionState, ReportState
from duixian.reporting.models import Correction, Report, Verification
from duixian.reporting.rules import may_answer_correction, may_review
from duixian.units.models import Account


@dataclass(frozen=True, slots=True)
class Checks:
    """Open corrections (with whether the person may answer), findings in words, and the report to check, if any."""

    corrections: list[tuple[Correction, bool]]
    findings: list[tuple[Verification, str]]
    to_check: Report | None


def checks_of(task: Task, account: Account) -> Checks:
    """Of a task the person may see."""
    waiting = Correction.objects.filter(report__task=task, state=CorrectionState.PROPOSED)
    waiting = waiting.select_related("report__unit", "report__round", "indicator", "member")
    found = Verification.objects.filter(report__task=task).order_by("-recorded_at", "-pk")
    found = found.select_related("indicator", "member", "outcome", "report__round")
    return Checks(
        [(c, may_answer_correction(account, c.report)) for c in waiting],
        [(v, finding_words(v)) for v in found],
        _to_check(task, account),
    )


def _to_check(task: Task, account: Account) -> Report | None:
    """The latest signed report, for an officer."""
    signed = task.reports.filter(state__in=[ReportState.SUBMITTED, ReportState.APPROVED])
    report = signed.select_related("round", "unit", "task__plan__government").order_by("round__month").last()
    return report if report is not None and may_review(account, report) else None
