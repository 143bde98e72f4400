"""Founding governments, and their calendar of working days."""

from datetime import date, datetime

from duixian.audit.actors import Actor, SystemActor
from duixian.audit.command import InvalidInput, command
from duixian.audit.trail import record
from duixian.units.enums import GovernmentLevel
from duixian.units.models import CalendarException, Government
from duixian.units.rules import may_keep_units, require


@command
def create_government(
    *,
    name: str,
    level: GovernmentLevel,
    office_name: str,
    actor: Actor,
    now: datetime,
    parent: Government | None = None,
    is_simulated: bool = False,
) -> Government:
    """Found a government. Only the system does (command line at set-up)."""
    require(isinstance(actor, SystemActor))
    if Government.objects.filter(name=name).exists():
        raise InvalidInput(f"已有名为“{name}”的政府。", {"name": "重名"})
    government = Government.objects.create(
        name=name, level=level, parent=parent, office_name=office_name, is_simulated=is_simulated
    )
    record(
        actor=actor,
        now=now,
        action="create_government",
        target=government,
        after={"name": name, "level": level, "office_name": office_name, "is_simulated": is_simulated},
    )
    return government


@command
def set_calendar_exception(
    *, on: date, is_working: bool, note: str, government: Government, actor: Actor, now: datetime
) -> CalendarException:
    """Enter a 调休 day."""
    require(may_keep_units(actor, government))
    exception, _ = CalendarException.objects.update_or_create(on=on, defaults={"is_working": is_working, "note": note})
    record(
        actor=actor,
        now=now,
        action="set_calendar_exception",
        target=exception,
        after={"on": on, "is_working": is_working, "note": note},
    )
    return exception
