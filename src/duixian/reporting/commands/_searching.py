"""What the search knows of reports: part of the commands that decide about them."""

from duixian.register.models import SearchText
from duixian.register.searching import search_words
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report


def keep_account(report: Report) -> None:
    """Let the task be found by the words of its latest approved report, which may be another than this one."""
    told = Report.objects.filter(task=report.task_id, state=ReportState.APPROVED).order_by("-round__month").first()
    SearchText.objects.filter(task=report.task_id).update(account=account_words(told))


def account_words(report: Report | None) -> str:
    """What a task is found by of its latest approved report; nothing where there is none."""
    return search_words([report.account, report.next_step, report.blocker]) if report else ""
