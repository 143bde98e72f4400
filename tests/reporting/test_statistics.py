"""A published or revised statistic regrades the tasks and months it touches, and nothing else."""

from decimal import Decimal

import pytest

from duixian.assessing import Grade, Light
from duixian.audit.command import InvalidInput, WrongState
from duixian.indicators.enums import ValueStatus
from duixian.reporting.commands import publish_value
from duixian.reporting.models import GradeChange, Standing
from duixian.reporting.models.standing import TASK_PART
from tests.cast import at
from tests.factories.play import Stage, content_for, month

NOW = at(8, 25)


def publish(stage: Stage, number: int, value: str, status: ValueStatus, year: int = 2026, name: str = "gdp") -> int:
    return publish_value(
        indicator=stage.target(name).indicator,
        month=month(number, year),
        value=Decimal(value),
        status=status,
        source=f"市统计局{number}月{status.label}",
        actor=stage.cast.office_staff,
        now=NOW,
    )


def snapshot() -> dict[int, dict[str, object]]:
    return {row["id"]: row for row in Standing.objects.values()}


def test_a_revision_touches_its_tasks_and_months_and_no_other_row(stage: Stage) -> None:
    for number, value in ((4, "6.2"), (5, "6.1"), (6, "6.3")):
        round = stage.open(number)
        stage.approve(round, stage.task("gdp"), content_for(stage.task("gdp"), value))
        stage.approve(round, stage.task("income"), content_for(stage.task("income"), "6.4"))
        stage.approve(round, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
        stage.lock(round)
    before = snapshot()
    assert publish(stage, 5, "6.6", ValueStatus.REVISED) == 4
    after = snapshot()
    touched = {pk for pk, row in after.items() if row != before.get(pk)}
    rows = Standing.objects.filter(pk__in=touched)
    gdp, income = stage.task("gdp").pk, stage.task("income").pk
    # June compares June's own figures: nothing of it changes, nor does anything of those who do not read the series
    assert set(rows.values_list("task", "month")) == {(gdp, month(5)), (income, month(5))}
    assert rows.count() == 4
    assert set(after) == set(before)
    assert Standing.objects.get(task=gdp, part=TASK_PART, month=month(5)).grade == Grade.AHEAD
    # the revised figure is a settled one, 市人社局's is 快报: the relation goes on comparing the like with the like
    related = Standing.objects.get(task=income, part=TASK_PART, month=month(5))
    assert related.light == Light.GREEN
    assert related.reason.endswith("（均按快报数）")
    assert publish(stage, 5, "6.6", ValueStatus.REVISED) == 4
    assert snapshot() == after


def test_a_settled_pair_is_compared_once_both_are_settled(stage: Stage) -> None:
    round = stage.open(6)
    for name, value in (("gdp", "6.3"), ("income", "6.4")):
        stage.approve(round, stage.task(name), content_for(stage.task(name), value))
    income = stage.task("income")
    assert income.light == Light.GREEN
    publish(stage, 6, "7.5", ValueStatus.FINAL)
    assert "均按快报数" in stage.task("income").reason
    assert stage.task("income").light == Light.GREEN
    publish(stage, 6, "6.2", ValueStatus.FINAL, name="income")
    income = stage.task("income")
    assert income.light == Light.RED
    assert "7.5%" in income.reason
    assert "快报" not in income.reason
    change = GradeChange.objects.filter(task=income, part=TASK_PART).first()
    assert change is not None
    assert (change.from_light, change.to_light) == (Light.GREEN, Light.RED)


def test_a_weaker_figure_is_refused_in_words_and_changes_nothing(stage: Stage) -> None:
    publish(stage, 6, "6.3", ValueStatus.FINAL)
    before = snapshot()
    with pytest.raises(InvalidInput, match=r"已有核定数6\.3（市统计局6月核定），预计数不能替换它"):
        publish(stage, 6, "6.5", ValueStatus.ESTIMATED)
    assert snapshot() == before


def test_a_units_figure_does_not_replace_a_settled_one(stage: Stage) -> None:
    publish(stage, 6, "6.3", ValueStatus.FINAL)
    gdp, round = stage.task("gdp"), stage.open(6)
    with pytest.raises(WrongState, match=r"已有核定数6\.3（市统计局6月核定），与填报的6\.5不同"):
        stage.approve(round, gdp, content_for(gdp, "6.5"))


def test_last_years_level_touches_the_whole_year(stage: Stage) -> None:
    coverage = stage.task("coverage")
    for number in (5, 6):
        stage.approve(stage.open(number), coverage, content_for(coverage, "65"))
    assert "缺基期" in stage.task("coverage").reason
    assert publish(stage, 12, "60", ValueStatus.FINAL, 2025, "coverage") == 3
    lights = dict(Standing.objects.filter(task=coverage, part=TASK_PART).values_list("month", "light"))
    assert lights[month(5)]
    assert lights[month(6)] == Light.GREEN
