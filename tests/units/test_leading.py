"""Leaders with the units they answer for, and task forces across units."""

from datetime import date

import pytest

from duixian.audit.command import InvalidInput, WrongState
from duixian.register.commands import set_force_tasks, set_sponsors
from duixian.register.models import Task
from duixian.register.queries import tasks_of_leader
from duixian.units.commands import (
    change_task_force,
    create_task_force,
    dissolve_task_force,
    end_leadership,
    merge_units,
    put_in_charge,
)
from duixian.units.enums import LeadershipKind
from duixian.units.queries import leaderships_on, units_led_by
from tests.cast import FOUNDER, SET_UP, Cast, at
from tests.factories.fixtures import fresh
from tests.factories.play import Stage

IN_CHARGE, SPONSOR = LeadershipKind.IN_CHARGE, LeadershipKind.SPONSOR


def test_a_leader_answers_for_a_unit_from_a_day_to_a_day(cast: Cast) -> None:
    leading = put_in_charge(
        account=cast.leader, unit=cast.labour.unit, kind=IN_CHARGE, actor=cast.office_staff, now=at(2, 2)
    )
    put_in_charge(account=cast.leader, unit=cast.county.unit, kind=SPONSOR, actor=cast.office_staff, now=at(2, 2))
    end_leadership(leadership=leading, actor=cast.office_staff, now=at(5, 4))
    by_day = {day: units_led_by(cast.leader, day) for day in (date(2026, 2, 1), date(2026, 5, 3), date(2026, 5, 4))}
    assert by_day == {
        date(2026, 2, 1): [],
        date(2026, 5, 3): [cast.labour.unit.pk, cast.county.unit.pk],
        date(2026, 5, 4): [cast.county.unit.pk],
    }
    assert units_led_by(cast.leader, date(2026, 5, 3), IN_CHARGE) == [cast.labour.unit.pk]
    assert [str(one) for one in leaderships_on(cast.city, date(2026, 6, 1))] == ["leader包联云东区政府"]
    with pytest.raises(WrongState):
        end_leadership(leadership=leading, actor=cast.office_staff, now=at(5, 5))


def test_only_leaders_lead_and_each_unit_once(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="不是云溪市的领导"):
        put_in_charge(account=cast.office_head, unit=cast.labour.unit, kind=IN_CHARGE, actor=FOUNDER, now=SET_UP)
    put_in_charge(account=cast.leader, unit=cast.labour.unit, kind=IN_CHARGE, actor=FOUNDER, now=SET_UP)
    with pytest.raises(InvalidInput, match="已分管市人社局"):
        put_in_charge(account=cast.leader, unit=cast.labour.unit, kind=IN_CHARGE, actor=FOUNDER, now=SET_UP)


def test_leaders_follow_a_unit_into_the_one_it_is_merged_into(cast: Cast) -> None:
    put_in_charge(account=cast.leader, unit=cast.labour.unit, kind=IN_CHARGE, actor=FOUNDER, now=SET_UP)
    merge_units(unit=cast.labour.unit, into=cast.building.unit, actor=FOUNDER, now=at(3, 2))
    assert units_led_by(cast.leader, date(2026, 3, 1)) == [cast.labour.unit.pk]
    assert units_led_by(cast.leader, date(2026, 3, 2)) == [cast.building.unit.pk]


def test_the_tasks_of_a_leader(stage: Stage) -> None:
    leader = stage.cast.leader
    put_in_charge(account=leader, unit=stage.cast.labour.unit, kind=IN_CHARGE, actor=FOUNDER, now=SET_UP)
    set_sponsors(task=stage.task("roads"), leaders=[leader], actor=stage.cast.office_head, now=SET_UP)
    labour = set(Task.objects.filter(reporting_unit=stage.cast.labour.unit))
    assert set(tasks_of_leader(leader, date(2026, 6, 1))) == labour | {stage.task("roads")}
    set_sponsors(task=stage.task("roads"), leaders=[], actor=stage.cast.office_head, now=SET_UP)
    assert set(tasks_of_leader(leader, date(2026, 6, 1))) == labour
    with pytest.raises(InvalidInput):
        set_sponsors(
            task=stage.task("roads"), leaders=[stage.cast.labour.head], actor=stage.cast.office_head, now=SET_UP
        )


def test_members_of_a_task_force_see_its_tasks_while_it_lasts(stage: Stage) -> None:
    cast, roads = stage.cast, stage.task("roads")
    force = create_task_force(
        government=cast.city,
        name="道路专班",
        chief=cast.leader,
        people=[cast.building.head],
        units=[cast.labour.unit],
        actor=cast.office_head,
        now=SET_UP,
    )
    seen = Task.objects.visible_to(fresh(cast.labour.liaison)).filter(pk=roads.pk)
    assert not seen.exists()
    set_force_tasks(task_force=force, tasks=[roads, stage.task("gdp")], actor=cast.office_head, now=SET_UP)
    assert seen.exists()
    assert Task.objects.visible_to(fresh(cast.building.head)).filter(pk=stage.task("gdp").pk).exists()
    set_force_tasks(task_force=force, tasks=[stage.task("gdp")], actor=cast.office_head, now=SET_UP)
    assert not seen.exists()
    dissolve_task_force(task_force=force, actor=cast.office_head, now=at(6, 1))
    assert not Task.objects.visible_to(fresh(cast.building.head)).filter(pk=stage.task("gdp").pk).exists()
    with pytest.raises(WrongState, match="已撤销"):
        set_force_tasks(task_force=force, tasks=[], actor=cast.office_head, now=at(6, 2))


def test_a_task_force_has_a_name_of_its_own_and_members_from_here(cast: Cast) -> None:
    force = create_task_force(government=cast.city, name="道路专班", actor=FOUNDER, now=SET_UP)
    for name in ("道路专班", " ", "班" * 61):
        with pytest.raises(InvalidInput):
            create_task_force(government=cast.city, name=name, actor=FOUNDER, now=SET_UP)
    with pytest.raises(InvalidInput, match="没有任职"):
        change_task_force(
            task_force=force,
            name="道路专班",
            purpose="",
            chief=cast.outsider,
            people=[],
            units=[],
            actor=FOUNDER,
            now=SET_UP,
        )
