"""Lists read in a number of queries that does not grow with them, and count the same whoever asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from duixian.assessing import Grade, Light
from duixian.bulletins.figures import quarter_figures
from duixian.periods import Quarter
from duixian.reading import Reading
from duixian.reading import Stage as State
from duixian.register.commands import approve_milestones, file_milestones
from duixian.register.models import Outcome, Task
from duixian.register.queries import plans_of, sections_with_counts, tasks_with_parts
from duixian.reporting.commands._grading import assess_parts, promises_of
from duixian.reporting.deadlines import dues_between, tasks_due_between
from duixian.reporting.enums import Progress
from duixian.reporting.facts import gather
from duixian.reporting.listings import (
    courses_of,
    doubts_of_reports,
    last_reports,
    lights_at,
    nodes_of,
    reports_of_round,
    with_content,
    with_standing_at,
)
from duixian.reporting.models import Round
from duixian.reporting.queries import (
    completeness,
    counts_by_section,
    grade_counts,
    light_counts,
    light_counts_by_month,
    reports_to_review,
    standings_of,
    tasks_behind_pace,
    tasks_not_reported,
    unit_completeness,
)
from tests.cast import at, build_cast
from tests.factories.play import Stage, after, content_for, month, set_stage
from tests.factories.readings import growth, item, outcome, quantity, reading_of

FEW, MANY = 3, 12
# the dearest list: a whole quarter with all its parts
MOST = 25


def list_of(size: int) -> Reading:
    """Tasks alike but for their number: each with an amount, a growth, an outcome and a figure for each county."""
    units = ("市人社局", "市住建局", "市发改委")
    numbers = count(1)
    return reading_of(
        *[
            item(
                f"新增{n}号就业5万人以上,{n}号收入增长6%,{n}号桥建成,每个县区{n}号食堂1个。",
                [units[n % 3]],
                quantities=[
                    quantity(f"新增{n}号就业5万人以上", f"{n}号就业", "5", "万人"),
                    growth(f"{n}号收入增长6%", f"{n}号收入", "6"),
                    quantity(f"{n}号食堂1个", f"{n}号食堂", "1", "个", per="县区"),
                ],
                outcomes=[outcome(f"{n}号桥建成", f"{n}号桥", State.COMPLETE)],
            )
            for n in (next(numbers) for _ in range(size))
        ]
    )


def running(size: int) -> Stage:
    """Two months gone by: March locked with all approved, April open with drafts and reports to review."""
    stage = set_stage(build_cast(), list_of(size))
    march = stage.open(3)
    for task in stage.plan.tasks.all():
        bridge = task.outcomes.get()
        filer = stage.cast.crew(task.reporting_unit).liaison
        file_milestones(task=task, outcome=bridge, nodes=[("合龙", month(9))], actor=filer, now=at(3, 1))
        approve_milestones(task=task, actor=stage.cast.office_staff, now=at(3, 1))
        stage.approve(march, task, content_for(task, "1.2"))
    stage.lock(march)
    april = stage.open(4)
    for task in stage.plan.tasks.all():
        stage.submit(april, task, content_for(task, "1.3"))
    return stage


def tasks_of(stage: Stage) -> Any:
    return Task.objects.visible_to(stage.cast.office_staff).filter(plan=stage.plan)


def april(stage: Stage) -> Round:
    return stage.plan.rounds.get(month=month(4))


def assessed(stage: Stage) -> list[Any]:
    tasks = list(tasks_with_parts(tasks_of(stage)))
    known = gather(tasks, month=month(4), today=after(month(4), 6).date())
    thresholds = stage.plan.thresholds()
    return [assess_parts(promises_of(task), known, thresholds) for task in tasks]


def doubts(stage: Stage) -> dict[int, dict[str, str]]:
    reports = list(with_content(april(stage).reports.select_related("round")))
    return doubts_of_reports(reports, {t.pk: t for t in tasks_with_parts(tasks_of(stage))})


def ids(stage: Stage) -> list[int]:
    return list(tasks_of(stage).values_list("pk", flat=True))


LISTS: dict[str, Callable[[Stage], Any]] = {
    "assessing": assessed,
    "unit_completeness": lambda s: unit_completeness(april(s), tasks_of(s)),
    "completeness": lambda s: completeness(april(s), tasks_of(s)),
    "counts_by_section": lambda s: [str(row.section.unit) for row in counts_by_section(s.plan, tasks_of(s))],
    "grade_counts": lambda s: grade_counts(tasks_of(s)),
    "light_counts": lambda s: light_counts(tasks_of(s)),
    "light_counts_by_month": lambda s: light_counts_by_month(s.plan, tasks_of(s)),
    "tasks_not_reported": lambda s: [str(t.section) for t in tasks_not_reported(tasks_of(s))],
    "tasks_behind_pace": lambda s: [f"{t.section}{t.reporting_unit}" for t in tasks_behind_pace(tasks_of(s))],
    "tasks_due_between": lambda s: list(tasks_due_between(tasks_of(s), month(1), month(12))),
    "standings_of": lambda s: standings_of(list(tasks_of(s))),
    "reports_to_review": lambda s: [
        (str(r.task.section), r.unit.name, [f.indicator.name for f in r.figures.all()], [str(n) for n in r.nodes.all()])
        for r in reports_to_review(april(s), tasks_of(s))
    ],
    "with_standing_at": lambda s: [t.light_then for t in with_standing_at(tasks_of(s), month(3))],
    "courses_of": lambda s: courses_of(list(tasks_of(s))),
    "nodes_of": lambda s: nodes_of(list(tasks_of(s))),
    "lights_at": lambda s: lights_at(tasks_of(s), month(3)),
    "last_reports": lambda s: [
        [f.indicator.name for f in r.figures.all()] for r in last_reports(ids(s), month(4)).values()
    ],
    "reports_of_round": lambda s: [r.unit.name for r in reports_of_round(april(s), ids(s)).values()],
    "doubts_of_reports": doubts,
    "plans_of": lambda s: [p.government.name for p in plans_of(s.cast.office_staff)],
    "sections_with_counts": lambda s: [str(x.unit) for x in sections_with_counts(s.plan)],
    "quarter_figures": lambda s: quarter_figures(s.plan, Quarter(2026, 2)).by_section(),
}


def queries_with(size: int) -> dict[str, int]:
    """Queries of each list in a plan of that size, built for this and undone."""
    point = transaction.savepoint()
    stage = running(size)
    assert tasks_of(stage).count() == size
    counts = {}
    for name, read in LISTS.items():
        with CaptureQueriesContext(connection) as captured:
            assert read(stage) is not None
        counts[name] = len(captured)
    transaction.savepoint_rollback(point)
    return counts


@pytest.mark.django_db
def test_a_longer_list_asks_no_more_queries() -> None:
    few = queries_with(FEW)
    assert queries_with(MANY) == few
    assert max(few.values()) <= MOST, few


def test_assessing_needs_no_query_for_a_single_task(stage: Stage) -> None:
    """All that is known is gathered before; the calculation itself asks nothing."""
    tasks = list(tasks_with_parts(tasks_of(stage)))
    known = gather(tasks, month=month(3), today=after(month(3), 6).date())
    thresholds = stage.plan.thresholds()
    with CaptureQueriesContext(connection) as captured:
        for task in tasks:
            assert assess_parts(promises_of(task), known, thresholds)
    assert len(captured) == 0


# what the counts say


def test_units_that_owe_most_come_first(stage: Stage) -> None:
    round = stage.open(3)
    for name in ("jobs", "income"):
        stage.approve(round, stage.task(name), content_for(stage.task(name), "5"))
    stage.submit(round, stage.task("air"), content_for(stage.task("air"), "28"), day=9)
    stage.save(round, stage.task("gdp"), content_for(stage.task("gdp")))
    rows = unit_completeness(round, tasks_of(stage))
    told = [(str(unit), c.owed, c.submitted, c.late, c.untouched) for unit, c in rows.items()]
    assert told == [
        ("市发改委", 4, 0, 0, 3),
        ("市住建局", 3, 0, 0, 3),
        ("市人社局", 3, 2, 0, 1),
        ("市农业农村局", 1, 0, 0, 1),
        ("市生态环境局", 1, 1, 1, 0),
    ]
    whole = completeness(round, tasks_of(stage))
    assert (whole.owed, whole.submitted, whole.late, whole.untouched) == (12, 3, 1, 8)


def test_totals_count_only_what_one_may_see(stage: Stage) -> None:
    round = stage.open(3)
    stage.approve(round, stage.task("jobs"), content_for(stage.task("jobs"), "5"))
    seen = {who: Task.objects.visible_to(account) for who, account in stage.cast.everybody.items()}
    for who, size in (("office_head", 12), ("liaison", 3), ("county_head", 3), ("security_admin", 0), ("outsider", 0)):
        tasks = seen[who]
        assert sum(grade_counts(tasks).values()) == size
        assert sum(light_counts(tasks).values()) == size
        assert sum(row.total for row in counts_by_section(stage.plan, tasks)) == size
        assert completeness(round, tasks).owed == size
        assert sum(light_counts_by_month(stage.plan, tasks)[month(3)].values()) == size if size else True


def test_a_month_without_a_report_shows_how_a_task_last_stood(stage: Stage) -> None:
    for number, value in ((3, "0.9"), (5, "2.1")):
        stage.approve(stage.open(number), stage.task("jobs"), content_for(stage.task("jobs"), value))
    stage.open(4)
    pk = stage.task("jobs").pk
    tasks = tasks_of(stage)
    assert {n: lights_at(tasks, month(n))[pk] for n in (2, 3, 4, 5)} == {2: "", 3: "RED", 4: "RED", 5: "GREEN"}
    assert with_standing_at(tasks, month(4)).get(pk=pk).light_then == Light.RED
    assert with_standing_at(tasks, None).get(pk=pk).grade_then == Grade.ON_PACE
    by_month = light_counts_by_month(stage.plan, tasks)
    assert {m.month: counts["RED"] for m, counts in by_month.items()} == {3: 1, 4: 1, 5: 0}
    assert all(sum(counts.values()) == 12 for counts in by_month.values())


def test_the_last_standings_alone_are_the_ends_of_the_courses(stage: Stage) -> None:
    for number, value in ((3, "0.9"), (5, "2.1")):
        stage.approve(stage.open(number), stage.task("jobs"), content_for(stage.task("jobs"), value))
    tasks = list(tasks_of(stage))
    for upto in (None, month(4)):
        whole, last = courses_of(tasks, upto), courses_of(tasks, upto, only_last=True)
        assert any(len(course) > 1 for parts in whole.values() for course in parts.values())
        assert last == {pk: {part: course[-1:] for part, course in parts.items()} for pk, parts in whole.items()}


def test_behind_is_red_before_yellow_and_missing_in_printed_order(stage: Stage) -> None:
    round = stage.open(3)
    for name, value in (("gdp", "5.8"), ("prices", "9"), ("jobs", "1.1"), ("air", "90")):
        stage.approve(round, stage.task(name), content_for(stage.task(name), value))
    stage.lock(round)
    assert [(t.number, t.light) for t in tasks_behind_pace(tasks_of(stage))] == [
        ("2", "RED"),
        ("12", "RED"),
        ("1", "YELLOW"),
        ("5", "YELLOW"),
    ]
    missing = [t.number for t in tasks_not_reported(tasks_of(stage))]
    assert missing == ["3", "4", "6", "7", "8", "9", "10", "11"]


def test_what_falls_due_has_a_stated_limit_and_is_not_done(stage: Stage) -> None:
    round = stage.open(3)
    assert [t.number for t in tasks_due_between(tasks_of(stage), month(1), month(12))] == ["3", "8"]
    stage.approve(round, stage.task("resuming"), content_for(stage.task("resuming"), "100"))
    assert [t.number for t in tasks_due_between(tasks_of(stage), month(1), month(12))] == ["8"]


def test_what_falls_due_inside_a_task_counts_until_it_is_reached(stage: Stage) -> None:
    """A node a unit filed, and an outcome with a limit of its own, are due although the task runs to December."""
    roads = stage.task("roads")
    outcome = roads.outcomes.get(object="幸福桥")
    Outcome.objects.filter(pk=outcome.pk).update(is_implied=False, due_on=date(2026, 7, 20))
    Task.objects.filter(pk=roads.pk).update(limit_text="")
    days = (date(2026, 7, 6), date(2026, 8, 5))
    [due] = [d for d in dues_between(tasks_of(stage), *days) if d.task == roads]
    assert (due.on, due.what, due.others) == (date(2026, 7, 20), str(outcome), 0)
    assert roads in tasks_due_between(tasks_of(stage), *days)
    stage.approve(
        stage.open(3), roads, content_for(roads, progress={"幸福桥": Progress.REACHED}, done_on=date(2026, 4, 1))
    )
    assert roads not in tasks_due_between(tasks_of(stage), *days)
    assert all(d.task != roads for d in dues_between(tasks_of(stage), *days))


@pytest.mark.django_db
def test_one_phrase_with_two_figures_says_which_is_behind() -> None:
    words = "产业链、专业镇营收均增长12%以上"
    both = [growth(words, "产业链营收", "12"), growth(words, "专业镇营收", "12")]
    stage = set_stage(build_cast(), reading_of(item(f"{words}。", ["市发改委"], quantities=both)))
    task = stage.plan.tasks.get()
    chain, towns = task.targets.all()
    content = content_for(task, "13")
    slow = [replace(f, value=Decimal(9 if f.indicator_id == towns.indicator_id else 13)) for f in content.figures]
    stage.approve(stage.open(3), task, replace(content, figures=tuple(slow)))
    task.refresh_from_db()
    assert task.light == "RED"
    assert task.reason.startswith(f"{towns.indicator.name}：")
    assert chain.part_name != towns.part_name
