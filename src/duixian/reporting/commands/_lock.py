"""Holding a report while a command decides on it."""

from duixian.reporting.models import Report


def lock_report(report: Report) -> Report:
    """The report as it stands now, held until the transaction ends."""
    held = (
        Report.objects.select_for_update(of=("self",)).select_related("round__plan", "task", "unit").get(pk=report.pk)
    )
    # a round takes only tasks of its own plan
    held.task.plan = held.round.plan
    if held.task.reporting_unit_id == held.unit_id:
        held.task.reporting_unit = held.unit
    return held
