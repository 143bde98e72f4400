"""What the commands on units, leaders and people need to stand before they are called."""

from typing import Any

from duixian.units.commands import add_alias, create_task_force, create_unit, deactivate_unit, receive_return
from duixian.units.enums import LeadershipKind
from duixian.units.models import PeopleReturn, TaskForce, Unit
from tests.cast import FOUNDER, SET_UP
from tests.factories.play import Stage
from tests.units.returns.forms import filled, person

RETURN = filled(person("市人社局", "甲某"), person("市新局", "乙某"))


def alias(stage: Stage) -> dict[str, Any]:
    """An alias that may go again."""
    return {"alias": add_alias(unit=stage.cast.labour.unit, text="就业专班", actor=FOUNDER, now=SET_UP)}


def idle(stage: Stage) -> Unit:
    """A unit without duties."""
    return create_unit(government=stage.cast.city, name="市闲置局", actor=FOUNDER, now=SET_UP)


def restorable(stage: Stage) -> dict[str, Any]:
    """A unit out of use."""
    return {"unit": deactivate_unit(unit=idle(stage), actor=FOUNDER, now=SET_UP)}


def in_charge(stage: Stage) -> dict[str, Any]:
    """A leader and a unit to answer for."""
    return {"account": stage.cast.leader, "unit": stage.cast.labour.unit, "kind": LeadershipKind.IN_CHARGE}


def force(stage: Stage) -> TaskForce:
    """A task force without tasks."""
    return create_task_force(government=stage.cast.city, name="稳就业专班", actor=FOUNDER, now=SET_UP)


def people_return(stage: Stage) -> PeopleReturn:
    """A return form taken in."""
    form: dict[str, Any] = {"government": stage.cast.city, "data": RETURN, "file_name": "回执.xlsx"}
    return receive_return(**form, actor=FOUNDER, now=SET_UP)
