"""What units file: monthly plans, nodes; and the thresholds a city sets."""

import re
from datetime import date
from decimal import Decimal

import pytest

from duixian.assessing import Thresholds
from duixian.audit.command import InvalidInput, WrongState
from duixian.register.commands import (
    approve_milestones,
    approve_monthly_plan,
    file_milestones,
    file_monthly_plan,
    send_back_monthly_plan,
    set_threshold,
)
from duixian.register.enums import FilingState
from duixian.register.models import Milestone, MonthlyPlan, Outcome, Target
from duixian.register.queries import filings_to_decide, plan_figures_in_force
from tests.cast import at
from tests.factories.play import Stage, month

NOW = at(3, 1)
JOBS = {month(3): Decimal("1.2"), month(6): Decimal("2.4"), month(12): Decimal("4.8")}


def file(stage: Stage, figures: dict[date, Decimal] = JOBS, name: str = "jobs") -> MonthlyPlan:
    target = stage.target(name)
    liaison = stage.cast.crew(target.task.reporting_unit).liaison
    return file_monthly_plan(target=target, figures=figures, actor=liaison, now=NOW)


def approve(stage: Stage, plan: MonthlyPlan) -> MonthlyPlan:
    return approve_monthly_plan(monthly_plan=plan, actor=stage.cast.office_staff, now=NOW)


def in_force(target: Target) -> dict[date, Decimal]:
    return {m: row.value for m, row in plan_figures_in_force([target]).get(target.pk, {}).items()}


def test_a_plan_counts_once_it_is_approved(stage: Stage) -> None:
    plan = file(stage)
    assert in_force(stage.target("jobs")) == {}
    assert list(filings_to_decide(stage.plan)) == [plan]
    approve(stage, plan)
    assert in_force(stage.target("jobs")) == JOBS
    assert not filings_to_decide(stage.plan).exists()


def test_a_new_plan_replaces_the_old_which_is_kept(stage: Stage) -> None:
    first = approve(stage, file(stage))
    later = {**JOBS, month(6): Decimal("2.0")}
    second = approve(stage, file(stage, later))
    assert in_force(stage.target("jobs")) == later
    first.refresh_from_db()
    assert (first.state, second.state) == (FilingState.REPLACED, FilingState.APPROVED)
    assert first.figures.count() == 3


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({}, "至少"),
        ({date(2025, 3, 1): Decimal(5)}, "2026年"),
        ({date(2026, 3, 31): Decimal(5)}, "2026年"),
        ({month(3): Decimal(3), month(6): Decimal(2), month(12): Decimal(5)}, "累计"),
        ({month(3): Decimal(1), month(12): Decimal("4.79")}, "没有达到"),
        ({month(3): Decimal(-1), month(12): Decimal("4.8")}, "负数"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(stage: Stage, figures: dict[date, Decimal], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        file(stage, figures)
    assert not MonthlyPlan.objects.exists()


def test_a_ceiling_is_planned_below_itself(stage: Stage) -> None:
    """A plan to stay under what is allowed is no shortfall, and a level may fall."""
    file(stage, {month(6): Decimal(29), month(12): Decimal(28)}, "air")
    Target.objects.filter(pk=stage.target("air").pk).update(accrual="flow")
    file(stage, {month(6): Decimal(12), month(12): Decimal(28)}, "air")
    assert MonthlyPlan.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "figures", "limit", "words"),
    [
        ("coverage", {month(6): Decimal(65), month(12): Decimal(69)}, None, "（12月）的计划数69没有达到目标值70"),
        ("coverage", {month(6): Decimal(70)}, None, ""),
        ("coverage", {month(6): Decimal(69), month(12): Decimal(70)}, date(2026, 6, 30), "（6月）的计划数69没有达到"),
        ("coverage", {month(9): Decimal(70)}, date(2026, 6, 30), "没有到期限（6月）为止的数"),
        (
            "jobs",
            {month(6): Decimal(4), month(12): Decimal("4.8")},
            date(2026, 6, 30),
            "（6月）的计划数4没有达到目标值4.8",
        ),
    ],
)
def test_a_plan_ends_at_the_target_by_its_limit(
    stage: Stage, name: str, figures: dict[date, Decimal], limit: date | None, words: str
) -> None:
    if limit is not None:
        Target.objects.filter(pk=stage.target(name).pk).update(due_on=limit)
    if not words:
        assert file(stage, figures, name).figures.count() == len(figures)
        return
    with pytest.raises(InvalidInput, match=re.escape(words)):
        file(stage, figures, name)


def test_a_level_that_is_to_fall_comes_down_to_its_target(stage: Stage) -> None:
    """A level of at most 30, and the adjusted 35 in its place once that is in force."""
    Target.objects.filter(pk=stage.target("coverage").pk).update(polarity="less", comparator="<=", value=Decimal(30))
    with pytest.raises(InvalidInput, match="计划数33没有降到目标值30"):
        file(stage, {month(6): Decimal(40), month(12): Decimal(33)}, "coverage")
    Target.objects.filter(pk=stage.target("coverage").pk).update(amended_value=Decimal(35))
    assert file(stage, {month(6): Decimal(40), month(12): Decimal(33)}, "coverage").pk


def test_a_level_may_fall_on_its_way(stage: Stage) -> None:
    file(stage, {month(3): Decimal(65), month(6): Decimal(64), month(12): Decimal(70)}, "coverage")
    assert MonthlyPlan.objects.get().figures.count() == 3


def test_a_plan_is_decided_once(stage: Stage) -> None:
    office = stage.cast.office_staff
    plan = file(stage)
    stale = MonthlyPlan.objects.get(pk=plan.pk)
    send_back_monthly_plan(monthly_plan=plan, note="前松后紧，请重排。", actor=office, now=NOW)
    for seen in (plan, stale):
        with pytest.raises(WrongState):
            approve_monthly_plan(monthly_plan=seen, actor=office, now=NOW)
        with pytest.raises(WrongState):
            send_back_monthly_plan(monthly_plan=seen, note="再退。", actor=office, now=NOW)
    assert MonthlyPlan.objects.get().note == "前松后紧，请重排。"


def test_a_plan_is_not_sent_back_without_a_word(stage: Stage) -> None:
    with pytest.raises(InvalidInput):
        send_back_monthly_plan(monthly_plan=file(stage), note=" ", actor=stage.cast.office_staff, now=NOW)


def test_nodes_count_once_they_are_approved(stage: Stage) -> None:
    task = stage.task("roads")
    bridge = task.outcomes.get(object="幸福桥")
    building = stage.cast.building.liaison
    file_milestones(task=task, outcome=bridge, nodes=[("合龙", date(2026, 4, 30))], actor=building, now=NOW)
    file_milestones(task=task, nodes=[("招标", date(2026, 3, 31))], actor=building, now=NOW)
    assert set(Milestone.objects.values_list("state", flat=True)) == {FilingState.FILED}
    assert approve_milestones(task=task, actor=stage.cast.office_staff, now=NOW) == 2
    assert set(Milestone.objects.values_list("state", flat=True)) == {FilingState.APPROVED}
    with pytest.raises(WrongState):
        approve_milestones(task=task, actor=stage.cast.office_staff, now=NOW)


def test_a_new_set_takes_the_place_of_the_one_in_force_which_is_kept(stage: Stage) -> None:
    task, office = stage.task("roads"), stage.cast.office_staff
    bridge, building = task.outcomes.get(object="幸福桥"), stage.cast.building.liaison

    def filed(*nodes: tuple[str, date], outcome: Outcome | None = None) -> None:
        file_milestones(task=task, outcome=outcome, nodes=nodes, actor=building, now=NOW)
        approve_milestones(task=task, actor=office, now=NOW)

    filed(("招标", date(2026, 3, 31)), ("验收", date(2026, 11, 30)))
    filed(("合龙", date(2026, 4, 30)), outcome=bridge)
    tender = Milestone.objects.get(name="招标")
    filed(("招标", date(2026, 5, 31)), ("竣工", date(2026, 12, 20)))
    rows = Milestone.objects.order_by("due_on").values_list("name", "due_on__month", "state")
    assert list(rows) == [
        ("招标", 3, FilingState.REPLACED),
        ("合龙", 4, FilingState.APPROVED),
        ("招标", 5, FilingState.APPROVED),
        ("验收", 11, FilingState.REPLACED),
        ("竣工", 12, FilingState.APPROVED),
    ]
    # what was reported of a node goes on with it
    tender.refresh_from_db()
    assert (tender.due_on, tender.state) == (date(2026, 5, 31), FilingState.APPROVED)


def test_what_waits_is_replaced_by_what_is_filed_after_it(stage: Stage) -> None:
    for day in (10, 20):
        nodes = [("招标", date(2026, 3, day))]
        file_milestones(task=stage.task("roads"), nodes=nodes, actor=stage.cast.building.liaison, now=NOW)
    assert approve_milestones(task=stage.task("roads"), actor=stage.cast.office_staff, now=NOW) == 1
    assert list(Milestone.objects.filter(state=FilingState.APPROVED).values_list("due_on__day", flat=True)) == [20]


@pytest.mark.parametrize("nodes", [[], [("", month(3))], [("  ", month(3))], [("长" * 201, month(3))]])
def test_a_node_says_what_is_done(stage: Stage, nodes: list[tuple[str, date]]) -> None:
    with pytest.raises(InvalidInput):
        file_milestones(task=stage.task("roads"), nodes=nodes, actor=stage.cast.building.liaison, now=NOW)


def test_a_node_leads_to_an_outcome_of_its_own_task(stage: Stage) -> None:
    with pytest.raises(InvalidInput):
        file_milestones(
            task=stage.task("jobs"),
            outcome=stage.task("roads").outcomes.first(),
            nodes=[("招标", date(2026, 3, 31))],
            actor=stage.cast.labour.liaison,
            now=NOW,
        )


def test_thresholds_are_the_defaults_until_a_city_sets_them(stage: Stage) -> None:
    assert stage.plan.thresholds() == Thresholds()
    for name, value in (("yellow_ratio", "0.85"), ("node_warning_days", "30"), ("not_reported_counts_as_red", "1")):
        set_threshold(plan=stage.plan, name=name, value=Decimal(value), actor=stage.cast.office_head, now=NOW)
    set_threshold(plan=stage.plan, name="yellow_ratio", value=Decimal("0.8"), actor=stage.cast.office_head, now=NOW)
    assert stage.plan.thresholds() == Thresholds(
        yellow_ratio=Decimal("0.8"), node_warning_days=30, not_reported_counts_as_red=True
    )
    assert isinstance(stage.plan.thresholds().node_warning_days, int)


@pytest.mark.parametrize(
    ("name", "value"),
    [("no_such", "1"), ("yellow_ratio", "-0.1"), ("node_warning_days", "2.5"), ("yellow_ratio", "NaN")],
)
def test_a_threshold_that_means_nothing_is_refused(stage: Stage, name: str, value: str) -> None:
    with pytest.raises(InvalidInput):
        set_threshold(plan=stage.plan, name=name, value=Decimal(value), actor=stage.cast.office_head, now=NOW)
    assert stage.plan.thresholds() == Thresholds()
