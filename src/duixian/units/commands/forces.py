"""专班: founding one, saying who is in it, dissolving it. Its tasks are linked in the register."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.units.models import Account, Government, TaskForce, Unit
from duixian.units.rules import may_keep_units, require


@command
def create_task_force(
    *,
    government: Government,
    name: str,
    actor: Actor,
    now: datetime,
    purpose: str = "",
    chief: Account | None = None,
    people: Sequence[Account] = (),
    units: Sequence[Unit] = (),
) -> TaskForce:
    """Found a task force with its chief and members."""
    require(may_keep_units(actor, government))
    _check(government, None, name, chief, people, units)
    force = TaskForce.objects.create(
        government=government, name=name.strip(), purpose=purpose.strip(), chief=chief, started_on=today_in(now)
    )
    force.people.set(people)
    force.units.set(units)
    record(actor=actor, now=now, action="create_task_force", target=force, after=_content(force))
    return force


@command
def change_task_force(
    *,
    task_force: TaskForce,
    name: str,
    purpose: str,
    chief: Account | None,
    people: Sequence[Account],
    units: Sequence[Unit],
    actor: Actor,
    now: datetime,
) -> TaskForce:
    """Its name, what it is for, and who is in it."""
    require(may_keep_units(actor, task_force.government))
    task_force.refresh_from_db()
    if task_force.ended_on is not None:
        raise WrongState(f"{task_force}已撤销。")
    _check(task_force.government, task_force, name, chief, people, units)
    before = _content(task_force)
    task_force.name, task_force.purpose, task_force.chief = name.strip(), purpose.strip(), chief
    task_force.save(update_fields=["name", "purpose", "chief"])
    task_force.people.set(people)
    task_force.units.set(units)
    after = _content(task_force)
    record(actor=actor, now=now, action="change_task_force", target=task_force, before=before, after=after)
    return task_force


@command
def dissolve_task_force(*, task_force: TaskForce, actor: Actor, now: datetime) -> TaskForce:
    """Its work is done; its tasks and members stay on record."""
    require(may_keep_units(actor, task_force.government))
    task_force.refresh_from_db()
    if task_force.ended_on is not None:
        raise WrongState(f"{task_force}已撤销。")
    task_force.ended_on = today_in(now)
    task_force.save(update_fields=["ended_on"])
    after = {"ended_on": task_force.ended_on}
    record(actor=actor, now=now, action="dissolve_task_force", target=task_force, after=after)
    return task_force


def _check(
    government: Government,
    known: TaskForce | None,
    name: str,
    chief: Account | None,
    people: Sequence[Account],
    units: Sequence[Unit],
) -> None:
    longest = TaskForce._meta.get_field("name").max_length or 0
    if not name.strip() or len(name.strip()) > longest:
        raise InvalidInput(f"专班名称要填写，最多{longest}字。", {"name": "必填"})
    if government.task_forces.filter(name=name.strip()).exclude(pk=known.pk if known else 0).exists():
        raise InvalidInput(f"已有名为“{name.strip()}”的专班。", {"name": "重名"})
    if any(unit.government_id != government.pk for unit in units):
        raise InvalidInput(f"成员单位须是{government.name}的单位。", {"units": "不属本级"})
    for person in [*people, *([chief] if chief else [])]:
        if not person.memberships.filter(government=government, ended_at=None).exists():
            raise InvalidInput(f"{person.name}在{government.name}没有任职。", {"people": "不属本级"})


def _content(force: TaskForce) -> dict[str, Any]:
    return {
        "name": force.name,
        "purpose": force.purpose,
        "chief": force.chief.name if force.chief else "",
        "people": [person.name for person in force.people.all()],
        "units": [unit.name for unit in force.units.all()],
    }
