"""A task's history: one line of time from the trail and the tables, for whoever sees the task."""

from datetime import date

from django.urls import reverse

from duixian.register.commands import acknowledge_duties, assign_tasks, divide_task, set_sponsors
from duixian.reporting.models import Round
from tests.cast import at
from tests.console.conftest import Visit
from tests.factories.play import Stage, content_for


def history(stage: Stage, visit: Visit, who: object) -> list[str]:
    page = visit(who).get(reverse("task", args=[stage.task("roads").pk]))  # type: ignore[arg-type]
    return [f"{e.text} {e.by}".strip() for e in (*page.context["events"], *page.context["older_events"])]


def test_everything_stands_in_one_line_of_time(stage: Stage, may: Round, visit: Visit) -> None:
    cast, roads = stage.cast, stage.task("roads")
    (duty,) = assign_tasks(plan=stage.plan, tasks=[roads], actor=cast.office_head, now=at(7, 2))
    people = {"accountable_person": "甲副局长", "liaison_name": "乙科长"}
    acknowledge_duties(duties=[duty], **people, actor=cast.building.head, now=at(7, 3))
    due = date(2026, 8, 31)
    divide_task(
        task=roads, unit=cast.county.unit, text="征地拆迁", due_on=due, actor=cast.building.liaison, now=at(7, 4)
    )
    set_sponsors(task=roads, leaders=[cast.leader], actor=cast.office_staff, now=at(7, 5))
    told = history(stage, visit, cast.county.liaison)
    assert told[0] == "确定包联领导：包联领导 leader 云溪市政府督查室 office"
    assert told[1] == "分工：单位 云东区政府；事项 征地拆迁；期限 2026-08-31 市住建局 building-liaison"
    assert "责任人 甲副局长" in told[2]
    assert told[3] == "交办市住建局 office-head"
    assert told[-1].startswith("立项：《云溪市2026年重点任务清单》")
    assert any(line.endswith("上报，building-head签") for line in told)


def test_drafts_are_nobodys_business(stage: Stage, june: Round, visit: Visit) -> None:
    before = history(stage, visit, stage.cast.county.liaison)
    stage.save(june, stage.task("roads"), content_for(stage.task("roads")))
    assert history(stage, visit, stage.cast.county.liaison) == before
    assert visit(stage.cast.labour.liaison).get(reverse("task", args=[stage.task("roads").pk])).status_code == 404
