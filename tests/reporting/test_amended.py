"""What was adjusted or extended is graded against both: the light is that of what is in force, the promise's beside."""

from datetime import date
from decimal import Decimal
from typing import Any

from duixian.assessing import Grade, Light
from duixian.register.commands import approve_amendment, ask_adjustment, ask_extension, endorse_amendment
from duixian.reporting.commands import regrade_tasks
from duixian.reporting.models import GradeChange, Standing
from duixian.reporting.models.standing import TASK_PART
from tests.cast import at
from tests.factories.play import Stage, content_for, month

NOW = at(7, 6)


def amended(stage: Stage, wish: Any) -> None:
    """Both steps, and the light that follows."""
    endorse_amendment(amendment=wish, actor=stage.cast.office_staff, now=NOW)
    approve_amendment(amendment=wish, actor=stage.cast.leader, now=NOW)
    regrade_tasks(tasks=[wish.task], actor=stage.cast.leader, now=NOW)


def test_an_adjusted_target_is_graded_against_both(stage: Stage) -> None:
    jobs, target = stage.task("jobs"), stage.target("jobs")
    stage.approve(stage.open(6), jobs, content_for(jobs, "1.2"), day=3)
    assert not Standing.objects.exclude(promised_grade="").exists()
    wish = ask_adjustment(
        target=target, value=Decimal("2.4"), reason="两家企业外迁。", actor=stage.cast.labour.head, now=NOW
    )
    amended(stage, wish)
    for part in (target.part_key, TASK_PART):
        row = Standing.objects.get(task=jobs, part=part, month=month(6))
        assert (row.grade, row.light, row.expected) == (Grade.ON_PACE, Light.GREEN, Decimal("1.2"))
        assert (row.promised_grade, row.promised_light) == (Grade.BEHIND, Light.RED)
        assert "应达1.2万人" in row.reason
        assert "应达2.4万人" in row.promised_reason
    jobs = stage.task("jobs")
    assert (jobs.light, jobs.promised_light, jobs.promised_grade) == (Light.GREEN, Light.RED, Grade.BEHIND)
    change = GradeChange.objects.filter(task=jobs, part=TASK_PART).first()
    assert change is not None
    assert (change.from_light, change.to_light) == (Light.RED, Light.GREEN)


def test_a_part_extended_leaves_the_others_as_they_are_and_the_task_worst_by_the_promise(stage: Stage) -> None:
    roads = stage.task("roads")
    stage.approve(stage.open(6), roads, content_for(roads), day=4)
    bridge = roads.outcomes.get(object="幸福桥")
    wish = ask_extension(
        task=roads,
        outcome=bridge,
        due_on=date(2026, 9, 30),
        reason="汛期停工。",
        actor=stage.cast.office_staff,
        now=NOW,
    )
    amended(stage, wish)
    rows = {row.part: row for row in Standing.objects.filter(task=roads, month=month(6))}
    assert rows[bridge.part_key].light == ""
    assert rows[bridge.part_key].promised_light == Light.RED
    assert [part for part, row in rows.items() if row.is_amended] == [bridge.part_key, TASK_PART]
    assert rows[TASK_PART].promised_light == Light.RED
    assert "幸福桥" in rows[TASK_PART].promised_reason
    assert rows[TASK_PART].light != Light.RED
