"""A real city's list of 177 tasks, alive for one month."""

from datetime import date

import pytest

from duixian.assessing import Grade
from duixian.audit import trail
from duixian.bulletins.commands import draw_up_bulletin
from duixian.bulletins.content import BulletinContent, Table
from duixian.demo.founding import LISTED_SYSTEM
from duixian.demo.listed import build_listed
from duixian.demo.moments import at
from duixian.periods import Quarter
from duixian.reading import read
from duixian.units.enums import Role
from duixian.units.models import Membership
from tests.shared import SHARED, needs_shared

from .building import silent

pytestmark = [needs_shared, pytest.mark.django_db, pytest.mark.once]


def test_the_real_list_is_adopted_reported_on_and_marked() -> None:
    reading = read(SHARED / "documents/004-changzhi-city-task-list.txt")
    plan = build_listed(reading, 2026, date(2026, 2, 1), silent)
    assert plan.tasks.count() == plan.declared_tasks == 177
    assert plan.sections.count() == plan.declared_lead_units == 42
    assert all(task.reason and task.grade in set(Grade) for task in plan.tasks.all())
    reporting = plan.tasks.values("reporting_unit").distinct().count()
    for role in (Role.LIAISON, Role.UNIT_HEAD):
        assert Membership.objects.filter(role=role).count() == reporting
    assert trail.verify().broken_number is None

    drawn = draw_up_bulletin(plan=plan, quarter=Quarter(2026, 1), actor=LISTED_SYSTEM, now=at(date(2026, 4, 20), 9))
    content = BulletinContent.from_dict(drawn.snapshot)
    assert content.is_simulated
    table = next(block for block in content.body if isinstance(block, Table))
    *units, total = [[int(cell) for cell in row.cells[1:]] for row in table.rows]
    assert len(units) == 42
    assert total[0] == sum(total[1:]) == 177
    assert [sum(column) for column in zip(*units, strict=True)] == total
