"""Who is in the sample city: read from `city.toml`, nothing computed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class CityUnitKind(StrEnum):
    """What a unit is; VERTICAL answers to a level above the city."""

    DEPARTMENT = "DEPARTMENT"
    COUNTY = "COUNTY"
    ZONE = "ZONE"
    ENTERPRISE = "ENTERPRISE"
    VERTICAL = "VERTICAL"


class CityRole(StrEnum):
    """What an account may do; the names are those of the roles of `duixian.units`."""

    OFFICE_HEAD = "OFFICE_HEAD"
    OFFICE_STAFF = "OFFICE_STAFF"
    LEADER = "LEADER"
    LIAISON = "LIAISON"
    UNIT_HEAD = "UNIT_HEAD"
    AUDITOR = "AUDITOR"
    SYSTEM_ADMIN = "SYSTEM_ADMIN"
    SECURITY_ADMIN = "SECURITY_ADMIN"


@dataclass(frozen=True, slots=True)
class CityUnit:
    """A unit as lists print it (`short_name`); `hosted_by` is the department that staffs a commission's office."""

    short_name: str
    full_name: str
    aliases: tuple[str, ...]
    kind: CityUnitKind
    hosted_by: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every printed form that means this unit."""
        return (self.short_name, self.full_name, *self.aliases)


@dataclass(frozen=True, slots=True)
class CityGroup:
    """A printed collective (各县区政府): never a unit itself, each member owes its own share."""

    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CityTaskForce:
    """Units that carry some tasks together; `chief` is a username, `tasks` are numbers of the list."""

    name: str
    purpose: str
    chief: str
    units: tuple[str, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An account; `field` lists the units a leader is in charge of, `shown` is printed when the demo starts."""

    username: str
    name: str
    role: CityRole
    unit: str
    post: str
    field: tuple[str, ...] = ()
    shown: bool = False


@dataclass(frozen=True, slots=True)
class City:
    """The government that owns the plan, with its units, groups and people."""

    name: str
    short_name: str
    office: str
    supervision_office: str
    doc_prefix: str
    plan_year: int
    units: tuple[CityUnit, ...]
    groups: tuple[CityGroup, ...]
    people: tuple[Person, ...]
    task_forces: tuple[CityTaskForce, ...] = ()

    def resolve(self, printed: str) -> CityUnit | CityGroup | None:
        """The unit or group that a printed name means; None where the city has no such unit."""
        for unit in self.units:
            if printed in unit.names:
                return unit
        return next((group for group in self.groups if printed in (group.name, *group.aliases)), None)

    def people_of(self, unit: str, role: CityRole) -> tuple[Person, ...]:
        """The accounts with `role` at the unit of that short name."""
        return tuple(person for person in self.people if person.unit == unit and person.role is role)


def list_path() -> Path:
    """The city's list for the plan year, as a document for `duixian.reading.read`."""
    return HERE / "list.txt"


def load_city() -> City:
    """The sample city of `city.toml`. A misprint there raises KeyError or ValueError: it is our own file."""
    data = tomllib.loads((HERE / "city.toml").read_text(encoding="utf-8"))
    government = data["government"]
    return City(
        name=government["name"],
        short_name=government["short_name"],
        office=government["office"],
        supervision_office=government["supervision_office"],
        doc_prefix=government["doc_prefix"],
        plan_year=government["plan_year"],
        units=tuple(_unit(row) for row in data["units"]),
        groups=tuple(_group(row) for row in data["groups"]),
        people=tuple(_person(row) for row in data["people"]),
        task_forces=tuple(_task_force(row) for row in data["task_forces"]),
    )


def _unit(row: Mapping[str, Any]) -> CityUnit:
    return CityUnit(
        row["short_name"], row["full_name"], _words(row["aliases"]), CityUnitKind(row["kind"]), row.get("hosted_by")
    )


def _group(row: Mapping[str, Any]) -> CityGroup:
    return CityGroup(row["name"], _words(row["aliases"]), _words(row["members"]))


def _task_force(row: Mapping[str, Any]) -> CityTaskForce:
    return CityTaskForce(row["name"], row["purpose"], row["chief"], _words(row["units"]), _words(row["tasks"]))


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        username=row["username"],
        name=row["name"],
        role=CityRole(row["role"]),
        unit=row["unit"],
        post=row["post"],
        field=_words(row.get("field", ())),
        shown=row.get("shown", False),
    )


def _words(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(values)
