"""Who acts in a demonstration: accounts by role, opened through the commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import get_hasher

from duixian.audit.actors import SystemActor
from duixian.units.commands import appoint, create_account
from duixian.units.enums import Role
from duixian.units.models import Account, Government, Membership, Unit

# printed for everybody to read, so nothing is protected by it; served on this machine alone
PASSWORD = "duixian-demo"  # noqa: S105
FEW_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """One person to open an account for."""

    username: str
    name: str
    role: Role
    post: str = ""
    unit: Unit | None = None


@dataclass(slots=True)
class Cast:
    """Everybody, by what they do."""

    system: SystemActor
    government: Government
    by_role: dict[Role, list[Account]] = field(default_factory=dict)
    liaisons: dict[int, Account] = field(default_factory=dict)
    heads: dict[int, Account] = field(default_factory=dict)

    @property
    def office_head(self) -> Account:
        return self.by_role[Role.OFFICE_HEAD][0]

    @property
    def office_staff(self) -> list[Account]:
        return self.by_role[Role.OFFICE_STAFF]

    @property
    def leaders(self) -> list[Account]:
        return self.by_role.get(Role.LEADER, [])

    def open_accounts(self, parts: Iterable[Part], now: datetime) -> None:
        """Open an account for each and give it its role."""
        with quick_hashes():
            for part in parts:
                self._open(part, now)

    def gather(self) -> None:
        """Everybody who has a role already, in the order in which they came."""
        in_force = self.government.memberships.filter(ended_at=None).select_related("account").order_by("pk")
        for membership in in_force:
            self._place(membership.account, Role(membership.role), membership.unit_id)

    def _place(self, account: Account, role: Role, unit: int | None) -> None:
        self.by_role.setdefault(role, []).append(account)
        if unit is not None:
            {Role.LIAISON: self.liaisons, Role.UNIT_HEAD: self.heads}[role].setdefault(unit, account)

    def _open(self, part: Part, now: datetime) -> None:
        account = create_account(
            username=part.username,
            name=part.name,
            post=part.post,
            password=PASSWORD,
            government=self.government,
            actor=self.system,
            now=now,
            must_change_password=False,
        )
        appoint(account=account, role=part.role, government=self.government, unit=part.unit, actor=self.system, now=now)
        self._place(account, part.role, part.unit.pk if part.unit else None)


@contextmanager
def quick_hashes() -> Iterator[None]:
    """Hash the one public password with few rounds: a hundred accounts would take half a minute otherwise.

    At a person's first login Django hashes it anew with the usual number.
    """
    hasher = get_hasher()
    hasher.iterations = FEW_ROUNDS  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del hasher.iterations  # type: ignore[attr-defined]


def shown_accounts(preferred: Iterable[str] = ()) -> list[Membership]:
    """The accounts to print: the preferred ones, else the first of every role; units with most tasks first."""
    memberships = list(Membership.objects.filter(ended_at=None).select_related("account", "unit", "government"))
    wanted = set(preferred)
    chosen = [m for m in memberships if m.account.username in wanted]
    for role in Role:
        if not any(m.role == role for m in chosen):
            chosen += sorted((m for m in memberships if m.role == role), key=_fewest_tasks)[:1]
    order = list(Role)
    return sorted(chosen, key=lambda m: order.index(Role(m.role)))


def _fewest_tasks(membership: Membership) -> tuple[int, int]:
    count = membership.unit.tasks_to_report.count() if membership.unit else 0
    return -count, membership.pk


def account_table(memberships: Iterable[Membership]) -> str:
    """Role, account, name and unit in columns, for a terminal in which a Chinese character is two wide."""
    rows = [("角色", "账号", "姓名", "单位")]
    for m in memberships:
        unit = m.unit.name if m.unit else m.government.office_name if m.role.startswith("OFFICE") else m.government.name
        rows.append((str(Role(m.role).label), m.account.username, m.account.name, unit))
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    lines = ("  ".join(_padded(text, width) for text, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
