"""One rule says what a person sees; pages, exports and totals all start from it."""

import pytest

from duixian.register.commands import adopt_reading
from duixian.register.models import Task
from duixian.register.queries import plans_of, sections_with_counts
from duixian.units.commands import create_group, end_membership
from duixian.units.enums import Role
from duixian.units.models import Account
from tests.cast import SET_UP, Cast, at, person
from tests.factories import list as wanted
from tests.factories.fixtures import fresh
from tests.factories.list import EVERY_KIND
from tests.factories.play import Stage
from tests.factories.readings import item, reading_of

ALL = set(EVERY_KIND)
LABOUR = {"jobs", "income", "coverage"}
BUILDING = {"roads", "starting", "canteens"}
SEES = {
    "office_head": ALL,
    "office_staff": ALL,
    "leader": ALL,
    "auditor": ALL,
    "liaison": LABOUR,
    "head": LABOUR,
    "other_liaison": BUILDING,
    "other_head": BUILDING,
    # cooperates by name, as one of all counties, and owes a canteen of its own
    "county_liaison": BUILDING,
    "county_head": BUILDING,
    "system_admin": set(),
    "security_admin": set(),
    "outsider": set(),
}


def seen(account: Account) -> list[str]:
    names = list(EVERY_KIND)
    return [names[order - 1] for order in Task.objects.visible_to(account).values_list("order", flat=True)]


@pytest.mark.parametrize("who", SEES)
def test_what_each_role_sees_once_and_in_order(stage: Stage, who: str) -> None:
    account = stage.cast.everybody[who]
    assert seen(account) == [name for name in EVERY_KIND if name in SEES[who]]
    assert list(plans_of(account)) == ([stage.plan] if SEES[who] else [])


def test_a_county_that_is_not_named_sees_what_all_counties_owe(stage: Stage) -> None:
    assert seen(stage.cast.crew(stage.cast.units["青石县政府"]).liaison) == ["starting", "canteens"]


def test_members_of_a_listed_group_see_its_tasks(cast: Cast) -> None:
    create_group(
        government=cast.city, name="相关成员单位", members=(cast.labour.unit,), actor=cast.office_staff, now=SET_UP
    )
    adopt_reading(
        reading=reading_of(wanted.AIR), government=cast.city, year=2026, actor=cast.office_staff, now=at(2, 20)
    )
    assert Task.objects.visible_to(cast.labour.liaison).count() == 1
    assert Task.objects.visible_to(cast.building.liaison).count() == 0


def test_whose_role_has_ended_sees_nothing(stage: Stage) -> None:
    membership = stage.cast.labour.liaison.memberships.get()
    end_membership(membership=membership, actor=stage.cast.security_admin, now=at(3, 1))
    assert seen(fresh(stage.cast.labour.liaison)) == []


def test_the_city_sees_its_countys_plan_and_the_county_not_the_citys(stage: Stage) -> None:
    cast = stage.cast
    county_office = person("county-office", Role.OFFICE_STAFF, cast.county_government)
    county_list = adopt_reading(
        reading=reading_of(item("县里的事。", ["区住建局"])),
        government=cast.county_government,
        year=2026,
        actor=county_office,
        now=at(2, 20),
        create_missing_units=True,
    ).plan
    assert list(Task.objects.visible_to(county_office)) == list(county_list.tasks.all())
    assert Task.objects.visible_to(cast.leader).count() == len(EVERY_KIND) + 1
    assert not Task.objects.visible_to(cast.building.liaison).filter(plan=county_list).exists()
    assert not Task.objects.visible_to(cast.outsider).exists()


def test_two_roles_together_see_both(stage: Stage) -> None:
    both = person("both", Role.LIAISON, stage.cast.city, stage.cast.labour.unit)
    from duixian.units.commands import appoint

    appoint(
        account=both,
        role=Role.UNIT_HEAD,
        government=stage.cast.city,
        unit=stage.cast.building.unit,
        actor=stage.cast.security_admin,
        now=SET_UP,
    )
    assert set(seen(fresh(both))) == LABOUR | BUILDING


def test_headings_carry_their_number_of_tasks(stage: Stage) -> None:
    assert [(s.name, s.task_count) for s in sections_with_counts(stage.plan)] == [  # type: ignore[attr-defined]
        ("市发改委", 4),
        ("市人社局", 3),
        ("市住建局", 3),
        ("市农业农村局", 1),
        ("市生态环境局", 1),
    ]
