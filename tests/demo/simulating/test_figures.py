"""Simulated figures: exact, within what is possible, and such that the stocktake takes them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duixian.assessing import Grade, Observation, TargetFacts, Thresholds, assess_target
from duixian.demo.chance import Chance
from duixian.demo.simulating import figures
from duixian.demo.simulating.lives import Course, Life
from duixian.periods import months_of_year
from duixian.reading import Accrual, Comparator, Polarity, QuantityKind, Stage

YEAR = 2026
MONTHS = months_of_year(YEAR)
JUNE = date(YEAR, 6, 1)


def facts(value: str, unit: str, **changes: object) -> TargetFacts:
    """A flow to reach, unless changed."""
    plain = TargetFacts(
        name="新增数",
        unit=unit,
        comparator=Comparator.AT_LEAST,
        kind=QuantityKind.AMOUNT,
        polarity=Polarity.MORE,
        accrual=Accrual.FLOW,
        value=Decimal(value),
        year=YEAR,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def course(life: Life, seed: str = "seed") -> Course:
    return Course(life, Chance(seed), "target")


TARGETS = st.sampled_from(
    [
        facts("4.3", "万人"),
        facts("350", "亿元"),
        facts("450", "家"),
        facts("3", "个", stage=Stage.COMPLETE),
        facts("420", "公里", stage=Stage.COMPLETE, due_on=date(YEAR, 9, 30)),
        facts("1.5", "个百分点", kind=QuantityKind.INCREMENT, accrual=Accrual.STOCK),
        facts("6", "%", kind=QuantityKind.GROWTH, accrual=Accrual.RUNNING),
        facts("98", "%", kind=QuantityKind.RATE, accrual=Accrual.STOCK, at_all_times=True),
        facts("70", "%", kind=QuantityKind.RATE, accrual=Accrual.STOCK, baseline=Decimal("66.1")),
        facts("100", "%", kind=QuantityKind.RATE, accrual=Accrual.DATED, due_on=date(YEAR, 6, 30)),
        facts("34", "微克/立方米", polarity=Polarity.LESS, comparator=Comparator.AT_MOST, accrual=Accrual.RUNNING),
        facts("1.7", "亿吨", polarity=Polarity.NEAR, comparator=Comparator.ABOUT),
        facts("44", "个", accrual=Accrual.STOCK, stage=Stage.ADVANCE),
    ]
)
LIVES = st.sampled_from(list(Life))


def planned(target: TargetFacts) -> TargetFacts:
    """The target with a plan of its own."""
    return replace(target, monthly_plan=figures.monthly_plan(target))


SEEDS = st.text(max_size=6)


@given(TARGETS | TARGETS.map(planned), LIVES, SEEDS)
def test_figures_are_possible(target: TargetFacts, life: Life, seed: str) -> None:
    values = figures.year_figures(target, course(life, seed))
    assert list(values) == MONTHS
    assert all(value.is_finite() for value in values.values())
    if target.kind is not QuantityKind.GROWTH:
        assert all(value >= 0 for value in values.values())
    if target.kind is QuantityKind.RATE:
        assert all(value <= 100 for value in values.values())
    if target.accrual is Accrual.FLOW:
        assert list(values.values()) == sorted(values.values())
    if target.unit in ("个", "家"):
        assert all(value == value.to_integral_value() for value in values.values())


@given(TARGETS, LIVES, SEEDS)
def test_figures_have_few_decimals(target: TargetFacts, life: Life, seed: str) -> None:
    for value in figures.year_figures(target, course(life, seed)).values():
        exponent = value.as_tuple().exponent
        assert isinstance(exponent, int)
        assert -2 <= exponent <= 0


@given(TARGETS)
def test_a_plan_rises_to_its_target_by_its_limit(target: TargetFacts) -> None:
    plan = figures.monthly_plan(target)
    values = [plan[month] for month in MONTHS]
    assert values == sorted(values)
    limit = target.due_on.month if target.due_on else 12
    assert target.value is not None
    assert values[limit - 1] >= target.value


@given(SEEDS)
def test_lives_are_graded_as_they_are_called(seed: str) -> None:
    target = facts("350", "亿元")
    expected = {Life.AHEAD: Grade.AHEAD, Life.STEADY: Grade.ON_PACE, Life.SLOW: Grade.BEHIND, Life.BEHIND: Grade.BEHIND}
    for life, grade in expected.items():
        values = figures.year_figures(target, course(life, seed))
        seen = replace(target, observations=tuple(Observation(m, v) for m, v in values.items() if m <= JUNE))
        result = assess_target(seen, month=JUNE, today=date(YEAR, 7, 3), thresholds=Thresholds())
        assert result.grade is grade, (life, result.reason)


@given(SEEDS)
def test_who_catches_up_was_behind_and_is_not(seed: str) -> None:
    target = facts("350", "亿元")
    values = figures.year_figures(target, course(Life.CATCHING_UP, seed))
    for month, grade in ((date(YEAR, 2, 1), Grade.BEHIND), (JUNE, Grade.ON_PACE)):
        seen = replace(target, observations=tuple(Observation(m, v) for m, v in values.items() if m <= month))
        assert assess_target(seen, month=month, today=month, thresholds=Thresholds()).grade is grade


@given(TARGETS, st.integers(1, 11), SEEDS)
def test_a_story_goes_on_without_a_jump_back(target: TargetFacts, told: int, seed: str) -> None:
    values = figures.year_figures(target, course(Life.SLOW, seed))
    known = {month: value for month, value in values.items() if month.month <= told}
    later = figures.continued(target, known, MONTHS[told:])
    assert list(later) == MONTHS[told:]
    if target.accrual is Accrual.FLOW:
        assert list(later.values()) == sorted(later.values())
        assert later[MONTHS[told]] >= max(known.values())


def test_nothing_told_nothing_continued() -> None:
    assert figures.continued(facts("5", "个"), {}, MONTHS) == {}


def test_a_baseline_is_on_the_far_side() -> None:
    more = figures.baseline(facts("70", "%", kind=QuantityKind.RATE, accrual=Accrual.STOCK), course(Life.STEADY))
    less = figures.baseline(
        facts("30", "%", kind=QuantityKind.RATE, accrual=Accrual.STOCK, polarity=Polarity.LESS), course(Life.STEADY)
    )
    assert more < 70
    assert less > 30


@given(SEEDS)
def test_last_year_adds_up_to_somewhat_less(seed: str) -> None:
    months = figures.last_year(facts("350", "亿元"), course(Life.STEADY, seed))
    assert list(months) == months_of_year(YEAR - 1)
    assert list(months.values()) == sorted(months.values())
    assert Decimal(290) < months[date(YEAR - 1, 12, 1)] < Decimal(345)
