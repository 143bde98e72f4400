"""Units: founding them, their names, their place in the tree."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.units.commands._names import check_name, check_unknown
from duixian.units.commands._tree import check_parent
from duixian.units.enums import UnitKind
from duixian.units.models import Government, Unit, UnitAlias
from duixian.units.moving import holding_duties
from duixian.units.queries import directory_of
from duixian.units.rules import may_keep_units, require


@command
def create_unit(
    *,
    government: Government,
    name: str,
    actor: Actor,
    now: datetime,
    kind: UnitKind = UnitKind.DEPARTMENT,
    full_name: str = "",
    aliases: tuple[str, ...] = (),
    governs: Government | None = None,
    parent: Unit | None = None,
) -> Unit:
    """Add a unit with its other names. A name that already means a unit of this government is refused."""
    require(may_keep_units(actor, government))
    check_name(name)
    texts = dict.fromkeys(aliases, "aliases") | {full_name: "full_name"} | {name: "name"}
    check_unknown(government, {text: field for text, field in texts.items() if text})
    check_parent(government, None, parent)
    unit = Unit.objects.create(
        government=government,
        name=name,
        full_name=full_name,
        kind=kind,
        governs=governs,
        parent=parent,
        order=government.units.count() + 1,
    )
    for text in dict.fromkeys(a for a in aliases if a not in (name, full_name)):
        UnitAlias.objects.create(unit=unit, government=government, text=text)
    record(
        actor=actor,
        now=now,
        action="create_unit",
        target=unit,
        after={
            "name": name,
            "full_name": full_name,
            "kind": kind,
            "aliases": list(aliases),
            "parent": parent.name if parent else "",
        },
    )
    return unit


@command
def add_alias(*, unit: Unit, text: str, actor: Actor, now: datetime) -> UnitAlias:
    """Let a unit go by one more name."""
    require(may_keep_units(actor, unit.government))
    check_name(text, "text")
    directory = directory_of(unit.government)
    known = directory.find(text)
    # a name that so far only resembles the unit's own may be written down; anybody else's may not
    if known is not None and (known != unit or text in directory.units):
        raise InvalidInput(f"“{text}”已是“{known}”的名称。", {"text": "重名"})
    alias = UnitAlias.objects.create(unit=unit, government=unit.government, text=text)
    record(actor=actor, now=now, action="add_alias", target=unit, after={"alias": text})
    return alias


@command
def remove_alias(*, alias: UnitAlias, actor: Actor, now: datetime) -> Unit:
    """A name entered by mistake; documents that print it no longer find the unit."""
    unit = alias.unit
    require(may_keep_units(actor, unit.government))
    text = alias.text
    if not UnitAlias.objects.filter(pk=alias.pk).delete()[0]:
        raise WrongState(f"“{text}”已不是{unit}的别名。")
    record(actor=actor, now=now, action="remove_alias", target=unit, before={"alias": text})
    return unit


@command
def change_unit(
    *,
    unit: Unit,
    kind: UnitKind,
    parent: Unit | None,
    actor: Actor,
    now: datetime,
) -> Unit:
    """Its kind and its place in the tree. A place under itself or under one of its own is refused."""
    require(may_keep_units(actor, unit.government))
    unit.refresh_from_db()
    check_parent(unit.government, unit, parent)
    before = {"kind": unit.kind, "parent": unit.parent.name if unit.parent else ""}
    unit.kind, unit.parent = kind, parent
    unit.save(update_fields=["kind", "parent"])
    after = {"kind": kind, "parent": parent.name if parent else ""}
    record(actor=actor, now=now, action="change_unit", target=unit, before=before, after=after)
    return unit


@command
def deactivate_unit(*, unit: Unit, actor: Actor, now: datetime) -> Unit:
    """Put a unit out of use: it is no longer proposed. One with open duties is merged into its successor instead."""
    require(may_keep_units(actor, unit.government))
    unit.refresh_from_db()
    if not unit.is_active:
        raise WrongState(f"{unit}已经停用。")
    left = holding_duties(unit, today_in(now))
    if left:
        words = "、".join(f"{label}{count}件" for label, count in left.items())
        raise WrongState(f"{unit}还有{words}，请先并入承接单位，或把任务改派后再停用。")
    unit.is_active = False
    unit.save(update_fields=["is_active"])
    record(actor=actor, now=now, action="deactivate_unit", target=unit, before={"is_active": True})
    return unit


@command
def restore_unit(*, unit: Unit, actor: Actor, now: datetime) -> Unit:
    """Take a unit back into use. One that was merged gave its names away and does not come back."""
    require(may_keep_units(actor, unit.government))
    unit.refresh_from_db()
    if unit.is_active:
        raise WrongState(f"{unit}正在使用。")
    if unit.merged_into is not None:
        raise WrongState(f"{unit}已并入{unit.merged_into}，不能恢复。")
    names = {name: "name" for name in (unit.name, unit.full_name) if name}
    check_unknown(unit.government, names, besides=unit)
    unit.is_active = True
    unit.save(update_fields=["is_active"])
    record(actor=actor, now=now, action="restore_unit", target=unit, after={"is_active": True})
    return unit
