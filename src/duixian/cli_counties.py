"""`duixian import --county`: a county's own plan, taken in under its city and compared with the city's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duixian.cli_errors import BadInput

if TYPE_CHECKING:
    from duixian.audit.actors import Actor
    from duixian.reading import Reading
    from duixian.register.commands import Adoption
    from duixian.units.models import Unit


def adopt_county(reading: Reading, *, county: str, year: int, actor: Actor) -> tuple[Adoption, int]:
    """Adopt the county's plan; where the city's list of the year is there, propose links. Returns how many are new.

    Raises BadInput where no city has such a county.
    """
    from duixian.config.clock import now
    from duixian.register.commands import adopt_county_plan, propose_links

    unit = _unit(county)
    adoption = adopt_county_plan(unit=unit, reading=reading, year=year, actor=actor, now=now())
    city_plan = unit.government.plans.filter(year=year).first()
    if city_plan is None:
        return adoption, 0
    return adoption, propose_links(plan=city_plan, actor=actor, now=now()).new


def _unit(county: str) -> Unit:
    """The city's unit of that name: 沁源县 is 沁源县政府."""
    from duixian.register.coverage import CARRIERS
    from duixian.units.models import Unit
    from duixian.units.naming import place_of

    units = list(Unit.objects.filter(kind__in=CARRIERS, is_active=True, government__parent=None))
    found = [u for u in units if place_of(u.name) == place_of(county)]
    if len(found) == 1:
        return found[0]
    names = "、".join(place_of(u.name) for u in units[:20]) or "无"
    raise BadInput(f"没有登记名为“{county}”的县区。已登记的县区：{names}。请先在单位里登记。")
