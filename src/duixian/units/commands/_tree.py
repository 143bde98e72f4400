"""The tree of units; shared by the commands that give one its place."""

from duixian.audit.command import InvalidInput
from duixian.units.models import Government, Unit

# deeper than any government is built; a longer line is a ring that somebody wrote past the commands
DEEPEST = 20


def check_parent(government: Government, unit: Unit | None, parent: Unit | None) -> None:
    """Raise InvalidInput for a parent of another government, one out of use, or one that would close a ring."""
    if parent is None:
        return
    if parent.government_id != government.pk:
        raise InvalidInput(f"上级单位须是{government.name}的单位。", {"parent": "不属本级"})
    if not parent.is_active:
        raise InvalidInput(f"{parent}已停用，不能作上级单位。", {"parent": "已停用"})
    if unit is None:
        return
    above: Unit | None = parent
    for _step in range(DEEPEST):
        if above is None:
            return
        if above.pk == unit.pk:
            raise InvalidInput(f"{parent}在{unit}之下（或就是它），不能作它的上级单位。", {"parent": "循环"})
        above = above.parent
    raise InvalidInput(f"{parent}的上级单位超过{DEEPEST}层，请先核对。", {"parent": "层数过多"})
