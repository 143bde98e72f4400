"""Return forms: taken in, and applied by whoever may apply which part."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from duixian.audit.actors import Actor, SystemActor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.sheets import SheetError
from duixian.units.commands.accounts import change_person, create_account
from duixian.units.commands.leading import put_in_charge
from duixian.units.commands.roles import appoint
from duixian.units.commands.units import add_alias, change_unit, create_unit
from duixian.units.enums import UnitKind
from duixian.units.models import Account, Government, PeopleReturn, Unit
from duixian.units.passwords import random_password
from duixian.units.returns import Intake, ReturnLine, plan_return, read_return
from duixian.units.returns.changes import PersonChange, UnitChange
from duixian.units.rules import may_administer_accounts, may_keep_units, require


@dataclass(frozen=True, slots=True)
class Slip:
    """账号条: what a person needs for the first login. The password stands here and on paper, nowhere else."""

    account: Account
    password: str
    duties: str


@dataclass(slots=True)
class Applied:
    """What applying a return did."""

    units: int = 0
    people: int = 0
    fields: int = 0
    slips: list[Slip] = field(default_factory=list)


@command
def receive_return(*, government: Government, data: bytes, file_name: str, actor: Actor, now: datetime) -> PeopleReturn:
    """Take in a filled-in form. Nothing is registered yet; a file that is no such form is refused."""
    require(may_keep_units(actor, government) or may_administer_accounts(actor, government))
    try:
        reply = read_return(data, file_name)
    except SheetError as error:
        raise InvalidInput(str(error), {"file": str(error)}) from error
    people_return = PeopleReturn.objects.create(
        government=government,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        lines=[line.as_data() for line in reply.lines],
        notes=[[refusal.cell, refusal.message] for refusal in reply.refused],
        received_by=actor.audit_name,
        received_at=now,
    )
    record(
        actor=actor,
        now=now,
        action="receive_return",
        target=people_return,
        after={"file": people_return.file_name, "sha256": people_return.sha256, "lines": len(reply.lines)},
    )
    return people_return


@command
def apply_return(*, people_return: PeopleReturn, actor: Actor, now: datetime, password: str = "") -> Applied:
    """Apply what the actor may: units and leaders' fields as the office, accounts and roles as their administrator.

    All of it or, where one thing is refused, nothing. Applied twice, nothing changes. `password` gives everybody the
    same known one: only the system may, for a demonstration.
    """
    government = people_return.government
    keeps, administers = may_keep_units(actor, government), may_administer_accounts(actor, government)
    require(keeps or administers)
    require(not password or isinstance(actor, SystemActor))
    people_return.refresh_from_db()
    if people_return.closed_at is not None:
        raise WrongState("这张表已经收起，请重新上传。")
    applied = Applied()
    if keeps:
        applied.units = _apply_units(_planned(people_return), government, actor, now)
    if administers:
        applied.slips, applied.people = _apply_people(_planned(people_return), government, actor, now, password)
    if keeps:
        applied.fields = _apply_fields(_planned(people_return), actor, now)
    people_return.applied_at = now
    people_return.save(update_fields=["applied_at"])
    record(
        actor=actor,
        now=now,
        action="apply_return",
        target=people_return,
        after={"units": applied.units, "people": applied.people, "fields": applied.fields},
    )
    return applied


@command
def close_return(*, people_return: PeopleReturn, actor: Actor, now: datetime) -> PeopleReturn:
    """Put a form away: its lines, which name people and phones, are not kept any longer."""
    government = people_return.government
    require(may_keep_units(actor, government) or may_administer_accounts(actor, government))
    people_return.refresh_from_db()
    if people_return.closed_at is not None:
        raise WrongState("这张表已经收起。")
    people_return.lines, people_return.notes, people_return.closed_at = [], [], now
    people_return.save(update_fields=["lines", "notes", "closed_at"])
    record(actor=actor, now=now, action="close_return", target=people_return, after={"closed_at": now})
    return people_return


def _planned(people_return: PeopleReturn) -> Intake:
    return plan_return(people_return.government, [ReturnLine.of(data) for data in people_return.lines])


def _apply_units(intake: Intake, government: Government, actor: Actor, now: datetime) -> int:
    todo = intake.units_to_do
    for change in todo:
        _apply_unit(change, government, actor, now)
    return len(todo)


def _apply_unit(change: UnitChange, government: Government, actor: Actor, now: datetime) -> Unit:
    """The unit above first; a new unit takes its names with it."""
    above = change.parent
    if above is not None and above.unit is None:
        _apply_unit(above, government, actor, now)
    parent = above.unit if above else None
    if change.unit is None:
        change.unit = create_unit(
            government=government,
            name=change.name,
            full_name=change.full_name,
            aliases=tuple(change.names),
            kind=change.kind or UnitKind.DEPARTMENT,
            parent=parent,
            actor=actor,
            now=now,
        )
        change.names = []
        return change.unit
    for name in change.names:
        add_alias(unit=change.unit, text=name, actor=actor, now=now)
    if change.has_new_place:
        kind = change.kind or UnitKind(change.unit.kind)
        change_unit(unit=change.unit, kind=kind, parent=parent or change.unit.parent, actor=actor, now=now)
    change.names = []
    return change.unit


def _apply_people(
    intake: Intake, government: Government, actor: Actor, now: datetime, password: str
) -> tuple[list[Slip], int]:
    todo = [person for person in intake.people_to_do if not person.waits]
    slips = []
    for person in todo:
        slip = _apply_person(person, government, actor, now, password)
        slips += [slip] if slip else []
    return slips, len(todo)


def _apply_person(
    person: PersonChange, government: Government, actor: Actor, now: datetime, password: str
) -> Slip | None:
    slip = None
    if person.account is None:
        given = password or random_password()
        person.account = create_account(
            username=person.username,
            name=person.name,
            post=person.post,
            phone=person.phone,
            password=given,
            must_change_password=not password,
            is_random_password=not password,
            government=government,
            actor=actor,
            now=now,
        )
        slip = Slip(person.account, given, "、".join(role.words for role in person.roles))
    elif person.is_mended:
        known = person.account
        change_person(
            account=known,
            name=known.name,
            post=person.post or known.post,
            phone=person.phone or known.phone,
            actor=actor,
            now=now,
        )
    for role in person.new_roles:
        appoint(
            account=person.account,
            role=role.role,
            is_deputy=role.is_deputy,
            government=government,
            unit=role.unit.unit if role.unit else None,
            actor=actor,
            now=now,
        )
    return slip


def _apply_fields(intake: Intake, actor: Actor, now: datetime) -> int:
    todo = [one for one in intake.fields_to_do if not one.waits]
    for one in todo:
        assert one.leader.account is not None
        assert one.unit.unit is not None
        put_in_charge(
            account=one.leader.account,
            unit=one.unit.unit,
            kind=one.kind,
            from_on=one.from_on,
            actor=actor,
            now=now,
        )
    return len(todo)
