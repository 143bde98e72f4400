"""Reports that are still being worked on pass to whoever takes a unit over; approved ones stay with who made them."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report
from duixian.units.models import Unit
from duixian.units.moving import keep_open_duties


def _reports(unit: Unit, into: Unit | None, _today: date) -> QuerySet[Report]:
    rows = Report.objects.filter(unit=unit, round__locked_at=None).exclude(state=ReportState.APPROVED)
    # a task that came from the new unit this very month: that unit's report is there already
    theirs = Report.objects.filter(unit=into, round=OuterRef("round"), task=OuterRef("task"))
    return rows if into is None else rows.exclude(Exists(theirs))


def tell_open_duties() -> None:
    """Called when the app is ready."""
    keep_open_duties("办理中的填报", _reports, field="unit")
