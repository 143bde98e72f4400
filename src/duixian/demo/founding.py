"""Founding the two kinds of demonstrations: the sample city with its people, or a real list with nameless accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duixian.audit.actors import SystemActor
from duixian.demo.cast import Cast, Part
from duixian.demo.city import City
from duixian.demo.moments import holidays
from duixian.units.commands import create_government, create_group, create_unit, set_calendar_exception
from duixian.units.enums import GovernmentLevel, Role, UnitKind
from duixian.units.models import Government, Unit
from duixian.units.naming import guess_kind

SAMPLE_SYSTEM = SystemActor("示例城市")
LISTED_SYSTEM = SystemActor("模拟填报")
OFFICE_NAME = "督查室"
# of a real government no person is named: an account is called by what it does
OFFICE_PARTS = (
    ("duchazhuren", "督查室主任", Role.OFFICE_HEAD),
    ("ducha1", "督查室工作人员甲", Role.OFFICE_STAFF),
    ("ducha2", "督查室工作人员乙", Role.OFFICE_STAFF),
    ("lingdao", "市领导（模拟）", Role.LEADER),
    ("shenji", "审计员", Role.AUDITOR),
    ("xitong", "系统管理员", Role.SYSTEM_ADMIN),
    ("anquan", "安全管理员", Role.SECURITY_ADMIN),
)


def found_city(city: City, now: datetime) -> Cast:
    """The invented city: its units, groups, calendar and people."""
    cast = Cast(SAMPLE_SYSTEM, _found(city.short_name, city.supervision_office, SAMPLE_SYSTEM, now))
    units: dict[str, Unit] = {}
    for unit in city.units:
        units[unit.short_name] = create_unit(
            government=cast.government,
            name=unit.short_name,
            full_name=unit.full_name,
            aliases=unit.aliases,
            kind=UnitKind(unit.kind),
            actor=SAMPLE_SYSTEM,
            now=now,
        )
    for group in city.groups:
        is_counties = {units[name].kind for name in group.members} == {UnitKind.COUNTY}
        members = () if is_counties else tuple(units[name] for name in group.members)
        create_group(government=cast.government, name=group.name, members=members, actor=SAMPLE_SYSTEM, now=now)
    cast.open_accounts(_parts_of(city, units), now)
    return cast


def _parts_of(city: City, units: dict[str, Unit]) -> Iterable[Part]:
    for person in city.people:
        role = Role(person.role)
        yield Part(person.username, person.name, role, person.post, units[person.unit] if role.needs_unit else None)


def found_listed(name: str, now: datetime) -> Cast:
    """A real government whose reports will be invented: marked as simulated, with nameless accounts for the office."""
    government = _found(name, f"{name}{OFFICE_NAME}", LISTED_SYSTEM, now, is_simulated=True)
    cast = Cast(LISTED_SYSTEM, government)
    cast.open_accounts((Part(username, called, role) for username, called, role in OFFICE_PARTS), now)
    return cast


def add_unit_accounts(cast: Cast, units: Iterable[Unit], now: datetime) -> None:
    """A liaison and a head for every unit: lianluo01 and fuzeren01 for the first."""
    parts = []
    for number, unit in enumerate(units, 1):
        parts.append(Part(f"lianluo{number:02}", f"{unit.name}联络员"[:40], Role.LIAISON, unit=unit))
        parts.append(Part(f"fuzeren{number:02}", f"{unit.name}负责人"[:40], Role.UNIT_HEAD, unit=unit))
    cast.open_accounts(parts, now)


def _found(name: str, office: str, system: SystemActor, now: datetime, *, is_simulated: bool = False) -> Government:
    level = GovernmentLevel.COUNTY if guess_kind(name) is UnitKind.COUNTY else GovernmentLevel.CITY
    government = create_government(
        name=name, level=level, office_name=office, is_simulated=is_simulated, actor=system, now=now
    )
    for day in holidays():
        set_calendar_exception(
            on=day.on, is_working=day.is_working, note=day.note, government=government, actor=system, now=now
        )
    return government
