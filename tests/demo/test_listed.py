"""A real list: adopted with nameless accounts, its reports simulated, marked as such wherever it is shown."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from duixian.assessing import Grade
from duixian.audit import trail
from duixian.bulletins.commands import draw_up_bulletin
from duixian.demo.cast import Cast, shown_accounts
from duixian.demo.counties import county_units
from duixian.demo.errors import DemoError
from duixian.demo.founding import LISTED_SYSTEM
from duixian.demo.listed import build_listed
from duixian.demo.moments import at
from duixian.periods import Quarter
from duixian.reading import Reading, read_text
from duixian.register.coverage import carriers_of
from duixian.register.models import AlignmentLink, Plan
from duixian.reporting.models import Report, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.units.enums import Role
from duixian.units.models import Account, Membership

from .building import rolled_back, silent

pytestmark = pytest.mark.django_db

LIST = """云岫市人民政府办公室
关于印发2026年市政府重点工作任务清单的通知
各县、区人民政府，市直各有关单位：
现将《2026年市政府重点工作任务清单》印发给你们，请抓好落实。《清单》共6项任务，涉及3个牵头部门。
云岫市人民政府办公室
2026年2月11日
一、市发改委牵头工作（3项）
1.地区生产总值增长6%左右。
2.推进云岫机场扩建等12个项目。
3.健全项目会商机制。
二、市人社局牵头工作（2项）
4.城镇新增就业3.2万人以上。
5.城镇居民人均可支配收入增长与经济增长同步。
三、市水利局牵头工作（1项）
6.青石水库年底前开工，每个县区至少建成1个小水网。
"""
FEBRUARY = date(2026, 2, 1)
COUNTY = """桐花县2026年政府工作报告
2026年，桐花县城镇新增就业5000人，建成小水网2个。
"""


def small_list() -> Reading:
    return read_text(LIST, year=2026, name="清单")


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: Any) -> Iterator[Plan]:
    with rolled_back(django_db_blocker):
        yield build_listed(small_list(), 2026, date(2026, 3, 1), silent, [read_text(COUNTY, year=2026, name="县")])


def test_list_is_adopted_whole_and_marked(plan: Plan) -> None:
    assert plan.government.name == "云岫市"
    assert plan.government.is_simulated
    assert plan.tasks.count() == 6
    assert plan.source.text == small_list().text


def test_rounds_begin_with_the_first_month_still_due(plan: Plan) -> None:
    """Handed out on 11 February, after January's reports were due."""
    assert [each.month.month for each in plan.rounds.order_by("month")] == [2, 3]


def test_every_task_is_graded_in_every_locked_month(plan: Plan) -> None:
    for task in plan.tasks.all():
        assert task.grade in set(Grade)
        assert task.reason
        assert Standing.objects.filter(task=task, part=TASK_PART, month=FEBRUARY).exists()


def test_nobody_bears_a_persons_name(plan: Plan) -> None:
    names = {account.name for account in Account.objects.filter(memberships__government=plan.government)}
    parts = ("督查室", "市领导（模拟）", "审计员", "管理员", "联络员", "负责人")
    assert [name for name in names if not any(part in name for part in parts)] == []
    assert {membership.role for membership in shown_accounts()} == set(Role)


def test_reports_come_from_the_units_own_accounts(plan: Plan) -> None:
    reports = Report.objects.filter(round__plan=plan)
    assert reports.exists()
    for report in reports.exclude(signed_by=""):
        assert report.signed_by == f"{report.unit.name}负责人"
    assert trail.verify().broken_number is None


def test_bulletin_of_a_simulated_list_says_so(plan: Plan) -> None:
    drawn = draw_up_bulletin(plan=plan, quarter=Quarter(2026, 1), actor=LISTED_SYSTEM, now=at(date(2026, 4, 20), 9))
    assert drawn.snapshot["is_simulated"]


def test_a_county_given_with_the_list_is_held_against_it(plan: Plan) -> None:
    carriers = carriers_of(plan)
    assert [carriers.plans[unit.pk].government.name for unit in carriers.units] == ["桐花县"]
    link = AlignmentLink.objects.get(target__indicator__name="城镇新增就业")
    assert (link.text[-11:], link.unit.name) == ("城镇新增就业5000人", "桐花县政府")
    assert link.share == Decimal("0.15625")
    assert Membership.objects.filter(unit=link.unit, role=Role.LIAISON).exists()


def test_the_same_county_twice_is_refused(plan: Plan) -> None:
    county = read_text(COUNTY, year=2026, name="县")
    cast = Cast(LISTED_SYSTEM, plan.government)
    with pytest.raises(DemoError, match="给了两份"):
        county_units([county, county], cast, at(date(2026, 4, 1), 9))
