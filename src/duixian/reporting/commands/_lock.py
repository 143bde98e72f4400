"""Holding a report while a command decides on it."""

from duixian.reporting.models import Report


def lock_report(report: Report) -> Report:
    """The report as it stands now, held until the transaction ends."""
    held = (
        Report.objects.select_for_update(of=("self",))
        .select_related("round__plan__government", "task__reporting_unit", "unit")
        .get(pk=report.pk)
    )
    # a round takes only tasks of its own plan
    held.task.plan = held.round.plan
    return held
