"""Who acts: a person's account, or a named part of the system itself."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """What the trail needs to know of whoever acts; names are frozen into the entry as text."""

    @property
    def audit_id(self) -> str: ...

    @property
    def audit_name(self) -> str: ...

    @property
    def audit_unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """Background work, feeds and the command line act under a name of their own, never as a person."""

    name: str

    @property
    def audit_id(self) -> str:
        return f"system:{self.name}"

    @property
    def audit_name(self) -> str:
        return f"系统（{self.name}）"

    @property
    def audit_unit(self) -> str:
        return ""


COMMAND_LINE = SystemActor("命令行")
