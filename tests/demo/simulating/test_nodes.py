"""Simulated nodes: in order, before the limit, for every stage; late lives are late."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from duixian.demo.chance import Chance
from duixian.demo.simulating import nodes
from duixian.demo.simulating.lives import Life
from duixian.reading import Stage

STAGES = st.sampled_from(list(Stage))
LIMITS = st.dates(date(2026, 1, 31), date(2026, 12, 31))


@given(STAGES, LIMITS, st.sampled_from(list(Life)), st.text(max_size=5))
def test_every_stage_has_nodes_in_order_before_its_limit(stage: Stage, limit: date, life: Life, seed: str) -> None:
    found = nodes.nodes_for(stage, limit, life, Chance(seed), "object")
    assert found
    days = [node.due_on for node in found]
    assert days == sorted(days)
    # a limit before March leaves no way for nodes to be spread over
    assert limit < date(2026, 3, 1) or days[-1] <= limit


@given(STAGES, st.text(max_size=5))
def test_who_is_ahead_is_never_late(stage: Stage, seed: str) -> None:
    found = nodes.nodes_for(stage, date(2026, 12, 31), Life.AHEAD, Chance(seed), "object")
    assert all(node.done_on < node.due_on for node in found)
    assert nodes.reached_on(date(2026, 12, 31), Life.AHEAD, Chance(seed), "object") < date(2026, 12, 31)


def test_who_is_behind_is_mostly_late() -> None:
    limit = date(2026, 12, 31)
    ends = [nodes.reached_on(limit, Life.BEHIND, Chance(str(seed)), "object") for seed in range(100)]
    assert sum(end > limit for end in ends) > 50
