"""What a target is: how it adds up, which way is better, whence it sets out. The office mends it, and says why."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.audit.trail import record
from duixian.indicators.commands import record_value, set_publication, withdraw_value
from duixian.indicators.enums import Frequency, ValueStatus
from duixian.indicators.models import IndicatorValue
from duixian.reading import Accrual, Polarity, QuantityKind
from duixian.register.commands._words import require_reason
from duixian.register.enums import Bindingness
from duixian.register.models import Target
from duixian.register.rules import may_decide
from duixian.register.wishes import baseline_of
from duixian.units.models import Unit
from duixian.units.rules import require

OWN_FIELDS = ("kind", "polarity", "accrual", "bindingness", "unit_of_measure")


@dataclass(frozen=True, slots=True)
class Definition:
    """All that the office may say of a target. `baseline` is last December's level; None where there is none."""

    kind: QuantityKind
    polarity: Polarity
    accrual: Accrual
    bindingness: Bindingness | None
    unit_of_measure: str
    frequency: Frequency
    publication_lag_days: int
    responsible_unit: Unit
    baseline: Decimal | None = None
    baseline_source: str = ""


@command
def define_target(*, target: Target, definition: Definition, reason: str, actor: Actor, now: datetime) -> Target:
    """Mend what a target is. Side effects: the series' publication and its value of last December follow.

    The unit of measure may change only while the series holds no figure: figures would mean something else.
    """
    require(may_decide(actor, target.task.plan))
    require_reason(reason, "reason")
    _check_unit_of_measure(target, definition)
    before = {name: getattr(target, name) for name in OWN_FIELDS}
    for name in OWN_FIELDS:
        setattr(target, name, getattr(definition, name) or "")
    target.save(update_fields=OWN_FIELDS)
    _follow_unit_of_measure(target)
    set_publication(
        indicator=target.indicator,
        frequency=definition.frequency,
        publication_lag_days=definition.publication_lag_days,
        responsible_unit=definition.responsible_unit,
        actor=actor,
        now=now,
    )
    _set_baseline(target, definition, actor, now)
    after = {name: getattr(target, name) for name in OWN_FIELDS} | {"reason": reason.strip()}
    record(actor=actor, now=now, action="define_target", target=target, before=before, after=after)
    return target


def _check_unit_of_measure(target: Target, definition: Definition) -> None:
    longest = Target._meta.get_field("unit_of_measure").max_length or 0
    if len(definition.unit_of_measure) > longest:
        raise InvalidInput(f"计量单位最多{longest}字。", {"unit_of_measure": "过长"})
    is_new = definition.unit_of_measure != target.unit_of_measure
    if is_new and IndicatorValue.objects.filter(indicator=target.indicator, superseded_at=None).exists():
        raise InvalidInput(
            f"“{target.indicator.name}”已经有数，不能再改计量单位；改了，已有的数就成了另一个意思。",
            {"unit_of_measure": "已经有数"},
        )


def _follow_unit_of_measure(target: Target) -> None:
    """A series of this target alone is kept in the target's unit."""
    series = target.indicator
    if series.unit_of_measure != target.unit_of_measure and not series.is_shared:
        series.unit_of_measure = target.unit_of_measure
        series.save(update_fields=["unit_of_measure"])


def _set_baseline(target: Target, definition: Definition, actor: Actor, now: datetime) -> None:
    """Enter, revise or withdraw last December's level; nothing where it stays as it was."""
    known = baseline_of(target)
    month = date(target.task.plan.year - 1, 12, 1)
    if definition.baseline is None:
        if known is not None:
            withdraw_value(indicator=target.indicator, month=month, actor=actor, now=now)
        return
    if not definition.baseline_source.strip():
        raise InvalidInput("填了基期值，请写明来源（如统计公报、部门年报）。", {"baseline_source": "必填"})
    if known is None or (known.value, known.source) != (definition.baseline, definition.baseline_source.strip()):
        record_value(
            indicator=target.indicator,
            month=month,
            value=definition.baseline,
            status=ValueStatus.REVISED if known else ValueStatus.FINAL,
            source=definition.baseline_source.strip(),
            actor=actor,
            now=now,
        )
