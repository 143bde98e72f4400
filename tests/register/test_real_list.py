"""A real city's list of 177 tasks: adopted whole, every unit once, every task graded."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from duixian.assessing import Grade
from duixian.reading import Reading, read
from duixian.register.models import Plan, Task
from duixian.reporting.commands import start_plan
from duixian.reporting.queries import counts_by_section, grade_counts
from duixian.units.commands import create_government
from duixian.units.enums import GovernmentLevel, UnitKind
from duixian.units.models import Unit
from tests.cast import FOUNDER, SET_UP
from tests.factories.play import ADOPTED_AT
from tests.factories.snapshot import once
from tests.shared import SHARED, needs_shared

UNITS = Path(__file__).parent / "real_units.txt"

pytestmark = [needs_shared, pytest.mark.django_db]


@cache
def real_reading() -> Reading:
    return read(SHARED / "documents" / "004-changzhi-city-task-list.txt")


def adopt_real_list() -> Plan:
    city = create_government(
        name="长治市",
        level=GovernmentLevel.CITY,
        office_name="市政府督查室",
        is_simulated=True,
        actor=FOUNDER,
        now=SET_UP,
    )
    return start_plan(
        reading=real_reading(), government=city, year=2026, create_missing_units=True, actor=FOUNDER, now=ADOPTED_AT
    ).plan


@pytest.fixture
def plan() -> Plan:
    return once("real list", adopt_real_list)


def test_177_tasks_in_one_plan_under_42_headings(plan: Plan) -> None:
    assert Plan.objects.count() == 1
    assert [t.number for t in plan.tasks.all()] == [str(n) for n in range(1, 178)]
    assert (plan.declared_tasks, plan.declared_lead_units) == (177, 42)
    sections = list(plan.sections.all())
    assert len(sections) == 42
    assert all(s.unit is not None for s in sections)
    assert len({s.unit_id for s in sections}) == 42


def test_every_unit_is_there_once(plan: Plan) -> None:
    """Read with one's own eyes: what the document writes in several ways is one unit."""
    names = sorted(Unit.objects.values_list("name", flat=True))
    assert names == sorted(UNITS.read_text("utf-8").split())
    assert {g.name: g.is_all_counties for g in plan.government.groups.all()} == {
        "各县区政府": True,
        "相关成员单位": False,
    }


def test_short_forms_mean_the_registered_unit(plan: Plan) -> None:
    printed = {}
    for task in plan.tasks.prefetch_related("parties__unit"):
        printed |= {party.printed: str(party.unit) for party in task.parties.all() if party.unit}
    meant = {short: full for short, full in printed.items() if short != full}
    assert meant == {
        "市规自局": "市规划和自然资源局",
        "市市场监管局": "市市场监督管理局",
        "国运公司": "市国运公司",
        "高新区": "高新区管委会",
    }


def test_counties_zones_and_the_rest_are_told_apart(plan: Plan) -> None:
    kinds = {kind: sorted(Unit.objects.filter(kind=kind).values_list("name", flat=True)) for kind in UnitKind}
    assert kinds[UnitKind.COUNTY] == sorted(["潞州区政府", "上党区政府", "屯留区政府", "长子县政府", "武乡县政府"])
    assert kinds[UnitKind.ZONE] == ["高新区管委会"]
    assert kinds[UnitKind.ENTERPRISE] == sorted(["市国运公司", "市太行文旅集团"])
    assert kinds[UnitKind.VERTICAL] == ["人民银行长治分行"]


def test_item_131_is_answered_for_by_the_lead_it_names(plan: Plan) -> None:
    task = plan.tasks.get(number="131")
    assert task.reporting_unit.name == "市安委办"
    assert task.section.name == "市应急局"


def test_every_task_is_graded_with_a_reason_and_the_table_adds_up(plan: Plan) -> None:
    assert not plan.tasks.filter(reason="").exists()
    assert not plan.tasks.filter(graded_month=None).exists()
    assert sum(grade_counts(plan.tasks.all()).values()) == 177
    table = counts_by_section(plan, plan.tasks.all())
    assert sum(row.total for row in table) == 177
    assert sum((Counter(row.grades) for row in table), Counter()) == Counter(plan.tasks.values_list("grade", flat=True))
    assert {t.grade for t in Task.objects.all()} == {Grade.OTHER}


def test_every_span_cuts_the_printed_words(plan: Plan) -> None:
    text = plan.source.text
    for task in plan.tasks.prefetch_related("targets", "outcomes"):
        for part in (*task.targets.all(), *task.outcomes.all()):
            assert task.span_start <= part.span_start < part.span_end <= task.span_end, task
            assert "".join(text[part.span_start : part.span_end].split())


def test_growth_of_the_economy_is_one_series(plan: Plan) -> None:
    gdp = plan.tasks.get(number="4").targets.get().indicator
    assert gdp.responsible_unit is not None
    assert gdp.responsible_unit.name == "市发改委"
    assert {t.task.number for t in gdp.measured_against.all()} == {"56", "102"}
