"""What a return would change, worked out against what is registered now. Reads, and writes nothing."""

from collections.abc import Sequence

from django.db.models import Prefetch

from duixian.units.enums import LeadershipKind, Role
from duixian.units.models import Account, Government, Leadership, Membership
from duixian.units.returns.changes import FieldChange, Intake, PersonChange, RoleChange, UnitChange
from duixian.units.returns.reading import Refusal, ReturnLine
from duixian.units.returns.unit_finding import UnitFinder
from duixian.units.rules import duties_clash
from duixian.units.usernames import propose_username


def plan_return(government: Government, lines: Sequence[ReturnLine]) -> Intake:
    """New, changed, unchanged and refused; the same lines give nothing to do once they have been applied."""
    units = UnitFinder(government)
    placed = [(line, change) for line in lines if (change := units.take(line)) or not line.unit]
    for line, change in placed:
        if change is not None:
            units.place(line, change)
    people = _People(government, units)
    for line, change in placed:
        if line.name:
            people.take(line, change)
    for line, _change in placed:
        if line.fields or line.sponsors:
            people.take_fields(line)
    refused = [*units.refused, *people.refused]
    return Intake(units.changes, people.changes, people.fields, refused)


class _People:
    """The people of one return."""

    def __init__(self, government: Government, units: UnitFinder) -> None:
        self.government, self.units = government, units
        in_force = Membership.objects.filter(ended_at=None).select_related("unit")
        mine = Account.objects.filter(memberships__government=government, memberships__ended_at=None).distinct()
        self.known = list(
            mine.prefetch_related(
                Prefetch("memberships", in_force, to_attr="roles_in_force"),
                Prefetch("leaderships", Leadership.objects.filter(until_on=None), to_attr="fields_in_force"),
            )
        )
        self.taken = set(Account.objects.values_list("username", flat=True))
        self.changes: list[PersonChange] = []
        self.fields: list[FieldChange] = []
        self.refused: list[Refusal] = []
        self._by_line: dict[int, PersonChange] = {}

    def take(self, line: ReturnLine, unit: UnitChange | None) -> None:
        """The person of a line with the role it gives."""
        role = Role(line.role)
        person = self._person(line, unit)
        if person is None:
            return
        added = RoleChange(line.at("role"), role, line.is_deputy, unit if role.needs_unit else None)
        added.is_new = not self._has(person.account, added)
        held = {each.role for each in person.roles} | self._held(person.account)
        if added.is_new and duties_clash(held, role):
            words = f"{person.name}已有其他角色：系统管理员、安全管理员、审计员须各由专人担任。"
            self.refused.append(Refusal(added.cell, words))
            return
        if person not in self.changes:
            self.changes.append(person)
            self.taken.add(person.username)
        if not any((r.role, r.unit) == (added.role, added.unit) for r in person.roles):
            person.roles.append(added)
        self._by_line[line.number] = person

    def take_fields(self, line: ReturnLine) -> None:
        """The units a leader answers for."""
        leader = self._by_line.get(line.number)
        if leader is None:
            return
        if not any(role.role is Role.LEADER for role in leader.roles):
            key = "fields" if line.fields else "sponsors"
            self.refused.append(Refusal(line.at(key), f"{leader.name}不是领导，分管、包联单位只填领导的。"))
            return
        for key, names, kind in (
            ("fields", line.fields, LeadershipKind.IN_CHARGE),
            ("sponsors", line.sponsors, LeadershipKind.SPONSOR),
        ):
            for name in names:
                self._take_field(line, key, name, kind, leader)

    def _take_field(self, line: ReturnLine, key: str, name: str, kind: LeadershipKind, leader: PersonChange) -> None:
        unit = self.units.find(name)
        if unit is None:
            self.refused.append(Refusal(line.at(key), f"单位“{name}”没有登记，也不在本表里。"))
        elif not any((f.leader, f.unit, f.kind) == (leader, unit, kind) for f in self.fields):
            in_force = leader.account.fields_in_force if leader.account else []  # type: ignore[attr-defined]
            is_known = unit.unit is not None and any(f.unit_id == unit.unit.pk and f.kind == kind for f in in_force)
            self.fields.append(FieldChange(line.at(key), leader, unit, kind, line.since_on, not is_known))

    def _person(self, line: ReturnLine, unit: UnitChange | None) -> PersonChange | None:
        """Who the line means; None where that is refused."""
        same = next((p for p in self.changes if self._is_same(p, line, unit)), None)
        if same is not None:
            same.post, same.phone = same.post or line.post, same.phone or line.phone
            return same
        account = self._account(line, unit)
        if account is not None:
            if not account.is_active:
                words = f"{account.name}的账号已锁定，请先解锁，或改填接手的人。"
                self.refused.append(Refusal(line.at("name"), words))
                return None
            return PersonChange(line.at("name"), line.name, account.username, line.post, line.phone, account, seat=unit)
        if line.username and line.username in self.taken:
            self.refused.append(Refusal(line.at("username"), f"账号“{line.username}”已有人使用，请换一个或留空。"))
            return None
        username = line.username or propose_username(line.name, line.phone, self.taken)
        return PersonChange(line.at("name"), line.name, username, line.post, line.phone, seat=unit)

    def _is_same(self, person: PersonChange, line: ReturnLine, unit: UnitChange | None) -> bool:
        """Somebody met before in the form: by username, else by phone and name, else by name in the unit."""
        if line.name != person.name:
            return False
        if line.username:
            return line.username == person.username
        if line.phone and person.phone:
            return line.phone == person.phone
        return unit is person.seat

    def _account(self, line: ReturnLine, unit: UnitChange | None) -> Account | None:
        """Somebody who has an account here, found the same way."""
        named = [a for a in self.known if a.name == line.name]
        if line.username:
            return next((a for a in named if a.username == line.username), None)
        if line.phone:
            by_phone = [a for a in named if a.phone == line.phone]
            if by_phone:
                return by_phone[0]
        role = Role(line.role)
        wanted = unit.unit.pk if unit is not None and unit.unit is not None else 0
        for account in named:
            roles: list[Membership] = account.roles_in_force
            if any((m.unit_id == wanted) if role.needs_unit else (m.unit_id is None) for m in roles):
                return account
        return None

    def _held(self, account: Account | None) -> set[Role]:
        return {Role(m.role) for m in account.roles_in_force} if account else set()  # type: ignore[attr-defined]

    def _has(self, account: Account | None, change: RoleChange) -> bool:
        if account is None or (change.unit is not None and change.unit.unit is None):
            return False
        wanted = change.unit.unit.pk if change.unit is not None and change.unit.unit is not None else None
        roles: list[Membership] = account.roles_in_force  # type: ignore[attr-defined]
        return any((m.role, m.unit_id, m.government_id) == (change.role, wanted, self.government.pk) for m in roles)
