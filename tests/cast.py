"""A fixed cast of people on the stage of a small invented city. Everybody is there by the product's own commands.

云溪市 runs an office (city), its county 云东区 a plan of its own; 白川市 is somebody else's government.
谁都不该看见: the outsider belongs to 白川市's office and may see and do nothing here.
"""

from dataclasses import dataclass, field
from datetime import datetime

from duixian.audit.actors import SystemActor
from duixian.periods import SHANGHAI
from duixian.units.commands import appoint, create_account, create_government, create_unit
from duixian.units.enums import GovernmentLevel, Role, UnitKind
from duixian.units.models import Account, Government, Unit

FOUNDER = SystemActor("建库")
PASSWORD = "云溪-口令-2026"


def at(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    """An instant in the product's zone."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


SET_UP = at(1, 5)


@dataclass(slots=True)
class Crew:
    """The two people a unit reports with."""

    unit: Unit
    liaison: Account
    head: Account


@dataclass(slots=True)
class Cast:
    """Everybody, and the governments and units they stand for."""

    city: Government
    county_government: Government
    elsewhere: Government
    units: dict[str, Unit]
    office_head: Account
    office_staff: Account
    leader: Account
    labour: Crew
    building: Crew
    county: Crew
    auditor: Account
    system_admin: Account
    security_admin: Account
    outsider: Account
    crews: dict[str, Crew] = field(default_factory=dict)

    def crew(self, unit: Unit) -> Crew:
        """The liaison and the head of any unit, appointed at the first call."""
        if unit.name not in self.crews:
            self.crews[unit.name] = _crew(unit, f"u{unit.pk}")
        return self.crews[unit.name]

    @property
    def everybody(self) -> dict[str, Account]:
        """Role as tests name it -> person, for tables of role x command."""
        return {
            "office_head": self.office_head,
            "office_staff": self.office_staff,
            "leader": self.leader,
            "liaison": self.labour.liaison,
            "head": self.labour.head,
            "other_liaison": self.building.liaison,
            "other_head": self.building.head,
            "county_liaison": self.county.liaison,
            "county_head": self.county.head,
            "auditor": self.auditor,
            "system_admin": self.system_admin,
            "security_admin": self.security_admin,
            "outsider": self.outsider,
        }


UNITS = {
    "市发改委": UnitKind.DEPARTMENT,
    "市人社局": UnitKind.DEPARTMENT,
    "市住建局": UnitKind.DEPARTMENT,
    "市农业农村局": UnitKind.DEPARTMENT,
    "市生态环境局": UnitKind.DEPARTMENT,
    "云东区政府": UnitKind.COUNTY,
    "青石县政府": UnitKind.COUNTY,
}


def build_cast() -> Cast:
    """Found the governments and their units, and give everybody an account and a role."""
    city = _government("云溪市", GovernmentLevel.CITY)
    county = _government("云东区", GovernmentLevel.COUNTY, city)
    elsewhere = _government("白川市", GovernmentLevel.CITY)
    units = {name: _unit(city, name, kind, county) for name, kind in UNITS.items()}
    crews = {
        "市人社局": _crew(units["市人社局"], "labour"),
        "市住建局": _crew(units["市住建局"], "building"),
        "云东区政府": _crew(units["云东区政府"], "yundong"),
    }
    return Cast(
        city=city,
        county_government=county,
        elsewhere=elsewhere,
        units=units,
        office_head=person("office-head", Role.OFFICE_HEAD, city),
        office_staff=person("office", Role.OFFICE_STAFF, city),
        leader=person("leader", Role.LEADER, city),
        labour=crews["市人社局"],
        building=crews["市住建局"],
        county=crews["云东区政府"],
        auditor=person("auditor", Role.AUDITOR, city),
        system_admin=person("system", Role.SYSTEM_ADMIN, city),
        security_admin=person("security", Role.SECURITY_ADMIN, city),
        outsider=person("outsider", Role.OFFICE_STAFF, elsewhere),
        crews=crews,
    )


def person(username: str, role: Role, government: Government, unit: Unit | None = None) -> Account:
    """An account with one role; its name is its username, so that a trail is easy to read."""
    account = create_account(
        username=username,
        name=username,
        password=PASSWORD,
        government=government,
        must_change_password=False,
        actor=FOUNDER,
        now=SET_UP,
    )
    appoint(account=account, role=role, government=government, unit=unit, actor=FOUNDER, now=SET_UP)
    return account


def _government(name: str, level: GovernmentLevel, parent: Government | None = None) -> Government:
    return create_government(
        name=name, level=level, parent=parent, office_name=f"{name}政府督查室", actor=FOUNDER, now=SET_UP
    )


def _unit(city: Government, name: str, kind: UnitKind, county: Government) -> Unit:
    governs = county if name.startswith(county.name) else None
    return create_unit(government=city, name=name, kind=kind, governs=governs, actor=FOUNDER, now=SET_UP)


def _crew(unit: Unit, username: str) -> Crew:
    return Crew(
        unit,
        person(f"{username}-liaison", Role.LIAISON, unit.government, unit),
        person(f"{username}-head", Role.UNIT_HEAD, unit.government, unit),
    )
