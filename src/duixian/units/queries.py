"""Looking up units by the names documents use."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from duixian.units.enums import LeadershipKind
from duixian.units.models import Account, CalendarException, Government, Leadership, Unit, UnitGroup
from duixian.units.naming import unit_key


@dataclass(frozen=True, slots=True)
class Directory:
    """All names of one government's units and groups, read once."""

    units: dict[str, Unit]
    keys: dict[str, Unit]
    groups: dict[str, UnitGroup]

    def find(self, name: str) -> Unit | UnitGroup | None:
        """The unit or group a printed name means, or None: exact name, then alias, then evened-out name."""
        name = "".join(name.split())
        return self.units.get(name) or self.groups.get(name) or self.keys.get(unit_key(name))


def directory_of(government: Government) -> Directory:
    """The government's directory of names. Where two units share an evened-out name, neither is found by it."""
    units: dict[str, Unit] = {}
    keys: dict[str, Unit | None] = {}
    for unit in government.units.filter(is_active=True).prefetch_related("aliases"):
        for name in filter(None, (unit.name, unit.full_name, *(a.text for a in unit.aliases.all()))):
            units[name] = unit
            key = unit_key(name)
            keys[key] = unit if keys.get(key, unit) == unit else None
    groups = {group.name: group for group in government.groups.all()}
    return Directory(units, {k: u for k, u in keys.items() if u is not None}, groups)


def calendar_exceptions() -> dict[date, bool]:
    """Days that differ from Monday to Friday, for `periods.add_working_days`."""
    return dict(CalendarException.objects.values_list("on", "is_working"))


def name_on(unit: Unit, day: date) -> str:
    """What the unit was called on a day; uses a prefetch of `former_names` where there is one."""
    later = [name for name in unit.former_names.all() if name.until_on > day]
    return min(later, key=lambda name: (name.until_on, name.pk)).name if later else unit.name


def leaderships_on(government: Government, day: date) -> QuerySet[Leadership]:
    """Who answers for which unit on a day."""
    in_force = Q(until_on=None) | Q(until_on__gt=day)
    return Leadership.objects.filter(in_force, unit__government=government, from_on__lte=day).select_related(
        "account", "unit"
    )


def units_led_by(account: Account, day: date, *kinds: LeadershipKind) -> list[int]:
    """Ids of the units a leader answers for on a day; of these kinds where any are named."""
    rows = account.leaderships.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return list(rows.values_list("unit", flat=True).distinct())
