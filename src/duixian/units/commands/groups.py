"""Groups of units: 各县区政府, 相关成员单位."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.audit.trail import record
from duixian.units.commands._names import check_name
from duixian.units.models import Government, Unit, UnitGroup
from duixian.units.naming import is_county_group
from duixian.units.queries import directory_of
from duixian.units.rules import may_keep_units, require


@command
def create_group(
    *, government: Government, name: str, actor: Actor, now: datetime, members: tuple[Unit, ...] = ()
) -> UnitGroup:
    """Name a group of units. A group of all counties follows the counties; any other lists its members."""
    require(may_keep_units(actor, government))
    check_name(name)
    if directory_of(government).find(name) is not None:
        raise InvalidInput(f"已有名为“{name}”的单位或单位组。", {"name": "重名"})
    if any(member.government_id != government.pk for member in members):
        raise InvalidInput(f"单位组的成员须是{government.name}的单位。", {"members": "不属本级"})
    group = UnitGroup.objects.create(
        government=government, name=name, is_all_counties=is_county_group(name) and not members
    )
    group.listed.set(members)
    record(
        actor=actor,
        now=now,
        action="create_group",
        target=group,
        after={"name": name, "members": [str(m) for m in members]},
    )
    return group
