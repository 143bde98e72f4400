"""What must hold where several figures meet: against another series, for every member, over a task's parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from duixian.assessing import (
    Firmness,
    Light,
    NodeFacts,
    Observation,
    OutcomeFacts,
    TargetFacts,
    Thresholds,
    assess_outcome,
    worst,
)
from duixian.reading import Accrual, Comparator, Polarity, QuantityKind
from tests.assessing.test_properties import (
    MONTHS,
    RANK,
    assessed,
    facts,
    figures,
    moments,
    outcomes,
    series,
    with_figure,
)

NAMES = ("东县", "南县", "西县")
FACTORS = st.sampled_from(["0.0001", "0.25", "3", "7", "10000"])
KEPT = ("grade", "light", "other", "ratio", "days_late", "days_early", "pace_source", "data_month")


def observed(values: dict[date, Decimal]) -> tuple[Observation, ...]:
    return tuple(Observation(month, value) for month, value in values.items())


@st.composite
def relations(draw: st.DrawFn, *, units: tuple[str, ...] = ("%", "‰", "亿元")) -> TargetFacts:
    """A figure set against another series, by a promised lead or none."""
    return TargetFacts(
        name="居民收入增长",
        unit=draw(st.sampled_from(units)),
        comparator=draw(st.sampled_from([Comparator.AT_LEAST, Comparator.ABOVE, Comparator.EQUAL, Comparator.ABOUT])),
        kind=draw(st.sampled_from(QuantityKind)),
        polarity=draw(st.sampled_from([Polarity.MORE, Polarity.LESS])),
        accrual=Accrual.RUNNING,
        value=draw(st.none() | st.decimals(min_value=0, max_value=5, places=1)),
        due_on=draw(st.sampled_from([None, date(2026, 6, 15), date(2026, 9, 30)])),
        year=2026,
        observations=observed(draw(series)),
        against=observed(draw(series)),
        against_name="经济增长",
    )


@st.composite
def for_every_member(draw: st.DrawFn) -> TargetFacts:
    """Any target, owed by three counties, each with figures of its own."""
    alone = draw(facts())
    return replace(alone, observations=(), members={name: observed(draw(series)) for name in NAMES}, per="县区")


def with_members_figure(target: TargetFacts, name: str, month: date, value: Decimal) -> TargetFacts:
    one = with_figure(replace(target, observations=(target.members or {})[name]), month, value)
    return replace(target, members={**(target.members or {}), name: one.observations})


def is_no_worse(before: Light | None, after: Light | None) -> bool:
    """Of two lights that can be compared."""
    return before not in RANK or after not in RANK or RANK[after] >= RANK[before]


def worse_first(polarity: Polarity, one: Decimal, two: Decimal) -> list[Decimal]:
    return sorted((one, two), reverse=polarity is Polarity.LESS)


@given(relations(), moments(), st.sampled_from(MONTHS), figures, figures)
def test_more_of_the_own_figure_never_worsens_a_relation(
    target: TargetFacts, moment: dict[str, Any], month: date, one: Decimal, two: Decimal
) -> None:
    worse, better = worse_first(target.polarity, one, two)
    before, after = (assessed(with_figure(target, month, value), moment).light for value in (worse, better))
    assert is_no_worse(before, after)


@given(relations(), moments(), st.sampled_from(MONTHS), figures, figures)
def test_more_of_the_other_figure_never_betters_a_relation(
    target: TargetFacts, moment: dict[str, Any], month: date, one: Decimal, two: Decimal
) -> None:
    easier, harder = worse_first(target.polarity, one, two)
    lights = []
    for value in (harder, easier):
        other = with_figure(replace(target, observations=target.against or ()), month, value).observations
        lights.append(assessed(replace(target, against=other), moment).light)
    assert is_no_worse(*lights)


@given(relations(units=("亿元",)), moments(), FACTORS)
def test_the_unit_of_measure_does_not_matter_to_a_relation(
    target: TargetFacts, moment: dict[str, Any], factor: str
) -> None:
    def scaled(given: Any) -> tuple[Observation, ...]:
        return tuple(replace(o, value=o.value * Decimal(factor)) for o in given)

    other_unit = replace(
        target,
        value=None if target.value is None else target.value * Decimal(factor),
        observations=scaled(target.observations),
        against=scaled(target.against),
    )
    plain, converted = assessed(target, moment), assessed(other_unit, moment)
    assert [getattr(converted, name) for name in KEPT] == [getattr(plain, name) for name in KEPT]


@given(relations(), moments(), st.randoms(use_true_random=False), st.sampled_from(Firmness))
def test_the_order_of_figures_does_not_matter_to_a_relation(
    target: TargetFacts, moment: dict[str, Any], random: Any, firmness: Firmness
) -> None:
    def firm(given: Any) -> list[Observation]:
        return [replace(o, firm=((firmness, o.value),)) for o in given]

    own, other = firm(target.observations), firm(target.against)
    known = assessed(replace(target, observations=own, against=other), moment)
    random.shuffle(own)
    random.shuffle(other)
    assert assessed(replace(target, observations=own, against=other), moment) == known


@given(for_every_member(), moments(), st.sampled_from(NAMES), st.sampled_from(MONTHS), figures, figures)
def test_a_members_progress_never_worsens_the_light(
    target: TargetFacts, moment: dict[str, Any], name: str, month: date, one: Decimal, two: Decimal
) -> None:
    if target.polarity is Polarity.NEAR:
        target = replace(target, polarity=Polarity.MORE)
    worse, better = worse_first(target.polarity, one, two)
    before, after = (assessed(with_members_figure(target, name, month, value), moment) for value in (worse, better))
    assert is_no_worse(before.light, after.light)
    assert (after.members_done or 0) >= (before.members_done or 0)


@given(for_every_member(), moments(), st.permutations(NAMES))
def test_the_order_of_members_and_of_their_figures_does_not_matter(
    target: TargetFacts, moment: dict[str, Any], names: list[str]
) -> None:
    members = target.members or {}
    turned = replace(target, members={name: tuple(reversed(members[name])) for name in names})
    assert assessed(turned, moment) == assessed(target, moment)


@given(for_every_member(), moments())
def test_a_target_of_members_is_as_bad_as_its_worst_member(target: TargetFacts, moment: dict[str, Any]) -> None:
    whole = assessed(target, moment)
    alone = [
        assessed(replace(target, members=None, observations=own), moment) for own in (target.members or {}).values()
    ]
    assert (whole.grade, whole.light) in {(one.grade, one.light) for one in alone}
    if Light.RED in {one.light for one in alone}:
        assert whole.light is Light.RED


@given(st.lists(facts(), min_size=1, max_size=4), outcomes, moments(), st.data())
def test_progress_of_one_part_never_worsens_the_task(
    targets: list[TargetFacts], outcome: OutcomeFacts, moment: dict[str, Any], data: st.DataObject
) -> None:
    """Targets and a cooperating unit's part with its nodes; one figure is better, or one node done."""
    targets = [replace(t, polarity=Polarity.MORE if t.polarity is Polarity.NEAR else t.polarity) for t in targets]
    place = data.draw(st.integers(0, len(targets) - 1))
    month, one, two = data.draw(st.sampled_from(MONTHS)), data.draw(figures), data.draw(figures)
    worse, better = worse_first(targets[place].polarity, one, two)
    done = [replace(node, done_on=moment["today"]) for node in outcome.milestones]
    assert is_no_worse(
        _of_task(targets, place, month, worse, outcome, moment),
        _of_task(targets, place, month, better, replace(outcome, milestones=_first_done(outcome, done)), moment),
    )


def _first_done(outcome: OutcomeFacts, done: list[NodeFacts]) -> list[NodeFacts]:
    return [*done[:1], *outcome.milestones[1:]]


def _of_task(
    targets: list[TargetFacts], place: int, month: date, value: Decimal, part: OutcomeFacts, moment: dict[str, Any]
) -> Light | None:
    told = [with_figure(t, month, value) if n == place else t for n, t in enumerate(targets)]
    parts = [(f"部分{n}", assessed(t, moment)) for n, t in enumerate(told)]
    parts.append(("分工", assess_outcome(part, **moment, thresholds=Thresholds())))
    return worst(parts, Thresholds())[1].light


@given(st.lists(st.tuples(facts(), moments()), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter_to_the_light(
    cases: list[tuple[TargetFacts, dict[str, Any]]], random: Any
) -> None:
    parts = [(f"部分{number}", assessed(*case)) for number, case in enumerate(cases)]
    _, known = worst(parts, Thresholds())
    random.shuffle(parts)
    _, turned = worst(parts, Thresholds())
    assert (turned.grade, turned.light) == (known.grade, known.light)
