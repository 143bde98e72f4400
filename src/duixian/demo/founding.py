"""Founding the two kinds of demonstrations: the sample city with its people, or a real list with nameless accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duixian.audit.actors import SystemActor
from duixian.demo.cast import PASSWORD, Cast, Part, quick_hashes
from duixian.demo.city import City
from duixian.demo.moments import holidays
from duixian.register.commands import set_force_tasks
from duixian.register.models import Plan
from duixian.units.commands import (
    apply_return,
    close_return,
    create_government,
    create_group,
    create_task_force,
    receive_return,
    set_calendar_exception,
)
from duixian.units.enums import GovernmentLevel, Role, UnitKind
from duixian.units.models import Account, Government, Unit
from duixian.units.naming import guess_kind
from duixian.units.returns import template
from duixian.units.returns.form import row_of, word_of

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
    """The invented city: its units, people and leaders' fields by the return form, its groups and task forces."""
    cast = Cast(SAMPLE_SYSTEM, _found(city.short_name, city.supervision_office, SAMPLE_SYSTEM, now))
    _import_people(city, cast, now)
    units = {unit.name: unit for unit in cast.government.units.all()}
    for group in city.groups:
        is_counties = {units[name].kind for name in group.members} == {UnitKind.COUNTY}
        members = () if is_counties else tuple(units[name] for name in group.members)
        create_group(government=cast.government, name=group.name, members=members, actor=SAMPLE_SYSTEM, now=now)
    for force in city.task_forces:
        create_task_force(
            government=cast.government,
            name=force.name,
            purpose=force.purpose,
            chief=Account.objects.get(username=force.chief),
            units=[units[name] for name in force.units],
            actor=SAMPLE_SYSTEM,
            now=now,
        )
    return cast


def give_task_forces_their_tasks(city: City, plan: Plan, office: Account, now: datetime) -> None:
    """Once the list is adopted, by its numbers."""
    for force in city.task_forces:
        standing = plan.government.task_forces.get(name=force.name)
        tasks = list(plan.tasks.filter(number__in=force.tasks))
        set_force_tasks(task_force=standing, tasks=tasks, actor=office, now=now)


def _import_people(city: City, cast: Cast, now: datetime) -> None:
    """The way a real city brings its people: one filled-in form, read and applied."""
    form = receive_return(
        government=cast.government,
        data=template(_lines(city), government=city.short_name),
        file_name=f"{city.short_name}联络员回执表.xlsx",
        actor=SAMPLE_SYSTEM,
        now=now,
    )
    if form.notes:
        raise ValueError(f"示例城市的回执表有误：{form.notes}")
    with quick_hashes():
        apply_return(people_return=form, password=PASSWORD, actor=SAMPLE_SYSTEM, now=now)
    close_return(people_return=form, actor=SAMPLE_SYSTEM, now=now)
    cast.gather()


def _lines(city: City) -> Iterable[list[str]]:
    """Units in the city's order, then its people."""
    for unit in city.units:
        kind = str(UnitKind(unit.kind).label)
        names = {"unit": unit.short_name, "full_name": unit.full_name, "aliases": "、".join(unit.aliases)}
        yield row_of({**names, "kind": kind})
    for person in city.people:
        yield row_of(
            {
                "unit": person.unit,
                "name": person.name,
                "post": person.post,
                "role": word_of(Role(person.role)),
                "username": person.username,
                "fields": "、".join(person.field),
            }
        )


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
