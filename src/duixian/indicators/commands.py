"""Keeping series and their values."""

from datetime import date, datetime
from decimal import Decimal

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.indicators.enums import Frequency, ValueStatus
from duixian.indicators.limits import is_keepable
from duixian.indicators.models import Indicator, IndicatorValue
from duixian.indicators.rules import may_keep_series, may_record_value
from duixian.periods import month_label
from duixian.units.models import Government, Unit
from duixian.units.rules import require


@command
def create_indicator(
    *,
    government: Government,
    name: str,
    unit_of_measure: str,
    actor: Actor,
    now: datetime,
    responsible_unit: Unit | None = None,
    is_statistic: bool = False,
    is_shared: bool = False,
) -> Indicator:
    """Open a series."""
    require(may_keep_series(actor, government))
    indicator = Indicator.objects.create(
        government=government,
        name=name[:200],
        unit_of_measure=unit_of_measure,
        responsible_unit=responsible_unit,
        is_statistic=is_statistic,
        is_shared=is_shared,
    )
    record(
        actor=actor,
        now=now,
        action="create_indicator",
        target=indicator,
        after={"name": name, "unit_of_measure": unit_of_measure, "responsible_unit": str(responsible_unit or "")},
    )
    return indicator


@command
def set_publication(
    *,
    indicator: Indicator,
    frequency: Frequency,
    publication_lag_days: int,
    actor: Actor,
    now: datetime,
    responsible_unit: Unit | None = None,
    is_statistic: bool | None = None,
) -> Indicator:
    """Say how often the figure comes, how many days after its period, by whom, and whether statistics publish it.

    None for the last two keeps what is known.
    """
    require(may_keep_series(actor, indicator.government))
    if not 0 <= publication_lag_days <= 400:
        raise InvalidInput("发布滞后天数应在0到400之间。", {"publication_lag_days": "0—400"})
    before = _publication(indicator)
    indicator.frequency = frequency
    indicator.publication_lag_days = publication_lag_days
    indicator.responsible_unit = responsible_unit or indicator.responsible_unit
    indicator.is_statistic = indicator.is_statistic if is_statistic is None else is_statistic
    indicator.save(update_fields=["frequency", "publication_lag_days", "responsible_unit", "is_statistic"])
    record(
        actor=actor, now=now, action="set_publication", target=indicator, before=before, after=_publication(indicator)
    )
    return indicator


def _publication(indicator: Indicator) -> dict[str, object]:
    return {
        "frequency": indicator.frequency,
        "publication_lag_days": indicator.publication_lag_days,
        "responsible_unit": str(indicator.responsible_unit or ""),
        "is_statistic": indicator.is_statistic,
    }


@command
def record_value(
    *,
    indicator: Indicator,
    month: date,
    value: Decimal,
    status: ValueStatus,
    source: str,
    actor: Actor,
    now: datetime,
    member: Unit | None = None,
) -> IndicatorValue:
    """Enter a value for the period ending with `month`; the one before it is superseded, never erased.

    Raises InvalidInput where a firmer value is in force: an estimate does not replace a final figure.
    """
    require(may_record_value(actor, indicator))
    if month.day != 1:
        raise InvalidInput("请指明月份，写该月1日。", {"month": "须为1日"})
    if not is_keepable(value):
        raise InvalidInput("数太大，请核对计量单位。", {"value": "过大"})
    before = _value_in_force(indicator=indicator, month=month, member=member)
    _check_firm_enough(before, status)
    _supersede(before, now)
    entered = IndicatorValue.objects.create(
        indicator=indicator, month=month, value=value, status=status, source=source[:200], member=member, entered_at=now
    )
    record(
        actor=actor,
        now=now,
        action="record_value",
        target=indicator,
        before={"value": before.value, "status": before.status} if before else None,
        after={"month": month, "value": value, "status": status, "source": source, "member": str(member or "")},
    )
    return entered


@command
def withdraw_value(
    *, indicator: Indicator, month: date, actor: Actor, now: datetime, member: Unit | None = None
) -> None:
    """Take back the value in force where a correction says that there is none; the row is kept, blank is not zero.

    Raises WrongState where no value is in force.
    """
    require(may_record_value(actor, indicator))
    before = _value_in_force(indicator=indicator, month=month, member=member)
    if before is None:
        raise WrongState(f"{indicator}{month_label(month)}没有数可撤回。")
    _supersede(before, now)
    record(
        actor=actor,
        now=now,
        action="withdraw_value",
        target=indicator,
        before={"month": month, "value": before.value, "status": before.status, "member": str(member or "")},
    )


def _value_in_force(*, indicator: Indicator, month: date, member: Unit | None) -> IndicatorValue | None:
    """The value that counts now, held until the transaction ends."""
    held = IndicatorValue.objects.select_for_update()
    return held.filter(indicator=indicator, month=month, member=member, superseded_at__isnull=True).first()


def _check_firm_enough(before: IndicatorValue | None, status: ValueStatus) -> None:
    if before is None or status.rank >= ValueStatus(before.status).rank:
        return
    known = f"{before.indicator.name}{month_label(before.month)}已有{before.get_status_display()}数"
    raise InvalidInput(
        f"{known}{before.value.normalize():f}（{before.source}），{status.label}数不能替换它。"
        "数确有变动的，请以“修订”录入；原来的数录错的，请先撤回。",
        {"status": f"低于{before.get_status_display()}"},
    )


def _supersede(value: IndicatorValue | None, now: datetime) -> None:
    """Put a value aside; part of the commands that enter another or take it back."""
    if value is not None:
        value.superseded_at = now
        value.save(update_fields=["superseded_at"])
