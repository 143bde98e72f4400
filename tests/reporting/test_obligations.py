"""Who owes what in which month: the table of docs/rules/obligations.md, and the cases it cannot draw."""

import re
from datetime import date
from pathlib import Path

import pytest

from duixian.assessing import Grade
from duixian.indicators.commands import set_publication
from duixian.indicators.enums import Frequency
from duixian.register.commands import approve_milestones, file_milestones
from duixian.register.models import Task
from duixian.reporting.enums import Progress
from duixian.reporting.models import Round
from duixian.reporting.obligations import tasks_open, tasks_owing
from tests.cast import FOUNDER, at
from tests.factories.play import Stage, after, content_for, month

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "obligations.md"
FREQUENCIES = {"每月": Frequency.MONTHLY, "每季": Frequency.QUARTERLY, "每年": Frequency.YEARLY}


def table() -> list[list[str]]:
    lines = PAGE.read_text("utf-8").split("## 算例")[1].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return rows[2:]


def publish(stage: Stage, task: Task, frequency: Frequency, lag: int = 0) -> None:
    indicator = task.targets.get().indicator
    set_publication(
        indicator=indicator,
        frequency=frequency,
        publication_lag_days=lag,
        responsible_unit=indicator.responsible_unit or task.reporting_unit,
        is_statistic=True,
        actor=FOUNDER,
        now=at(2, 21),
    )


def limit(stage: Stage, task: Task, words: str) -> None:
    """节点6月10日: an approved node; 期限6月30日: the task's own limit."""
    found = re.fullmatch(r"(节点|期限)(\d+)月(\d+)日", words)
    assert found, words
    day = date(2026, int(found[2]), int(found[3]))
    if found[1] == "节点":
        file_milestones(task=task, nodes=[("完成招标", day)], actor=FOUNDER, now=at(2, 21))
        approve_milestones(task=task, actor=FOUNDER, now=at(2, 21))
    else:
        Task.objects.filter(pk=task.pk).update(due_on=day, limit_text="见清单")


def told_before(stage: Stage, of: Round, task: Task, words: str) -> None:
    """What stood before the month: reported, silent at the lock, completed; 从未报过 is the stage as it is."""
    if words == "从未报过":
        return
    earlier = stage.open(of.month.month - 1)
    progress = Progress.REACHED if words == "已完成" else Progress.UNDER_WAY
    if words != "缺报":
        done_on = earlier.month if progress is Progress.REACHED else None
        value = "9" if words == "已完成" else "1"
        stage.approve(earlier, task, content_for(task, value, progress=progress, done_on=done_on))
    stage.lock(earlier)


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row[0]}-{row[1]}-{row[3]}"[:40])
def test_the_rules_table(stage: Stage, row: list[str]) -> None:
    kind, of, near, before, owes, _why = row
    words = {"成果": "roads", "只有文字": "spirit"}
    task = stage.task(words.get(kind, "jobs"))
    if kind not in words:
        found = re.fullmatch(r"(每.)数?(?:，滞后(\d+)天)?", kind)
        assert found, kind
        publish(stage, task, FREQUENCIES[found[1]], int(found[2] or 0))
    if near != "—":
        limit(stage, task, near)
    number = int(of.removesuffix("月"))
    round = Round(plan=stage.plan, month=month(number))
    told_before(stage, round, task, before)
    opened = stage.open(number)
    assert (task in tasks_owing(opened)) is (owes == "应报")
    assert (task in tasks_open(opened)) is (before != "已完成")


def test_a_unit_may_always_tell_more_than_it_owes(stage: Stage) -> None:
    task = stage.task("spirit")
    stage.approve(stage.open(3), task)
    april = stage.open(4)
    assert task not in tasks_owing(april)
    report = stage.approve(april, task)
    stage.lock(april)
    assert report.state == "APPROVED"
    assert stage.task("spirit").grade != Grade.NOT_REPORTED


def test_what_is_reached_this_month_was_owed_this_month(stage: Stage) -> None:
    """Else a unit's completeness would change with the office's approval."""
    task = stage.task("roads")
    stage.approve(stage.open(6), task)
    july = stage.open(7)
    done = content_for(task, progress=Progress.REACHED, done_on=date(2026, 7, 20))
    assert task in tasks_owing(july)
    stage.approve(july, task, done)
    assert task in tasks_owing(july)
    assert task not in tasks_owing(stage.open(8))


def test_a_figure_that_another_unit_answers_for_is_not_owed_twice(stage: Stage) -> None:
    """居民收入 keeps step with the growth that the commission of development reports."""
    income = stage.task("income")
    stage.approve(stage.open(3), income)
    against = income.targets.get().against
    assert against is not None
    own = income.targets.get().indicator
    for series, frequency in ((own, Frequency.QUARTERLY), (against, Frequency.MONTHLY)):
        set_publication(
            indicator=series,
            frequency=frequency,
            publication_lag_days=0,
            responsible_unit=series.responsible_unit,
            is_statistic=True,
            actor=FOUNDER,
            now=after(month(3), 8),
        )
    assert against.responsible_unit != income.reporting_unit
    assert income not in tasks_owing(stage.open(4))
