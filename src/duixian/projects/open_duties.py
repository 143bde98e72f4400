"""Projects in the ledger go on under whoever takes their unit or county over."""

from datetime import date

from django.db.models import QuerySet

from duixian.projects.models import Project
from duixian.units.models import Unit
from duixian.units.moving import keep_open_duties


def _led(unit: Unit, _into: Unit | None, _today: date) -> QuerySet[Project]:
    return Project.objects.filter(lead_unit=unit, is_active=True)


def _within(unit: Unit, _into: Unit | None, _today: date) -> QuerySet[Project]:
    return Project.objects.filter(county=unit, is_active=True)


def tell_open_duties() -> None:
    """Called when the app is ready."""
    keep_open_duties("牵头项目", _led, field="lead_unit")
    keep_open_duties("辖区项目", _within, field="county")
