"""A county's own plan, taken into the register of its city."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.audit.trail import record
from duixian.reading import Reading
from duixian.register.commands._leading import led_by
from duixian.register.commands.adopt import Adoption, adopt_reading
from duixian.register.commands.importing import start_import
from duixian.register.models import ImportDraft
from duixian.register.rules import may_adopt
from duixian.units.commands import found_county
from duixian.units.models import Government, Unit
from duixian.units.rules import require


@command
def adopt_county_plan(*, unit: Unit, reading: Reading, year: int, actor: Actor, now: datetime) -> Adoption:
    """Adopt a county's report or list as the plan of the government behind `unit`, which is founded where it is new.

    What the document gives nobody is the county's own to lead; departments it names are entered as the county's units.
    """
    require(may_adopt(actor, unit.government))
    government: Government = unit.governs or found_county(unit=unit, actor=actor, now=now)
    adoption = adopt_reading(
        reading=reading,
        government=government,
        year=year,
        default_lead=_own_unit_of(government, unit),
        create_missing_units=True,
        actor=actor,
        now=now,
    )
    after = {"unit": unit.name, "tasks": len(reading.tasks)}
    record(actor=actor, now=now, action="adopt_county_plan", target=adoption.plan, after=after)
    return adoption


@command
def start_county_import(
    *, unit: Unit, reading: Reading, year: int, actor: Actor, now: datetime, content: bytes = b""
) -> ImportDraft:
    """Lay a county's report or list before the office of its city, as the plan of the government behind `unit`.

    The government is founded where it is new; what the document gives nobody is the county's own to lead.
    """
    require(may_adopt(actor, unit.government))
    government: Government = unit.governs or found_county(unit=unit, actor=actor, now=now)
    draft = start_import(
        reading=led_by(reading, _own_unit_of(government, unit)),
        government=government,
        year=year,
        content=content,
        actor=actor,
        now=now,
    )
    after = {"unit": unit.name, "items": len(reading.tasks)}
    record(actor=actor, now=now, action="start_county_import", target=draft, after=after)
    return draft


def _own_unit_of(government: Government, unit: Unit) -> Unit:
    """The county as a unit of its own government, which leads what nobody is named for."""
    own = government.units.filter(name=unit.name).first()
    return own or government.units.filter(kind=unit.kind).order_by("order", "pk").first() or unit
