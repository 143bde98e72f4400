"""What a return would change: units, people, leaders' fields; each with the cell it comes from."""

from dataclasses import dataclass, field
from datetime import date

from duixian.units.enums import LeadershipKind, Role, UnitKind
from duixian.units.models import Account, Unit
from duixian.units.returns.form import word_of
from duixian.units.returns.reading import Refusal


@dataclass(slots=True, eq=False)
class UnitChange:
    """A unit the form names: known (`unit`) or new, with what is to be added to it."""

    cell: str
    name: str
    unit: Unit | None = None
    full_name: str = ""
    names: list[str] = field(default_factory=list)
    kind: UnitKind | None = None
    parent: "UnitChange | None" = None

    @property
    def is_new(self) -> bool:
        return self.unit is None

    @property
    def has_new_place(self) -> bool:
        """Whether a known unit moves in the tree or is of another kind."""
        if self.unit is None:
            return False
        moves = self.parent is not None and (self.parent.unit is None or self.parent.unit.pk != self.unit.parent_id)
        return moves or (self.kind is not None and self.kind != self.unit.kind)

    @property
    def is_changed(self) -> bool:
        """A known unit with something to add."""
        return not self.is_new and (bool(self.names) or self.has_new_place)

    @property
    def words(self) -> str:
        """What is new about it, in a line."""
        parts = [f"全称{self.full_name}"] * bool(self.full_name and self.is_new)
        parts += [f"增加名称“{name}”" for name in self.names]
        if self.parent is not None and (self.is_new or self.has_new_place):
            parts.append(f"上级单位{self.parent.name}")
        if self.kind is not None and (self.is_new or self.has_new_place):
            parts.append(str(UnitKind(self.kind).label))
        return "，".join(parts)


@dataclass(slots=True, eq=False)
class RoleChange:
    """A role a person gets; `unit` for the roles that stand for one."""

    cell: str
    role: Role
    is_deputy: bool
    unit: UnitChange | None
    is_new: bool = True

    @property
    def words(self) -> str:
        word = word_of(self.role, is_deputy=self.is_deputy)
        return f"{self.unit.name}{word}" if self.unit else word


@dataclass(slots=True, eq=False)
class PersonChange:
    """A person the form names: known (`account`) or new, with roles."""

    cell: str
    name: str
    username: str
    post: str = ""
    phone: str = ""
    account: Account | None = None
    # where the person sits, for the slip
    seat: UnitChange | None = None
    roles: list[RoleChange] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.account is None

    @property
    def is_mended(self) -> bool:
        """Whether what is known of the person changes; a blank in the form changes nothing."""
        known = self.account
        return known is not None and (
            bool(self.post and self.post != known.post) or bool(self.phone and self.phone != known.phone)
        )

    @property
    def new_roles(self) -> list[RoleChange]:
        return [role for role in self.roles if role.is_new]

    @property
    def waits(self) -> bool:
        """For a unit that is not registered yet."""
        return any(role.unit is not None and role.unit.is_new for role in self.new_roles)

    @property
    def is_changed(self) -> bool:
        """Known, and not as the form says."""
        return not self.is_new and (self.is_mended or bool(self.new_roles))

    @property
    def words(self) -> str:
        """What is new, in a line."""
        parts = [f"任{role.words}" for role in (self.roles if self.is_new else self.new_roles)]
        if self.account is not None and self.post and self.post != self.account.post:
            parts.append(f"职务{self.account.post or '未填'} → {self.post}")
        if self.account is not None and self.phone and self.phone != self.account.phone:
            parts.append("手机号码更新")
        return "，".join(parts)


@dataclass(slots=True, eq=False)
class FieldChange:
    """A unit a leader comes to answer for."""

    cell: str
    leader: PersonChange
    unit: UnitChange
    kind: LeadershipKind
    from_on: date | None
    is_new: bool = True

    @property
    def waits(self) -> bool:
        """For the leader's account or the unit."""
        return self.leader.is_new or self.unit.is_new


@dataclass(slots=True)
class Intake:
    """All that one return would do, worked out against what is registered now."""

    units: list[UnitChange] = field(default_factory=list)
    people: list[PersonChange] = field(default_factory=list)
    fields: list[FieldChange] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def units_to_do(self) -> list[UnitChange]:
        return [one for one in self.units if one.is_new or one.is_changed]

    @property
    def people_to_do(self) -> list[PersonChange]:
        return [one for one in self.people if one.is_new or one.is_changed]

    @property
    def fields_to_do(self) -> list[FieldChange]:
        return [one for one in self.fields if one.is_new]

    @property
    def is_done(self) -> bool:
        """Nothing left to do."""
        return not (self.units_to_do or self.people_to_do or self.fields_to_do)
