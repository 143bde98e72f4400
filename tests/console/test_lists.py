"""三张清单: of a unit, a county, a leader or a task force; from the register and by its rule."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from duixian.register.commands import (
    acknowledge_duties,
    approve_milestones,
    assign_tasks,
    divide_task,
    entrust_tasks,
    file_milestones,
    set_sponsors,
)
from duixian.reporting.models import Round
from duixian.units.commands import create_task_force, put_in_charge
from duixian.units.enums import LeadershipKind
from tests.cast import at
from tests.console.conftest import Visit
from tests.factories.play import Stage

NOW = at(3, 1)


def rows(visit: Visit, who: object, name: str, query: str = "") -> list[list[object]]:
    return visit(who).get(f"{reverse('list', args=[name])}?{query}").context["rows"]  # type: ignore[arg-type]


def test_the_task_list_says_what_is_promised_by_when_and_by_whom(stage: Stage, june: Round, visit: Visit) -> None:
    found = rows(visit, stage.cast.leader, "tasks", f"unit={stage.cast.county.unit.pk}")
    assert [row[0] for row in found] == ["8", "9", "10"]
    assert found[0] == [
        "8",
        "幸福桥上半年建成,英雄路改扩建开工。",
        "幸福桥建成；英雄路改扩建开工",
        "上半年",
        "市住建局",
        "云东区政府",
    ]


def test_the_list_of_responsibilities_names_people(stage: Stage, june: Round, visit: Visit) -> None:
    cast, roads = stage.cast, stage.task("roads")
    office = cast.office_staff
    (assignment,) = assign_tasks(plan=stage.plan, tasks=[roads], actor=office, now=NOW)
    acknowledge_duties(
        duties=[assignment], accountable_person="甲副局长", liaison_name="乙科长", actor=cast.building.head, now=NOW
    )
    divide_task(task=roads, unit=cast.county.unit, text="征地拆迁", due_on=date(2026, 5, 31), actor=office, now=NOW)
    put_in_charge(account=cast.leader, unit=cast.building.unit, kind=LeadershipKind.IN_CHARGE, actor=office, now=NOW)
    set_sponsors(task=roads, leaders=[cast.leader], actor=office, now=NOW)
    force = create_task_force(government=cast.city, name="城建专班", actor=office, now=NOW)
    entrust_tasks(tasks=[roads], task_force=force, actor=office, now=NOW)
    (row,) = rows(visit, cast.leader, "duties", f"force={force.pk}")
    assert row[4:] == [
        "甲副局长",
        "乙科长",
        "云东区政府：征地拆迁（5月31日前，待签收）",
        "leader",
        "leader",
        "城建专班",
    ]
    by_leader = rows(visit, cast.leader, "duties", f"leader={cast.leader.pk}")
    assert [r[0] for r in by_leader] == ["8", "9", "10"]
    # who holds the role, where nobody acknowledged yet
    assert by_leader[1][4:6] == ["building-head", "building-liaison"]


def test_the_list_of_dates_is_one_line_of_time(stage: Stage, june: Round, visit: Visit) -> None:
    roads, office = stage.task("roads"), stage.cast.office_staff
    file_milestones(task=roads, nodes=[("桥面合龙", date(2026, 5, 10))], actor=office, now=NOW)
    approve_milestones(task=roads, actor=office, now=NOW)
    divide_task(task=roads, unit=stage.cast.county.unit, text="征地", due_on=date(2026, 8, 1), actor=office, now=NOW)
    found = rows(visit, stage.cast.leader, "nodes", "q=幸福桥")
    assert [(row[0], row[2], row[4]) for row in found] == [
        (date(2026, 5, 10), "桥面合龙", "市住建局"),
        (date(2026, 6, 30), "幸福桥上半年建成,英雄路改扩建开工", "市住建局"),
        (date(2026, 6, 30), "幸福桥建成", "市住建局"),
        (date(2026, 8, 1), "征地", "云东区政府"),
        (date(2026, 12, 31), "英雄路改扩建开工", "市住建局"),
    ]
    assert found[0][5] == "已过期限"
    assert found[3][5] == "待签收"


@pytest.mark.parametrize("name", ["tasks", "duties", "nodes"])
def test_the_file_and_the_printed_sheet_are_the_page(name: str, stage: Stage, june: Round, visit: Visit) -> None:
    leader = visit(stage.cast.leader)
    address = f"{reverse('list', args=[name])}?unit={stage.cast.building.unit.pk}"
    page = leader.get(address)
    assert page.context["title"].startswith("市住建局2026年")
    sheet = load_workbook(io.BytesIO(leader.get(f"{address}&form=xlsx").content)).active
    lines = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert lines[0] == [page.context["title"]]
    assert len(lines) == 5 + len(page.context["rows"])
    assert leader.get(f"{address}&all=1").context["rows"] == page.context["rows"]
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("name", ["tasks", "duties", "nodes"])
def test_a_unit_lists_its_own_and_shared_tasks_only(name: str, stage: Stage, june: Round, visit: Visit) -> None:
    liaison = stage.cast.labour.liaison
    place = 1 if name == "nodes" else 0
    assert {row[place] for row in rows(visit, liaison, name)} == {"5", "6", "7"}
    assert rows(visit, liaison, name, f"unit={stage.cast.building.unit.pk}") == []
    for who in (stage.cast.outsider, stage.cast.system_admin):
        assert visit(who).get(reverse("list", args=[name])).status_code == 404


def test_there_are_three(stage: Stage, visit: Visit) -> None:
    assert visit(stage.cast.leader).get(reverse("list", args=["fourth"])).status_code == 404


@pytest.mark.parametrize(("name", "count"), [("tasks", 23), ("duties", 30), ("nodes", 32)])
@pytest.mark.parametrize("section", ["parks", "roads"])
def test_queries_of_a_list(name: str, count: int, section: str, stage: Stage, june: Round, visit: Visit) -> None:
    """One task or three."""
    leader = visit(stage.cast.leader)
    address = f"{reverse('list', args=[name])}?section={stage.task(section).section_id}"
    with CaptureQueriesContext(connection) as captured:
        leader.get(address)
    assert len(captured) == count
