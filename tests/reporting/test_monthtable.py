"""The month's table: every task once, how it stood and how it was reported; the sheets add up."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duixian.periods import today_in
from duixian.register.commands import name_light
from duixian.register.models import Target
from duixian.reporting.commands import grant_exception, save_report
from duixian.reporting.models import Round
from duixian.reporting.monthtable import SIMULATED, lines_of, month_workbook
from duixian.reporting.recomputing import recompute_plan
from duixian.sheets import Sheet, read_workbook
from duixian.units.models import Government
from tests.cast import at
from tests.factories.list import EVERY_KIND
from tests.factories.play import Stage, after, content_for, month


def sheets(round: Round) -> dict[str, list[list[str]]]:
    found = read_workbook(month_workbook(round, today=today_in(at(4, 25))), "盘点表.xlsx")
    return {sheet.name: [_texts(sheet, row) for row in sheet.rows] for sheet in found}


def _texts(sheet: Sheet, row: int) -> list[str]:
    last = max(column for number, column in sheet.cells if number == row)
    values = [sheet.at(row, column).value for column in range(last + 1)]
    texts = ["" if v is None else format(v.normalize(), "f") if isinstance(v, Decimal) else str(v) for v in values]
    return texts + [""] * (17 - len(texts))


def test_every_task_once_with_its_figures_and_how_it_was_reported(stage: Stage) -> None:
    march = stage.open(3)
    stage.approve(march, stage.task("jobs"), content_for(stage.task("jobs"), "1.2"))
    stage.submit(march, stage.task("gdp"), content_for(stage.task("gdp"), "6"))
    rows = {row[0]: row for row in sheets(march)["各项任务"]}
    numbers = [key for key in rows if key.isdecimal()]
    assert len(numbers) == len(EVERY_KIND)
    jobs = rows[stage.task("jobs").number]
    assert jobs[5:13] == ["万人", "4.8", "", "1.2", "1.2", "100", "达进度", "绿"]
    assert jobs[14:] == ["3月", "已通过", ""]
    assert rows[stage.task("gdp").number][15] == "待审核"
    assert rows[stage.task("roads").number][15] == "未报"


def test_a_late_report_is_named_and_the_sums_agree(stage: Stage) -> None:
    march = stage.open(3)
    stage.approve(march, stage.task("jobs"), content_for(stage.task("jobs"), "1.2"))
    march = stage.lock(march)
    grant_exception(
        round=march,
        unit=stage.cast.labour.unit,
        reason="停电。",
        expires_on=today_in(after(march.month, 28)),
        actor=stage.cast.office_head,
        now=after(march.month, 21),
    )
    late = stage.task("coverage")
    crew = stage.cast.crew(late.reporting_unit)
    report = save_report(
        round=march,
        task=late,
        content=content_for(late, "61"),
        revision=0,
        actor=crew.liaison,
        now=after(march.month, 22),
    )
    assert stage.sign(report, after(march.month, 22)).is_late
    found = sheets(march)
    assert next(r for r in found["各项任务"] if r[0] == late.number)[16] == "迟报"
    total = {row[0]: row[1] for row in found["合计"]}
    assert (total["项数"], total["应报"], total["已报"], total["迟报"]) == (str(len(EVERY_KIND)), "12", "2", "1")
    by_section = found["按牵头单位"]
    head = next(row for row in by_section if row[0].startswith("牵头单位"))
    body = by_section[by_section.index(head) + 1 :]
    for column in range(1, len([name for name in head if name])):
        assert sum(int(row[column]) for row in body[:-1]) == int(body[-1][column])


def test_lights_are_called_as_the_plan_calls_them_and_amended_targets_stand_beside_the_first(stage: Stage) -> None:
    """蓝灯表扬 of a city; the target in force, and what was promised first, with the light of both."""
    name_light(plan=stage.plan, light="RED", word="警", is_reward=False, actor=stage.cast.office_head, now=at(3, 1))
    name_light(plan=stage.plan, light="BLUE", word="星", is_reward=True, actor=stage.cast.office_head, now=at(3, 1))
    march = stage.open(3)
    stage.approve(march, stage.task("jobs"), content_for(stage.task("jobs"), "0.9"))
    Target.objects.filter(pk=stage.target("jobs").pk).update(amended_value=Decimal("2.4"))
    recompute_plan(plan=stage.plan, months=[march.month], actor=stage.cast.office_head, now=at(4, 20))
    found = sheets(march)
    jobs = next(row for row in found["各项任务"] if row[0] == stage.task("jobs").number)
    assert jobs[6:9] == ["2.4", "4.8", "0.6"]
    assert jobs[11:13] == ["超进度", "绿（原定警）"]
    total = {row[0]: row[1] for row in found["合计"]}
    assert (total["亮灯：星（表扬）"], "亮灯：警" in total) == ("0", True)


def test_a_simulated_government_says_so_on_every_sheet(stage: Stage) -> None:
    march = stage.open(3)
    assert not any(SIMULATED in cell for rows in sheets(march).values() for row in rows for cell in row)
    Government.objects.filter(pk=stage.cast.city.pk).update(is_simulated=True)
    march.refresh_from_db()
    march.plan.government.refresh_from_db()
    for rows in sheets(march).values():
        assert any(SIMULATED in cell for row in rows for cell in row)


@pytest.mark.parametrize("number", [3, 4])
def test_the_number_of_queries_does_not_grow_with_tasks(stage: Stage, number: int) -> None:
    march = stage.open(number)
    with CaptureQueriesContext(connection) as few:
        lines_of(Round.objects.get(pk=march.pk))
    for name in ("jobs", "gdp", "coverage"):
        stage.submit(march, stage.task(name), content_for(stage.task(name), "1"))
    with CaptureQueriesContext(connection) as more:
        lines_of(Round.objects.get(pk=march.pk))
    assert len(few) == len(more)
    assert month(number) == march.month
