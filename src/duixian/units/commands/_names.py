"""What a name of a unit must be; shared by the commands that give one."""

from duixian.audit.command import InvalidInput
from duixian.units.models import Government, Unit
from duixian.units.naming import unit_key
from duixian.units.queries import Directory, directory_of


def check_name(name: str, field: str = "name") -> None:
    """Raise InvalidInput for an empty or an endless name."""
    longest = Unit._meta.get_field("name").max_length or 0
    if not name.strip():
        raise InvalidInput("名称不能为空。", {field: "必填"})
    if len(name) > longest:
        raise InvalidInput(
            f"名称“{name[:20]}…”过长，最多{longest}字。请核对是不是几个单位连在了一起。", {field: "过长"}
        )


def check_unknown(
    government: Government, names: dict[str, str], *, besides: Unit | None = None, directory: Directory | None = None
) -> None:
    """Raise InvalidInput where a name (text -> field) already means a unit or group, also one put out of use."""
    directory = directory or directory_of(government)
    idle_units = list(government.units.filter(is_active=False))
    for text, field in names.items():
        known = directory.find(text)
        if known is not None and known != besides:
            raise InvalidInput(f"“{text}”就是已登记的“{known}”，不能重复登记。", {field: "重名"})
        idle = _idle_namesake(idle_units, text, besides)
        if idle is not None:
            raise InvalidInput(f"“{text}”就是已停用的“{idle}”，请在该单位页恢复使用。", {field: "重名"})


def _idle_namesake(idle_units: list[Unit], text: str, besides: Unit | None) -> Unit | None:
    """A unit out of use that the name means; one merged into another left its names to that one."""
    key = unit_key(text)
    for unit in idle_units:
        names = [unit.name] if unit.merged_into_id else [unit.name, *filter(None, [unit.full_name])]
        if unit != besides and any(text == n or (not unit.merged_into_id and unit_key(n) == key) for n in names):
            return unit
    return None
