"""A county in its two parts: a unit of its city, and a government of its own."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.units.commands.units import create_unit
from duixian.units.enums import GovernmentLevel, UnitKind
from duixian.units.models import Government, Unit
from duixian.units.naming import place_of
from duixian.units.rules import may_keep_units, require

LEVELS = {UnitKind.COUNTY: GovernmentLevel.COUNTY, UnitKind.ZONE: GovernmentLevel.ZONE}


@command
def found_county(*, unit: Unit, actor: Actor, now: datetime) -> Government:
    """Give a county or zone of the city a government of its own, so that it can have a plan; its own unit comes along.

    Raises InvalidInput for any other unit, WrongState where it already governs.
    """
    require(may_keep_units(actor, unit.government))
    unit.refresh_from_db()
    if unit.kind not in LEVELS:
        raise InvalidInput(f"{unit}不是县区或开发区，不能单独立项。", {"unit": "不是县区"})
    if unit.governs_id is not None:
        raise WrongState(f"{unit}已有自己的政府“{unit.governs}”。")
    name = place_of(unit.name)
    if Government.objects.filter(name=name).exists():
        raise InvalidInput(f"已有名为“{name}”的政府，请核对是不是别的市的。", {"unit": "重名"})
    government = Government.objects.create(
        name=name,
        level=LEVELS[UnitKind(unit.kind)],
        parent=unit.government,
        office_name=f"{name}政府督查室",
        is_simulated=unit.government.is_simulated,
    )
    unit.governs = government
    unit.save(update_fields=["governs"])
    create_unit(government=government, name=unit.name, kind=UnitKind(unit.kind), actor=actor, now=now)
    record(
        actor=actor,
        now=now,
        action="found_county",
        target=unit,
        after={"government": name, "level": government.level, "parent": unit.government.name},
    )
    return government
