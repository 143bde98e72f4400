"""单位, 领导分工, 专班: read by those who see everything, kept by the office, found by nobody else."""

import pytest
from django.urls import reverse

from duixian.reporting.models import Round
from duixian.units.commands import change_unit, create_task_force, create_unit, put_in_charge, rename_unit
from duixian.units.enums import LeadershipKind, UnitKind
from duixian.units.models import Leadership, TaskForce, Unit
from tests.cast import FOUNDER, SET_UP, at
from tests.console.conftest import Visit
from tests.console.test_register import queries
from tests.factories.play import Stage


def test_the_tree_counts_people_and_tasks(stage: Stage, visit: Visit) -> None:
    labour, building = stage.cast.labour.unit, stage.cast.building.unit
    change_unit(unit=labour, kind=UnitKind.DEPARTMENT, parent=building, actor=FOUNDER, now=SET_UP)
    page = visit(stage.cast.office_head).get(reverse("units"))
    rows = {row.unit.name: (row.depth, len(row.people), row.tasks) for row in page.context["rows"]}
    assert rows["市人社局"] == (1, 2, 3)
    assert rows["市农业农村局"][1] == 0
    order = [row.unit.name for row in page.context["rows"]]
    assert order.index("市人社局") == order.index("市住建局") + 1


def test_administrators_see_units_and_no_register(stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.security_admin).get(reverse("units"))
    assert {row.tasks for row in page.context["rows"]} == {None}
    labour = reverse("unit", args=[stage.cast.labour.unit.pk])
    assert visit(stage.cast.system_admin).get(labour).context["task_count"] == 0


def test_a_unit_is_found_by_name_alias_and_person(stage: Stage, visit: Visit) -> None:
    window = visit(stage.cast.auditor)
    for q, names in (("人社", ["市人社局"]), ("labour-head", ["市人社局"]), ("没有", [])):
        page = window.get(reverse("units"), {"q": q})
        assert [row.unit.name for row in page.context["rows"]] == names
    assert "没有这个单位或人" in page.content.decode()


@pytest.mark.parametrize("who", ["liaison", "head", "county_liaison", "outsider"])
def test_a_units_page_is_not_found_by_others(who: str, stage: Stage, visit: Visit) -> None:
    window = visit(stage.cast.everybody[who])
    pk = stage.cast.labour.unit.pk
    for url in (reverse("unit", args=[pk]), reverse("unit-merge", args=[pk])):
        assert window.get(url).status_code == 404
        assert window.post(url, {"act": "deactivate"}).status_code == 404


@pytest.mark.parametrize("who", ["leader", "auditor", "security_admin"])
def test_who_reads_changes_nothing(who: str, stage: Stage, visit: Visit) -> None:
    window = visit(stage.cast.everybody[who])
    url = reverse("unit", args=[stage.cast.labour.unit.pk])
    page = window.get(url).content.decode()
    assert 'value="rename"' not in page
    for said in ({"act": "deactivate"}, {"act": "rename", "name": "市新名局"}):
        assert window.post(url, said).status_code == 404
    assert window.post(reverse("leaders"), {"act": "add"}).status_code == 404
    assert window.post(reverse("forces"), {"name": "甲专班"}).status_code == 404


def test_a_known_name_is_told_at_the_field(stage: Stage, visit: Visit) -> None:
    said = {"name": "市人力资源和社会保障局", "kind": "DEPARTMENT"}
    refused = visit(stage.cast.office_staff).post(reverse("unit-new"), said)
    assert refused.status_code == 422
    assert "就是已登记的“市人社局”" in refused.content.decode()
    made = visit(stage.cast.office_staff).post(
        reverse("unit-new"), {"name": "市数据局", "kind": "DEPARTMENT", "aliases": "市大数据局、市数据中心"}
    )
    unit = Unit.objects.get(name="市数据局")
    assert made["Location"] == reverse("unit", args=[unit.pk])
    assert [a.text for a in unit.aliases.all()] == ["市大数据局", "市数据中心"]


def test_a_unit_is_renamed_named_placed_and_put_out_of_use(stage: Stage, visit: Visit) -> None:
    office = visit(stage.cast.office_staff)
    unit = create_unit(government=stage.cast.city, name="市公园处", actor=FOUNDER, now=SET_UP)
    url = reverse("unit", args=[unit.pk])
    office.post(url, {"act": "rename", "name": "市园林中心"})
    office.post(url, {"act": "alias", "text": "市绿化办"})
    office.post(url, {"act": "place", "kind": "VERTICAL", "parent": stage.cast.building.unit.pk})
    page = office.get(url).content.decode()
    for words in ("市公园处", "市绿化办", "垂直管理单位", "2026-07-06"):
        assert words in page
    unit.refresh_from_db()
    assert (unit.name, unit.kind, unit.parent) == ("市园林中心", "VERTICAL", stage.cast.building.unit)
    alias = unit.aliases.get(text="市绿化办")
    office.post(url, {"act": "alias-remove", "alias": alias.pk})
    assert not unit.aliases.filter(text="市绿化办").exists()
    office.post(url, {"act": "deactivate"})
    assert "恢复使用" in office.get(url).content.decode()
    assert office.post(url, {"act": "alias-remove", "alias": "x"}).status_code == 404


def test_a_ring_is_told_in_the_form(stage: Stage, visit: Visit) -> None:
    labour, building = stage.cast.labour.unit, stage.cast.building.unit
    change_unit(unit=labour, kind=UnitKind.DEPARTMENT, parent=building, actor=FOUNDER, now=SET_UP)
    said = {"act": "place", "kind": "DEPARTMENT", "parent": labour.pk}
    refused = visit(stage.cast.office_head).post(reverse("unit", args=[building.pk]), said)
    assert refused.status_code == 422
    assert "不能作它的上级单位" in refused.content.decode()


def test_a_merger_is_looked_at_before_it_is_done(stage: Stage, visit: Visit) -> None:
    labour, building = stage.cast.labour.unit, stage.cast.building.unit
    office = visit(stage.cast.office_head)
    url = reverse("unit-merge", args=[labour.pk])
    preview = office.get(url, {"into": building.pk}).content.decode()
    assert "填报任务3件" in preview
    assert Unit.objects.get(pk=labour.pk).is_active
    done = office.post(url, {"into": building.pk})
    assert done["Location"] == reverse("unit", args=[building.pk])
    assert "已并入" in office.get(reverse("unit", args=[labour.pk])).content.decode()
    assert office.post(url, {"into": building.pk}).status_code == 422


def test_leaders_with_their_units(stage: Stage, visit: Visit) -> None:
    office, labour = visit(stage.cast.office_staff), stage.cast.labour.unit
    said = {"act": "add", "account": stage.cast.leader.pk, "kind": "IN_CHARGE", "unit": labour.pk}
    office.post(reverse("leaders"), said)
    assert office.post(reverse("leaders"), said).status_code == 422
    page = office.get(reverse("leaders"))
    [(leader, charge, sponsor)] = page.context["rows"]
    assert (leader, [one.unit for one in charge], sponsor) == (stage.cast.leader, [labour], [])
    assert labour not in page.context["unled"]
    leading = Leadership.objects.get()
    office.post(reverse("leaders"), {"act": "end", "leadership": leading.pk})
    leading.refresh_from_db()
    assert leading.until_on is not None
    assert office.post(reverse("leaders"), {"act": "end", "leadership": "x"}).status_code == 404


def test_a_task_force_is_founded_and_given_tasks(stage: Stage, june: Round, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    office.post(reverse("forces"), {"name": "道路专班", "units": [stage.cast.labour.unit.pk]})
    force = TaskForce.objects.get()
    url, roads = reverse("force", args=[force.pk]), stage.task("roads")
    office.post(url, {"act": "tasks", "numbers": f"{roads.number}、999"})
    assert not force.linked_tasks.exists()
    office.post(url, {"act": "tasks", "numbers": roads.number})
    assert [link.task for link in force.linked_tasks.all()] == [roads]
    assert visit(stage.cast.labour.liaison).get(reverse("task", args=[roads.pk])).status_code == 200
    assert office.get(reverse("forces")).context["forces"][0].task_count == 1
    # the administrator keeps the task force and sees none of its tasks
    admin = visit(stage.cast.system_admin)
    assert admin.get(reverse("forces")).context["forces"][0].task_count == 0
    assert list(admin.get(url).context["links"]) == []
    admin.post(url, {"act": "change", "name": "道路攻坚专班", "units": [stage.cast.building.unit.pk]})
    force.refresh_from_db()
    assert (force.name, list(force.units.all())) == ("道路攻坚专班", [stage.cast.building.unit])
    office.post(url, {"act": "dissolve"})
    assert visit(stage.cast.labour.liaison).get(reverse("task", args=[roads.pk])).status_code == 404
    assert visit(stage.cast.outsider).get(url).status_code == 404


def test_queries_of_the_pages_do_not_grow(stage: Stage, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    city, leader = stage.cast.city, stage.cast.leader

    def add(number: int) -> None:
        unit = create_unit(government=city, name=f"市第{number}局", aliases=(f"{number}局",), actor=FOUNDER, now=SET_UP)
        stage.cast.crew(unit)
        put_in_charge(account=leader, unit=unit, kind=LeadershipKind.IN_CHARGE, actor=FOUNDER, now=SET_UP)
        members = {"people": [stage.cast.crew(unit).head], "units": [unit]}
        create_task_force(government=city, name=f"第{number}专班", **members, actor=FOUNDER, now=SET_UP)  # type: ignore[arg-type]
        rename_unit(unit=stage.cast.labour.unit, name=f"市人社{number}局", actor=FOUNDER, now=at(3, number))

    add(1)
    pages = ["units", "leaders", "forces"]
    urls = [reverse(name) for name in pages] + [reverse("unit", args=[stage.cast.labour.unit.pk])]
    one = [queries(lambda url=url: office.get(url)) for url in urls]  # type: ignore[misc]
    add(2)
    add(3)
    assert [queries(lambda url=url: office.get(url)) for url in urls] == one  # type: ignore[misc]
