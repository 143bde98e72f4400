"""轮到谁: whose move it is in the current round, in words."""

from django.utils.translation import gettext as _

from duixian.periods import month_label
from duixian.register.models import Task
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report, Round


def whose_turn(task: Task, report: Report | None, round: Round | None) -> str:
    """The unit, its head or the office; empty where nobody owes a move."""
    if round is None:
        return ""
    month = month_label(round.month)
    unit = str(task.reporting_unit)
    if report is None:
        return "" if round.is_locked else _("%(unit)s填报%(month)s进展") % {"unit": unit, "month": month}
    words = {
        ReportState.DRAFT: _("%(unit)s送审签（%(month)s）"),
        ReportState.SENT_UP: _("%(unit)s负责人审签（%(month)s）"),
        ReportState.SUBMITTED: _("督查室审核（%(month)s）"),
        ReportState.SENT_BACK: _("%(unit)s按退回意见修改（%(month)s）"),
    }
    return words.get(report.current_state, "") % {"unit": unit, "month": month}
