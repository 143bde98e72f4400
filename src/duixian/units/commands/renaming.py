"""Names over time and 机构改革: renaming a unit, merging two."""

from datetime import date, datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.units.commands._names import check_name, check_unknown
from duixian.units.models import Leadership, Unit, UnitAlias, UnitName
from duixian.units.moving import open_duties
from duixian.units.rules import may_keep_units, require


@command
def rename_unit(
    *, unit: Unit, name: str, actor: Actor, now: datetime, full_name: str = "", from_on: date | None = None
) -> Unit:
    """Give a unit another name from a day on (today). The old name is kept with its days and goes on finding the unit.

    Pages and documents that keep names as text show the name of then.
    """
    require(may_keep_units(actor, unit.government))
    unit.refresh_from_db()
    name, full_name = name.strip(), full_name.strip()
    check_name(name)
    if (name, full_name) == (unit.name, unit.full_name):
        raise InvalidInput("名称没有变化。", {"name": "未变"})
    check_unknown(unit.government, {text: "name" for text in (name, full_name) if text}, besides=unit)
    before = {"name": unit.name, "full_name": unit.full_name}
    since = _since(unit, from_on or today_in(now))
    UnitName.objects.create(unit=unit, name=unit.name, full_name=unit.full_name, from_on=since[0], until_on=since[1])
    unit.name, unit.full_name = name, full_name
    unit.save(update_fields=["name", "full_name"])
    unit.aliases.filter(text__in=[name, full_name]).delete()
    _add_names(unit, list(before.values()))
    after = {"name": name, "full_name": full_name, "from_on": since[1]}
    record(actor=actor, now=now, action="rename_unit", target=unit, before=before, after=after)
    return unit


def _since(unit: Unit, from_on: date) -> tuple[date | None, date]:
    """Since when the present name held, and until when it does."""
    last = unit.former_names.first()
    if last is not None and from_on < last.until_on:
        raise InvalidInput(f"启用日期不能早于上次更名（{last.until_on}）。", {"from_on": "过早"})
    return (last.until_on if last else None), from_on


def _add_names(unit: Unit, texts: list[str]) -> None:
    own = {unit.name, unit.full_name, *unit.aliases.values_list("text", flat=True)}
    for text in dict.fromkeys(t for t in texts if t and t not in own):
        UnitAlias.objects.create(unit=unit, government=unit.government, text=text)


@command
def merge_units(*, unit: Unit, into: Unit, actor: Actor, now: datetime) -> Unit:
    """Merge a unit into another (机构改革).

    Its open duties, names, subordinate units, places in groups, leaders and task forces pass to `into`; what it did
    (tasks of past years, approved reports, published figures) stays its own. It is put out of use. Its people keep
    sight of its history; what they are in the new unit is the security administrator's to say.
    """
    require(may_keep_units(actor, unit.government))
    unit.refresh_from_db()
    into.refresh_from_db()
    _check_merge(unit, into)
    moved = _move_duties(unit, into, today_in(now))
    _move_place(unit, into)
    _move_leaders(unit, into, today_in(now))
    names = [unit.name, unit.full_name, *unit.aliases.values_list("text", flat=True)]
    unit.aliases.all().delete()
    unit.is_active, unit.merged_into = False, into
    unit.save(update_fields=["is_active", "merged_into", "governs"])
    _add_names(into, names)
    record(
        actor=actor,
        now=now,
        action="merge_units",
        target=unit,
        before={"is_active": True},
        after={"merged_into": into.name, "names": [n for n in names if n], **moved},
    )
    return into


def _check_merge(unit: Unit, into: Unit) -> None:
    if unit.pk == into.pk or unit.government_id != into.government_id:
        raise InvalidInput("请选择本级的另一个单位。", {"into": "不能并入"})
    for one in (unit, into):
        if not one.is_active:
            raise WrongState(f"{one}已停用，不能合并。")


def _move_duties(unit: Unit, into: Unit, today: date) -> dict[str, int]:
    moved = {duty.label: duty.rows(unit, into, today).update(**{duty.field: into}) for duty in open_duties()}
    return {label: count for label, count in moved.items() if count}


def _move_place(unit: Unit, into: Unit) -> None:
    """Subordinate units, groups, task forces, and the government the unit stands for."""
    line = into.parent
    while line is not None:
        if line.pk == unit.pk:
            into.parent = unit.parent
            into.save(update_fields=["parent"])
            break
        line = line.parent
    unit.children.exclude(pk=into.pk).update(parent=into)
    # the old one stays listed, and does not count while it is out of use
    into.groups.add(*unit.groups.all())
    into.task_forces.add(*unit.task_forces.filter(ended_on=None))
    if unit.governs is not None and into.governs is None:
        government, unit.governs = unit.governs, None
        unit.save(update_fields=["governs"])
        into.governs = government
        into.save(update_fields=["governs"])


def _move_leaders(unit: Unit, into: Unit, today: date) -> None:
    for old in unit.leaderships.filter(until_on=None):
        if not into.leaderships.filter(account=old.account_id, kind=old.kind, until_on=None).exists():
            Leadership.objects.create(account=old.account, unit=into, kind=old.kind, from_on=today)
    unit.leaderships.filter(until_on=None).update(until_on=today)
