"""Keeping units, aliases and groups: one unit is never two, and a printed name finds what it means."""

import pytest

from duixian.audit.command import InvalidInput, NotAllowed
from duixian.units.commands import add_alias, create_government, create_group, create_unit
from duixian.units.enums import GovernmentLevel, UnitKind
from duixian.units.models import Government, Unit
from duixian.units.queries import directory_of
from tests.cast import FOUNDER, SET_UP, Cast


def unit(government: Government, name: str, **more: object) -> Unit:
    return create_unit(government=government, name=name, actor=FOUNDER, now=SET_UP, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ("市规划和自然资源局", "市规自局"),
        ("市市场监督管理局", "市市场监管局"),
        ("市国运公司", "国运公司"),
        ("高新区管委会", "高新区"),
        ("高新区", "高新区管委会"),
        ("市民政局", "市 民政局"),
    ],
)
def test_a_printed_name_finds_its_unit_and_makes_no_second_one(cast: Cast, known: str, printed: str) -> None:
    registered = unit(cast.city, known)
    assert directory_of(cast.city).find(printed) == registered
    with pytest.raises(InvalidInput, match=known):
        unit(cast.city, printed)
    assert cast.city.units.filter(name__in=[known, printed]).count() == 1


def test_a_full_name_and_aliases_count_as_names(cast: Cast) -> None:
    park = unit(cast.city, "市公园中心", full_name="云溪市公园服务中心", aliases=("市园林处", "市园林处", "市公园中心"))
    directory = directory_of(cast.city)
    assert {directory.find(n) for n in ("市公园中心", "云溪市公园服务中心", "市园林处")} == {park}
    assert [a.text for a in park.aliases.all()] == ["市园林处"]
    for name in ("市园林处", "云溪市公园服务中心"):
        with pytest.raises(InvalidInput, match="市公园中心"):
            unit(cast.city, name)
    with pytest.raises(InvalidInput, match="市公园中心"):
        unit(cast.city, "市绿化处", aliases=("市园林处",))
    assert not cast.city.units.filter(name="市绿化处").exists()


def test_an_alias_means_one_unit(cast: Cast) -> None:
    labour, building = cast.units["市人社局"], cast.units["市住建局"]
    add_alias(unit=labour, text="就业专班", actor=cast.office_staff, now=SET_UP)
    assert directory_of(cast.city).find("就业专班") == labour
    for text in ("就业专班", "市人社局", "市人力资源和社会保障局"):
        with pytest.raises(InvalidInput, match="市人社局"):
            add_alias(unit=building, text=text, actor=cast.office_staff, now=SET_UP)
    with pytest.raises(InvalidInput):
        add_alias(unit=building, text="  ", actor=cast.office_staff, now=SET_UP)


def test_an_alias_is_no_groups_name(cast: Cast) -> None:
    create_group(government=cast.city, name="相关成员单位", actor=cast.office_staff, now=SET_UP)
    with pytest.raises(InvalidInput):
        add_alias(unit=cast.labour.unit, text="相关成员单位", actor=cast.office_staff, now=SET_UP)


def test_governments_have_directories_of_their_own(cast: Cast) -> None:
    there = unit(cast.elsewhere, "市人社局")
    assert there != cast.labour.unit
    assert directory_of(cast.elsewhere).find("市人社局") == there
    assert directory_of(cast.elsewhere).find("市住建局") is None


@pytest.mark.parametrize("name", ["", "   ", "局" * 61])
def test_a_name_nobody_could_print_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(InvalidInput):
        unit(cast.city, name)


def test_two_units_that_even_out_alike_are_found_by_their_own_names_only(cast: Cast) -> None:
    """Made before the second was known to be the same: neither may be taken for the other."""
    first = Unit.objects.create(government=cast.city, name="市规自局")
    second = Unit.objects.create(government=cast.city, name="市规划和自然资源局")
    directory = directory_of(cast.city)
    assert directory.find("市规自局") == first
    assert directory.find("市规划和自然资源局") == second
    assert directory.find("规自局") is None


def test_the_group_of_all_counties_follows_the_counties(cast: Cast) -> None:
    group = create_group(government=cast.city, name="各县区政府", actor=cast.office_staff, now=SET_UP)
    assert [m.name for m in group.members] == ["云东区政府", "青石县政府"]
    unit(cast.city, "南河县政府", kind=UnitKind.COUNTY)
    unit(cast.city, "高新区", kind=UnitKind.ZONE)
    unit(cast.elsewhere, "白东县政府", kind=UnitKind.COUNTY)
    assert [m.name for m in group.members] == ["云东区政府", "青石县政府", "南河县政府"]


def test_any_other_group_lists_its_members(cast: Cast) -> None:
    members = (cast.labour.unit, cast.building.unit)
    group = create_group(
        government=cast.city, name="相关成员单位", members=members, actor=cast.office_staff, now=SET_UP
    )
    assert set(group.members) == set(members)
    assert directory_of(cast.city).find("相关成员单位") == group


def test_a_group_has_one_name_and_members_of_its_own_government(cast: Cast) -> None:
    create_group(government=cast.city, name="相关成员单位", actor=cast.office_staff, now=SET_UP)
    for name in ("相关成员单位", "市人社局", " "):
        with pytest.raises(InvalidInput):
            create_group(government=cast.city, name=name, actor=cast.office_staff, now=SET_UP)
    stranger = unit(cast.elsewhere, "市人社局")
    with pytest.raises(InvalidInput):
        create_group(
            government=cast.city, name="专班成员单位", members=(stranger,), actor=cast.office_staff, now=SET_UP
        )


def test_a_government_is_founded_once_and_by_the_system(cast: Cast) -> None:
    for name, actor, refusal in (("云溪市", FOUNDER, InvalidInput), ("南山市", cast.security_admin, NotAllowed)):
        with pytest.raises(refusal):
            create_government(name=name, level=GovernmentLevel.CITY, office_name="督查室", actor=actor, now=SET_UP)
