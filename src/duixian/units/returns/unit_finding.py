"""Which unit a name in the form means: one that is registered, or one the form itself brings."""

from duixian.units.enums import UnitKind
from duixian.units.models import Government, Unit, UnitGroup
from duixian.units.naming import guess_kind, is_group_name, unit_key
from duixian.units.queries import directory_of
from duixian.units.returns.changes import UnitChange
from duixian.units.returns.reading import Refusal, ReturnLine


class UnitFinder:
    """The units of one return. Two spellings of one unit (市规自局, 市规划和自然资源局) are one."""

    def __init__(self, government: Government) -> None:
        self.government = government
        self.directory = directory_of(government)
        self.found: list[UnitChange] = []
        self.refused: list[Refusal] = []
        self._by_name: dict[str, UnitChange] = {}
        self._by_unit: dict[int, UnitChange] = {}
        self._idle = {u.name: u for u in government.units.filter(is_active=False)}

    def take(self, line: ReturnLine) -> UnitChange | None:
        """The unit of a line, with the names and kind the line gives it; None where it is refused or not named."""
        if not line.unit:
            return None
        names = list(dict.fromkeys(filter(None, (line.unit, line.full_name, *line.aliases))))
        change = next(filter(None, (self.find(name) for name in names)), None) or self._new(line)
        if change is None:
            return None
        if change.is_new or not self.find(line.unit):
            self._add_name(change, line.unit, line.at("unit"))
        for name, key in ((line.full_name, "full_name"), *((alias, "aliases") for alias in line.aliases)):
            self._add_name(change, name, line.at(key))
        if line.kind and not (change.is_new and change.kind):
            change.kind = UnitKind(line.kind)
        if change.is_new and line.full_name and not change.full_name:
            change.full_name = line.full_name
            change.names = [name for name in change.names if name != line.full_name]
        return change

    def find(self, name: str) -> UnitChange | None:
        """A unit the form or the register knows by this name."""
        for text in self._spellings(name):
            change = self._by_name.get(text) or self._by_name.get(f"key:{unit_key(text)}")
            if change is not None:
                return change
            known = self.directory.find(text)
            if isinstance(known, Unit):
                return self._known(known)
        return None

    def place(self, line: ReturnLine, change: UnitChange) -> None:
        """Hang a unit under the one the line names; a ring, or a name nobody knows, is refused by its cell."""
        if not line.parent:
            return
        parent = self.find(line.parent)
        if parent is None:
            words = f"上级单位“{line.parent}”没有登记，也不在本表里。"
            self.refused.append(Refusal(line.at("parent"), words))
        elif self._is_under(parent, change):
            words = f"{parent.name}在{change.name}之下（或就是它），不能作它的上级单位。"
            self.refused.append(Refusal(line.at("parent"), words))
        else:
            change.parent = parent

    def _spellings(self, name: str) -> list[str]:
        """槐川市发改委 in 槐川市's own form is 市发改委."""
        city = self.government.name
        return [name, name[len(city) - 1 :]] if name.startswith(city) and len(name) > len(city) + 1 else [name]

    def _known(self, unit: Unit) -> UnitChange:
        change = self._by_unit.get(unit.pk)
        if change is None:
            change = self._by_unit[unit.pk] = UnitChange("", unit.name, unit, unit.full_name)
        return change

    def _new(self, line: ReturnLine) -> UnitChange | None:
        cell = line.at("unit")
        if line.unit in self._idle:
            self.refused.append(Refusal(cell, f"{line.unit}已停用，请先在单位页恢复使用，或改填承接单位。"))
            return None
        if is_group_name(line.unit) or isinstance(self.directory.find(line.unit), UnitGroup):
            self.refused.append(Refusal(cell, f"“{line.unit}”是许多单位的统称，请逐个单位填写。"))
            return None
        kind = UnitKind(line.kind) if line.kind else guess_kind(line.unit)
        change = UnitChange(cell, line.unit, kind=kind)
        self.found.append(change)
        self._remember(change, line.unit)
        return change

    def _add_name(self, change: UnitChange, name: str, cell: str) -> None:
        """A further name; one that means another unit is refused."""
        if not name:
            return
        other = self.find(name)
        if other is not None and other is not change:
            self.refused.append(Refusal(cell, f"“{name}”已是{other.name}的名称。"))
            return
        known = name in self.directory.units or name in (change.name, change.full_name)
        if not known and name not in change.names:
            change.names.append(name)
        self._remember(change, name)

    def _remember(self, change: UnitChange, name: str) -> None:
        self._by_name[name] = change
        self._by_name.setdefault(f"key:{unit_key(name)}", change)

    def _is_under(self, parent: UnitChange, change: UnitChange) -> bool:
        step: UnitChange | None = parent
        seen: set[int] = set()
        while step is not None and id(step) not in seen:
            if step is change:
                return True
            seen.add(id(step))
            above = step.unit.parent if step.unit else None
            step = step.parent or (self._known(above) if above else None)
        return False

    @property
    def changes(self) -> list[UnitChange]:
        """New ones in the form's order, then the known ones it names."""
        return [*self.found, *self._by_unit.values()]
