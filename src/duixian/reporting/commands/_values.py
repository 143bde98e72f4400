"""What an approved report says enters its series; part of approving and of an agreed correction."""

from datetime import datetime
from typing import Any

from duixian.audit.actors import Actor
from duixian.audit.command import WrongState
from duixian.indicators.commands import record_value, withdraw_value
from duixian.indicators.enums import ValueStatus
from duixian.indicators.models import Indicator, IndicatorValue
from duixian.reporting.models import Report, ReportFigure
from duixian.reporting.queries import plain


def enter_values(report: Report, actor: Actor, now: datetime) -> set[int]:
    """Record each figure that is new or differs; returns the series that changed.

    A figure that the report gave before and now leaves blank is withdrawn; one that came from elsewhere stays.
    """
    changed = set()
    month = report.round.month
    source = f"{report.unit}{month.year}年{month.month}月填报"
    for figure in report.figures.select_related("indicator", "member"):
        _know_around(figure.indicator, report)
        current = figure.indicator.values.filter(member=figure.member, month=month, superseded_at=None).first()
        about: dict[str, Any] = {"indicator": figure.indicator, "month": month, "member": figure.member}
        if figure.value is None:
            if current is None or current.source != source:
                continue
            withdraw_value(**about, actor=actor, now=now)
        elif current is None or current.value != figure.value:
            status = _status_beside(current, figure, source)
            record_value(**about, value=figure.value, status=status, source=source, actor=actor, now=now)
        else:
            continue
        changed.add(figure.indicator_id)
    return changed


def _know_around(indicator: Indicator, report: Report) -> None:
    """Government and unit of the report's own series are at hand already."""
    government = report.task.plan.government
    if indicator.government_id == government.pk:
        indicator.government = government
    if indicator.responsible_unit_id == report.unit_id:
        indicator.responsible_unit = report.unit


def _status_beside(current: IndicatorValue | None, figure: ReportFigure, source: str) -> ValueStatus:
    """What a unit reports is 快报. A report that corrects itself keeps the status its own figure has.

    Raises WrongState where a firmer figure from elsewhere says something else.
    """
    if current is None or ValueStatus(current.status).rank <= ValueStatus.PRELIMINARY.rank:
        return ValueStatus.PRELIMINARY
    if current.source == source:
        return ValueStatus(current.status)
    raise WrongState(
        f"“{figure.indicator.name}”已有{current.get_status_display()}数{plain(current.value)}（{current.source}），"
        f"与填报的{plain(figure.value or current.value)}不同。"
        f"请退回单位核对；{current.get_status_display()}数确有变动的，由归口单位录入修订数。"
    )
