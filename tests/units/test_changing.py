"""Units change: names over time, places in the tree, one merged into another, one put out of use."""

from datetime import date
from typing import TypeVar

import pytest
from django.db.models import Model

from duixian.audit.command import InvalidInput, WrongState
from duixian.register.commands import divide_task
from duixian.register.enums import PartyRole
from duixian.register.models import Task
from duixian.units.commands import (
    add_alias,
    change_unit,
    create_group,
    create_unit,
    deactivate_unit,
    merge_units,
    remove_alias,
    rename_unit,
    restore_unit,
)
from duixian.units.enums import UnitKind
from duixian.units.models import Unit
from duixian.units.moving import duties_of
from duixian.units.queries import directory_of, name_on
from tests.cast import FOUNDER, SET_UP, Cast, at
from tests.factories.play import Stage, content_for

M = TypeVar("M", bound=Model)


def fresh(thing: M) -> M:
    """As it stands in the database."""
    return type(thing)._default_manager.get(pk=thing.pk)


def unit(cast: Cast, name: str, **more: object) -> Unit:
    return create_unit(government=cast.city, name=name, actor=FOUNDER, now=SET_UP, **more)  # type: ignore[arg-type]


def test_a_renamed_unit_is_found_by_both_names_and_knows_what_it_was_called(cast: Cast) -> None:
    labour = cast.labour.unit
    office = cast.office_staff
    rename_unit(unit=labour, name="市就业局", full_name="云溪市就业局", actor=office, now=at(3, 2))
    rename_unit(unit=labour, name="市民生局", from_on=date(2026, 6, 1), actor=office, now=at(5, 20))
    directory = directory_of(cast.city)
    assert [directory.find(n) for n in ("市人社局", "市就业局", "云溪市就业局", "市民生局")] == [labour] * 4
    names = [name_on(labour, day) for day in (date(2026, 1, 9), date(2026, 3, 2), date(2026, 5, 31), date(2026, 6, 1))]
    assert names == ["市人社局", "市就业局", "市就业局", "市民生局"]


def test_going_back_to_a_former_name_leaves_one_of_each(cast: Cast) -> None:
    labour = cast.labour.unit
    for month, name in ((3, "市就业局"), (4, "市人社局")):
        rename_unit(unit=labour, name=name, actor=FOUNDER, now=at(month, 2))
    assert [a.text for a in labour.aliases.all()] == ["市就业局"]
    assert [(n.name, n.from_on, n.until_on) for n in labour.former_names.all()] == [
        ("市就业局", date(2026, 3, 2), date(2026, 4, 2)),
        ("市人社局", None, date(2026, 3, 2)),
    ]


@pytest.mark.parametrize(
    ("name", "words"), [("市住房城乡建设局", "市住建局"), ("市人社局", "没有变化"), (" ", "不能为空")]
)
def test_a_name_of_another_unit_is_not_taken(cast: Cast, name: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        rename_unit(unit=cast.labour.unit, name=name, actor=FOUNDER, now=SET_UP)
    assert fresh(cast.labour.unit).name == "市人社局"


def test_a_name_does_not_begin_before_the_last_one_did(cast: Cast) -> None:
    rename_unit(unit=cast.labour.unit, name="市就业局", actor=FOUNDER, now=at(3, 2))
    with pytest.raises(InvalidInput, match="2026-03-02"):
        rename_unit(unit=cast.labour.unit, name="市民生局", from_on=date(2026, 2, 1), actor=FOUNDER, now=at(4, 2))


def test_a_removed_alias_finds_nothing(cast: Cast) -> None:
    alias = add_alias(unit=cast.labour.unit, text="就业专班", actor=FOUNDER, now=SET_UP)
    remove_alias(alias=alias, actor=cast.office_staff, now=SET_UP)
    assert directory_of(cast.city).find("就业专班") is None


def test_a_ring_in_the_tree_is_refused(cast: Cast) -> None:
    top = unit(cast, "市一局")
    middle = unit(cast, "市二局", parent=top)
    low = unit(cast, "市三局", parent=middle)
    for parent in (top, middle, low):
        with pytest.raises(InvalidInput, match="市一局") as refusal:
            change_unit(unit=top, kind=UnitKind.DEPARTMENT, parent=parent, actor=cast.office_staff, now=SET_UP)
        assert "parent" in refusal.value.fields
    assert fresh(top).parent is None
    change_unit(unit=low, kind=UnitKind.ENTERPRISE, parent=top, actor=cast.office_staff, now=SET_UP)
    assert fresh(low).parent == top


def test_a_parent_belongs_to_the_same_government_and_is_in_use(cast: Cast) -> None:
    stranger = create_unit(government=cast.elsewhere, name="市别处局", actor=FOUNDER, now=SET_UP)
    idle = deactivate_unit(unit=unit(cast, "市闲置局"), actor=FOUNDER, now=SET_UP)
    for parent in (stranger, idle):
        with pytest.raises(InvalidInput):
            change_unit(unit=cast.labour.unit, kind=UnitKind.DEPARTMENT, parent=parent, actor=FOUNDER, now=SET_UP)


def test_a_unit_out_of_use_is_not_made_a_second_time(cast: Cast) -> None:
    idle = deactivate_unit(unit=unit(cast, "市公园管理处"), actor=FOUNDER, now=SET_UP)
    assert directory_of(cast.city).find("市公园管理处") is None
    with pytest.raises(InvalidInput, match="已停用"):
        unit(cast, "公园管理处")
    with pytest.raises(WrongState):
        deactivate_unit(unit=idle, actor=FOUNDER, now=SET_UP)
    restore_unit(unit=idle, actor=FOUNDER, now=SET_UP)
    assert directory_of(cast.city).find("公园管理处") == idle
    with pytest.raises(WrongState):
        restore_unit(unit=idle, actor=FOUNDER, now=SET_UP)


def test_a_unit_with_open_duties_stays_in_use(stage: Stage) -> None:
    with pytest.raises(WrongState, match="填报任务3件"):
        deactivate_unit(unit=stage.cast.labour.unit, actor=FOUNDER, now=at(3, 1))


def test_open_duties_move_and_what_was_done_stays(stage: Stage) -> None:
    old, new, jobs = stage.cast.labour.unit, stage.cast.building.unit, stage.task("jobs")
    divide_task(task=stage.task("roads"), unit=old, text="用工", due_on=date(2026, 6, 30), actor=FOUNDER, now=SET_UP)
    round = stage.open(3)
    approved = stage.approve(round, jobs, content_for(jobs, "1"))
    draft = stage.save(round, stage.task("coverage"), content_for(stage.task("coverage"), "1"))
    before = duties_of(old, date(2026, 4, 8))
    assert before == {"归口指标": before["归口指标"], "填报任务": 3, "牵头配合": 3, "分工": 1, "办理中的填报": 1}
    merge_units(unit=old, into=new, actor=stage.cast.office_head, now=at(4, 8))
    assert duties_of(old, date(2026, 4, 8)) == {}
    assert fresh(jobs).reporting_unit == new
    assert fresh(approved).unit == old
    assert fresh(draft).unit == new
    party = Task.objects.get(pk=jobs.pk).parties.get(role=PartyRole.LEAD)
    assert (party.unit, party.printed) == (new, "市人社局")
    assert fresh(stage.target("jobs").indicator).responsible_unit == new


def test_a_merged_units_names_mean_its_successor(cast: Cast) -> None:
    old = unit(cast, "市广电局", full_name="云溪市广播电视局", aliases=("市广电中心",))
    child, new = unit(cast, "市转播台", parent=old), cast.units["市发改委"]
    group = create_group(government=cast.city, name="相关单位", members=(old,), actor=FOUNDER, now=SET_UP)
    merge_units(unit=old, into=new, actor=cast.office_head, now=at(4, 8))
    directory = directory_of(cast.city)
    assert {directory.find(n) for n in ("市广电局", "云溪市广播电视局", "市广电中心")} == {new}
    assert fresh(child).parent == new
    assert list(group.members) == [new]
    old.refresh_from_db()
    assert (old.is_active, old.merged_into) == (False, new)
    with pytest.raises(InvalidInput, match="市发改委"):
        unit(cast, "市广电局")
    with pytest.raises(WrongState, match="已并入"):
        restore_unit(unit=old, actor=FOUNDER, now=at(4, 9))


def test_a_unit_merged_into_its_own_subordinate_leaves_no_ring(cast: Cast) -> None:
    top = unit(cast, "市一局")
    old = unit(cast, "市二局", parent=top)
    low = unit(cast, "市三局", parent=unit(cast, "市四局", parent=old))
    merge_units(unit=old, into=low, actor=FOUNDER, now=at(4, 8))
    assert fresh(low).parent == top
    assert fresh(Unit.objects.get(name="市四局")).parent == low


def test_what_cannot_be_merged(cast: Cast) -> None:
    stranger = create_unit(government=cast.elsewhere, name="市别处局", actor=FOUNDER, now=SET_UP)
    for into in (cast.labour.unit, stranger):
        with pytest.raises(InvalidInput):
            merge_units(unit=cast.labour.unit, into=into, actor=FOUNDER, now=SET_UP)
    idle = deactivate_unit(unit=unit(cast, "市闲置局"), actor=FOUNDER, now=SET_UP)
    with pytest.raises(WrongState):
        merge_units(unit=cast.labour.unit, into=idle, actor=FOUNDER, now=SET_UP)
