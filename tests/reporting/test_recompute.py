"""Computing anew finds what step by step was found: after any history, twice, broken off, and from nothing."""

import random
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duixian.assessing import Grade, Light
from duixian.indicators.enums import ValueStatus
from duixian.periods import months_of_year
from duixian.reporting.commands import override_grade, publish_value, recompute_tasks
from duixian.reporting.commands._computing import compute
from duixian.reporting.enums import Progress as NodeProgress
from duixian.reporting.models import GradeChange, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.recomputing import Progress, recompute_plan
from tests.cast import at
from tests.factories.play import Stage, content_for, month

MONTHS = months_of_year(2026)
NOW = at(11, 3)
FOUND = [f.name for f in Standing._meta.concrete_fields if f.name not in ("id", "assessed_at")]
NAMES = ("jobs", "gdp", "income", "roads", "coverage", "canteens")


def standings() -> dict[Any, Any]:
    return {(r["task"], r["part"], r["month"]): r for r in Standing.objects.values(*FOUND)}


def marks(stage: Stage) -> list[Any]:
    fields = ("order", "grade", "light", "reason", "graded_month", "is_overridden", "promised_light")
    return list(stage.plan.tasks.values_list(*fields))


def history(stage: Stage, seed: int) -> None:
    """Three months in some order of reports, a statistic late, a lock, a person's word."""
    dice = random.Random(seed)
    for number in (3, 4, 5):
        round = stage.open(number)
        names = dice.sample(NAMES, k=dice.randint(3, len(NAMES)))
        for name in names:
            task = stage.task(name)
            value = {"canteens": dice.choice("01")}.get(name, f"{dice.uniform(0.4, 9):.1f}")
            done = {"progress": NodeProgress.REACHED, "done_on": date(2026, number, 20)} if dice.random() < 0.3 else {}
            stage.approve(round, task, content_for(task, value, is_confirmed=True, **done), day=dice.randint(3, 9))
        if dice.random() < 0.7:
            stage.lock(round)
    publish_value(
        indicator=stage.target("gdp").indicator,
        month=month(4),
        value=Decimal("5.9"),
        status=ValueStatus.FINAL,
        source="年报",
        actor=stage.cast.office_staff,
        now=at(6, 25),
    )
    override_grade(
        task=stage.task("jobs"),
        grade=Grade.ON_PACE,
        light=Light.GREEN,
        reason="口径调整。",
        expires_on=date(2026, 12, 31),
        actor=stage.cast.office_staff,
        now=at(6, 26),
    )


def again(stage: Stage, **more: Any) -> Any:
    return recompute_plan(plan=stage.plan, months=MONTHS, actor=stage.cast.office_staff, now=NOW, **more)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_from_scratch_equals_step_by_step_in_any_order(stage: Stage, seed: int) -> None:
    history(stage, seed)
    known, shown, changes = standings(), marks(stage), GradeChange.objects.count()
    result = again(stage)
    assert (result.standings, result.changes) == (0, 0)
    assert (standings(), marks(stage), GradeChange.objects.count()) == (known, shown, changes)
    # whatever became of the rows, they come back
    Standing.objects.exclude(grade=Grade.NOT_REPORTED).update(
        grade="BEHIND", light="RED", reason="乱", expected=None, promised_light="RED", computed_grade="", decided_by="x"
    )
    stage.plan.tasks.update(light="RED", reason="乱")
    assert again(stage).standings > 0
    assert (standings(), marks(stage)) == (known, shown)


def test_months_that_were_lost_are_found_again(stage: Stage) -> None:
    history(stage, 4)
    kept = ("grade", "light", "other", "expected", "actual", "ratio", "gap", "decided_by")
    known = {key: [row[name] for name in kept] for key, row in standings().items()}
    Standing.objects.exclude(grade=Grade.NOT_REPORTED).delete()
    again(stage)
    assert {key: [row[name] for name in kept] for key, row in standings().items()} == known


def test_broken_off_it_goes_on_where_it_was(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.reporting.recomputing.BATCH", 4)
    history(stage, 5)
    known = standings()
    Standing.objects.exclude(grade=Grade.NOT_REPORTED).update(light="RED", reason="乱")
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        again(stage, progress=stop)
    assert seen[-1].done == 8
    rest = again(stage, after=seen[-1].last)
    assert rest.tasks == seen[-1].total - 8
    assert standings() == known


def test_the_number_of_queries_does_not_grow_with_the_tasks(stage: Stage) -> None:
    round = stage.open(3)
    for name in NAMES:
        stage.approve(round, stage.task(name), content_for(stage.task(name), "1", is_confirmed=True))
    counts = []
    for names in (NAMES[:2], NAMES):
        pks = [stage.task(name).pk for name in names]
        Standing.objects.filter(task__in=pks).update(light="GREY")
        with CaptureQueriesContext(connection) as asked:
            recompute_tasks(plan=stage.plan, tasks=pks, months=MONTHS, actor=stage.cast.office_staff, now=NOW)
        counts.append(len([q for q in asked if "savepoint" not in q["sql"].lower()]))
    # a group of members is read once more
    assert counts[1] <= counts[0] + 4
    assert Standing.objects.filter(light="GREY", part=TASK_PART).count() == 0


def test_what_happens_while_it_is_computed_is_not_overwritten(stage: Stage) -> None:
    """A figure that arrives between reading and writing: the batch is found again, and knows of it."""
    round = stage.open(3)
    for name in NAMES:
        stage.approve(round, stage.task(name), content_for(stage.task(name), "1", is_confirmed=True))
    pks = list(stage.plan.tasks.values_list("pk", flat=True))
    computed = compute(plan=stage.plan, tasks=pks, months=MONTHS, now=NOW)
    stage.approve(stage.open(4), stage.task("roads"), content_for(stage.task("roads"), "3"))
    known = standings()
    everything = {"plan": stage.plan, "tasks": pks, "months": MONTHS, "actor": stage.cast.office_staff, "now": NOW}
    assert recompute_tasks(**everything, computed=computed).changes == 0
    assert standings() == known


def test_own_acts_do_not_make_it_start_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was computed ahead of the acts before it, as processes beside do, still holds when its turn comes."""
    monkeypatch.setattr("duixian.reporting.recomputing.BATCH", 4)
    history(stage, 6)
    known = standings()
    Standing.objects.exclude(grade=Grade.NOT_REPORTED).update(light="RED", reason="乱")

    def ahead(plan: Any, orders: Any, beside: int) -> Any:
        assert beside == 2
        return nullcontext([compute(plan=plan, tasks=o.tasks, months=o.months, now=o.now) for o in orders])

    monkeypatch.setattr("duixian.reporting.recomputing._computed", ahead)
    found_again = Mock(side_effect=compute)
    monkeypatch.setattr("duixian.reporting.commands.recompute.compute", found_again)
    assert again(stage, beside=2).tasks == stage.plan.tasks.count()
    assert (standings(), found_again.call_count) == (known, 0)
