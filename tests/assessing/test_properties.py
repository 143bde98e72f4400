"""What must hold for every target: more is never worse, units of measure and order do not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from duixian.assessing import (
    Assessment,
    Grade,
    Light,
    NodeFacts,
    Observation,
    OutcomeFacts,
    TargetFacts,
    Thresholds,
    assess_outcome,
    assess_target,
    worst,
)
from duixian.periods import month_end, months_of_year
from duixian.reading import Accrual, Comparator, Polarity, QuantityKind, Stage

MONTHS = months_of_year(2026)
# better is higher
RANK = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2, Light.BLUE: 3}

figures = st.decimals(min_value=0, max_value=2000, places=2)
targets = st.decimals(min_value=1, max_value=1000, places=1)
series = st.dictionaries(st.sampled_from(MONTHS), figures, max_size=6)


@st.composite
def facts(draw: st.DrawFn, *, units: tuple[str, ...] = ("亿元", "个", "%", "‰")) -> TargetFacts:
    """Any target that is no relation and has no members."""
    due = draw(st.sampled_from([None, date(2026, 3, 31), date(2026, 6, 15), date(2026, 9, 30)]))
    return TargetFacts(
        name="指标",
        unit=draw(st.sampled_from(units)),
        comparator=Comparator.AT_LEAST,
        kind=draw(st.sampled_from(QuantityKind)),
        polarity=draw(st.sampled_from(Polarity)),
        accrual=draw(st.sampled_from(Accrual)),
        value=draw(targets),
        stage=draw(st.sampled_from([None, *Stage])),
        due_on=due,
        year=2026,
        at_all_times=draw(st.booleans()),
        baseline=draw(st.none() | figures),
        monthly_plan=draw(st.none() | series),
        last_year=draw(st.none() | series),
        observations=tuple(Observation(month, value) for month, value in draw(series).items()),
        available_until=draw(st.none() | st.sampled_from(MONTHS)),
        will_be_met=draw(st.booleans()),
    )


@st.composite
def moments(draw: st.DrawFn) -> dict[str, Any]:
    """A month and a day near its end."""
    month = draw(st.sampled_from(MONTHS))
    return {"month": month, "today": month_end(month) + timedelta(days=draw(st.integers(-20, 40)))}


def assessed(target: TargetFacts, moment: dict[str, Any]) -> Assessment:
    return assess_target(target, **moment, thresholds=Thresholds())


def with_figure(target: TargetFacts, month: date, value: Decimal) -> TargetFacts:
    """The target with one more figure, replacing that month's."""
    others = [o for o in target.observations if o.month != month]
    return replace(target, observations=(*others, Observation(month, value)))


@given(facts(), moments(), st.sampled_from(MONTHS), figures, figures)
def test_a_better_figure_never_worsens_the_light(
    target: TargetFacts, moment: dict[str, Any], month: date, one: Decimal, two: Decimal
) -> None:
    worse, better = _worse_first(target, one, two)
    before = assessed(with_figure(target, month, worse), moment).light
    after = assessed(with_figure(target, month, better), moment).light
    if before in RANK and after in RANK:
        assert RANK[after] >= RANK[before]


def _worse_first(target: TargetFacts, one: Decimal, two: Decimal) -> tuple[Decimal, Decimal]:
    """By the good side; "about" only compares on one side, and only where what is about does not move."""
    low, high = sorted((one, two))
    if target.polarity is Polarity.MORE:
        return low, high
    if target.polarity is Polarity.LESS:
        # a promised fall counts its size; these facts promise none
        return high, low
    assert target.value is not None
    assume(target.accrual is not Accrual.FLOW and target.kind is not QuantityKind.INCREMENT)
    assume((low >= target.value) or (high <= target.value))
    return (high, low) if low >= target.value else (low, high)


@given(facts(units=("亿元",)), moments(), st.sampled_from(["0.0001", "0.25", "3", "7", "10000"]))
def test_the_unit_of_measure_does_not_matter(target: TargetFacts, moment: dict[str, Any], factor: str) -> None:
    plain, scaled = assessed(target, moment), assessed(_scaled(target, Decimal(factor)), moment)
    kept = ("grade", "light", "other", "ratio", "days_late", "days_early", "pace_source", "data_month")
    assert [getattr(scaled, name) for name in kept] == [getattr(plain, name) for name in kept]


def _scaled(target: TargetFacts, factor: Decimal) -> TargetFacts:
    def by_month(values: Any) -> Any:
        return None if values is None else {month: value * factor for month, value in values.items()}

    assert target.value is not None
    return replace(
        target,
        value=target.value * factor,
        baseline=None if target.baseline is None else target.baseline * factor,
        monthly_plan=by_month(target.monthly_plan),
        last_year=by_month(target.last_year),
        observations=tuple(replace(o, value=o.value * factor) for o in target.observations),
    )


@given(facts(), moments(), st.randoms(use_true_random=False))
def test_the_order_of_figures_does_not_matter(target: TargetFacts, moment: dict[str, Any], random: Any) -> None:
    shuffled = list(target.observations)
    random.shuffle(shuffled)
    assert assessed(replace(target, observations=shuffled), moment) == assessed(target, moment)


@given(facts(), moments())
def test_grade_light_and_reason_go_together(target: TargetFacts, moment: dict[str, Any]) -> None:
    result = assessed(target, moment)
    lights = {
        Grade.COMPLETED: {Light.BLUE},
        Grade.AHEAD: {Light.GREEN},
        Grade.ON_PACE: {Light.GREEN},
        Grade.BEHIND: {Light.YELLOW, Light.RED},
        Grade.NOT_REPORTED: {Light.GREY},
        Grade.OTHER: {None},
    }
    assert result.light in lights[result.grade]
    assert (result.other is not None) == (result.grade is Grade.OTHER)
    assert result.reason
    assert not result.reason.endswith(("。", "，"))
    assert not set("-,;:()E ") & set(result.reason)


@given(facts(), moments())
def test_a_figure_after_the_month_is_not_looked_at(target: TargetFacts, moment: dict[str, Any]) -> None:
    later = [o for o in target.observations if o.month > moment["month"]]
    past = replace(target, observations=[o for o in target.observations if o.month <= moment["month"]])
    assume(later)
    assert assessed(past, moment) == assessed(target, moment)


nodes = st.builds(
    NodeFacts,
    name=st.just("节点"),
    due_on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    done_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    will_be_met=st.booleans(),
)
outcomes = st.builds(
    OutcomeFacts,
    name=st.just("成果"),
    stage=st.sampled_from(Stage),
    due_on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    reached_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    will_be_met=st.booleans(),
    milestones=st.lists(nodes, max_size=4),
)


@given(outcomes, moments(), st.integers(0, 3))
def test_a_node_done_never_worsens_the_light(outcome: OutcomeFacts, moment: dict[str, Any], index: int) -> None:
    assume(index < len(outcome.milestones))
    milestones = list(outcome.milestones)
    milestones[index] = replace(milestones[index], done_on=moment["today"])
    before = assess_outcome(outcome, **moment, thresholds=Thresholds()).light
    after = assess_outcome(replace(outcome, milestones=milestones), **moment, thresholds=Thresholds()).light
    if before in RANK and after in RANK:
        assert RANK[after] >= RANK[before]


@given(outcomes, moments())
def test_reaching_the_outcome_is_done(outcome: OutcomeFacts, moment: dict[str, Any]) -> None:
    reached = replace(outcome, reached_on=moment["today"])
    assert assess_outcome(reached, **moment, thresholds=Thresholds()).grade is Grade.COMPLETED


@given(st.lists(st.tuples(facts(), moments()), min_size=1, max_size=5))
def test_a_task_is_as_bad_as_one_of_its_parts(cases: list[tuple[TargetFacts, dict[str, Any]]]) -> None:
    parts = [(f"部分{number}", assessed(*case)) for number, case in enumerate(cases)]
    index, result = worst(parts, Thresholds())
    assert index is not None
    assert (result.grade, result.light) == (parts[index][1].grade, parts[index][1].light)
    for alarm in (Light.RED, Light.GREY, Light.YELLOW):
        if any(part.light is alarm for _, part in parts):
            assert result.light in (Light.RED, Light.GREY, Light.YELLOW)
    if result.grade is Grade.COMPLETED:
        assert all(part.grade is Grade.COMPLETED for _, part in parts)


@given(figures, figures)
def test_blank_is_not_zero(target: Decimal, plan: Decimal) -> None:
    assume(target > 0 and plan > 0)
    blank = TargetFacts(
        "指标", "亿元", Comparator.AT_LEAST, QuantityKind.AMOUNT, Polarity.MORE, Accrual.FLOW, target, year=2026,
        monthly_plan={date(2026, 6, 1): plan, date(2026, 12, 1): plan * 2},
    )  # fmt: skip
    moment = {"month": date(2026, 6, 1), "today": date(2026, 7, 6)}
    assert assessed(blank, moment).light is Light.GREY
    assert assessed(with_figure(blank, date(2026, 6, 1), Decimal(0)), moment).light is Light.RED
