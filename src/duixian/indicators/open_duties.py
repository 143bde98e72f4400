"""A series goes on being published by whoever takes its unit over; figures published so far keep their source."""

from datetime import date

from django.db.models import QuerySet

from duixian.indicators.models import Indicator
from duixian.units.models import Unit
from duixian.units.moving import keep_open_duties


def _series(unit: Unit, _into: Unit | None, _today: date) -> QuerySet[Indicator]:
    return Indicator.objects.filter(responsible_unit=unit)


def tell_open_duties() -> None:
    """Called when the app is ready."""
    keep_open_duties("归口指标", _series, field="responsible_unit")
