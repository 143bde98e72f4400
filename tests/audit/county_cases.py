"""What the commands on counties need, for the examples of every command."""

from decimal import Decimal
from typing import Any

from duixian.register.commands import Share, adopt_county_plan, link_by_hand, set_breakdown
from duixian.register.enums import BreakdownMethod
from duixian.register.models import AlignmentLink, Target
from tests.cast import FOUNDER, SET_UP
from tests.factories.play import Stage
from tests.factories.readings import item, quantity, reading_of


def county_reading() -> Any:
    """A county's plan of one figure."""
    jobs = quantity("城镇新增就业1万人以上", "城镇新增就业", "1", "万人")
    return reading_of(item("城镇新增就业1万人以上。", [], quantities=[jobs]))


def county_plan(stage: Stage) -> dict[str, Any]:
    """The county's own plan, adopted."""
    adopt_county_plan(unit=stage.cast.county.unit, reading=county_reading(), year=2026, actor=FOUNDER, now=SET_UP)
    return {"plan": stage.plan}


def to_join(stage: Stage) -> dict[str, Any]:
    """A county's figure and the city's."""
    county_plan(stage)
    own = Target.objects.get(task__plan__government=stage.cast.county_government)
    return {"task": stage.task("jobs"), "target": stage.target("jobs"), "county_target": own}


def proposed(stage: Stage) -> dict[str, Any]:
    """A link nobody has decided on."""
    link = link_by_hand(**to_join(stage), actor=FOUNDER, now=SET_UP)
    AlignmentLink.objects.filter(pk=link.pk).update(state="PROPOSED")
    link.refresh_from_db()
    return {"link": link}


def broken_down(stage: Stage) -> dict[str, Any]:
    """A target with a breakdown."""
    share = Share(stage.cast.county.unit, value=Decimal(2))
    set_breakdown(target=stage.target("jobs"), shares=[share], actor=FOUNDER, now=SET_UP)
    return {"target": stage.target("jobs")}


def to_break_down(stage: Stage) -> dict[str, Any]:
    """A target and how it shall be split."""
    return {"target": stage.target("jobs"), "method": BreakdownMethod.EQUALLY}


def to_set(stage: Stage) -> dict[str, Any]:
    """A target and its shares."""
    return {"target": stage.target("jobs"), "shares": [Share(stage.cast.county.unit, value=Decimal(2))]}
