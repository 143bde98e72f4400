"""The counties' own plans in a demonstration: adopted, compared with the city's, some links looked at by the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duixian.demo.cast import Cast
from duixian.demo.diary import Diary
from duixian.demo.errors import DemoError
from duixian.demo.moments import WorkingTime, at
from duixian.reading import Reading
from duixian.register.commands import adopt_county_plan, confirm_link, propose_links
from duixian.register.enums import LinkRelation
from duixian.register.models import AlignmentLink, Plan
from duixian.units.commands import create_unit
from duixian.units.enums import UnitKind
from duixian.units.models import Unit
from duixian.units.naming import guess_kind
from duixian.units.queries import calendar_exceptions, directory_of

# the counties' plans come in within so many working days after the list was handed out
COME_IN_DAYS = 8
LOOKED_AT_DAYS = 2
COME_IN_AT_HOUR, COMPARED_AT_HOUR, LOOKED_AT_HOUR = 9, 15, 10
# the office has confirmed what nobody would doubt, of the first half of the counties
BEYOND_DOUBT = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class CountyPlans:
    """Readings of the counties' plans, by the unit of the city that stands for the county."""

    plan: Plan
    cast: Cast
    readings: Mapping[int, Reading]

    def adding_after(self, handed_out_on: date) -> Callable[[Diary], None]:
        """What enters their adoption, the comparison and the office's first decisions into a diary."""
        return lambda diary: self._add_to(diary, handed_out_on)

    def _add_to(self, diary: Diary, handed_out_on: date) -> None:
        if not self.readings:
            return
        working = WorkingTime(calendar_exceptions())
        come_in = working.later(handed_out_on, COME_IN_DAYS)
        diary.add(at(come_in, COME_IN_AT_HOUR), self._adopt)
        diary.add(at(come_in, COMPARED_AT_HOUR), self._compare)
        diary.add(at(working.later(come_in, LOOKED_AT_DAYS), LOOKED_AT_HOUR), self._look_at)

    def _adopt(self, now: datetime) -> None:
        units = Unit.objects.select_related("government", "governs").in_bulk(self.readings)
        for unit_id, reading in self.readings.items():
            adopt_county_plan(
                unit=units[unit_id], reading=reading, year=self.plan.year, actor=self.cast.office_head, now=now
            )

    def _compare(self, now: datetime) -> None:
        propose_links(plan=self.plan, actor=self.cast.office_staff[0], now=now)

    def _look_at(self, now: datetime) -> None:
        looked_at = list(self.readings)[: (len(self.readings) + 1) // 2]
        sure = AlignmentLink.objects.filter(
            task__plan=self.plan,
            unit__in=looked_at,
            relation=LinkRelation.CONTRIBUTES,
            confidence__gte=BEYOND_DOUBT,
            shortfalls=[],
        )
        for link in sure.select_related("task__plan__government", "unit"):
            confirm_link(link=link, actor=self.cast.office_staff[0], now=now)


def county_units(readings: Sequence[Reading], cast: Cast, now: datetime) -> dict[int, Reading]:
    """Each reading by the unit of the city it belongs to; a county the list does not name is entered.

    Raises DemoError where a document does not say whose plan it is, or two are of one county.
    """
    found: dict[int, Reading] = {}
    for reading in readings:
        name = reading.document.government
        if not name:
            raise DemoError(f"没有读出{reading.document.source or '县区计划'}是哪个县区的，请在标题里写明县区名。")
        unit = directory_of(cast.government).find(name) or create_unit(
            government=cast.government, name=_unit_name(name), kind=_kind(name), actor=cast.system, now=now
        )
        if not isinstance(unit, Unit) or unit.pk in found:
            raise DemoError(f"{name}的计划给了两份，或者它不是一个县区。请每个县区只给一份。")
        found[unit.pk] = reading
    return found


def _unit_name(name: str) -> str:
    return f"{name}政府" if _kind(name) is UnitKind.COUNTY and not name.endswith("政府") else name


def _kind(name: str) -> UnitKind:
    return UnitKind.ZONE if guess_kind(name) is UnitKind.ZONE else UnitKind.COUNTY
