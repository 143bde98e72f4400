"""Plans aligned as people align them: the sample city's six, and a real one where it lies beside the repository."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from duixian.aligning import Alignment, CoverageState, LinkRelation, Shortfall, align, commitments_of
from duixian.demo.city import county_plans, list_path
from duixian.reading import read
from tests.aligning.scoring import read_gold, score
from tests.shared import SHARED, needs_shared

GOLD = Path(__file__).parent / "gold" / "huaichuan.tsv"


@pytest.fixture(scope="module")
def huaichuan() -> Alignment:
    plans = {county: commitments_of(read(path)) for county, path in county_plans().items()}
    return align(commitments_of(read(list_path())), plans, plans_expected=6)


def test_the_sample_citys_plans_are_linked_as_by_hand(huaichuan: Alignment) -> None:
    found = score(read_gold(GOLD), huaichuan)
    assert found.f1 >= 0.97, (found.missed, found.invented)
    assert found.shares_right == 1.0
    assert found.first >= 0.93
    assert found.refused >= 0.65


def test_the_sample_city_shows_every_case_a_county_page_has(huaichuan: Alignment) -> None:
    states = Counter(one.state for one in huaichuan.coverage if one.links)
    assert {CoverageState.GAP, CoverageState.COVERED, CoverageState.OVER} <= set(states)
    assert {one.city_task for one in huaichuan.coverage if one.state is CoverageState.OVER} == {39}
    less = {(link.county, link.city_task): link.shortfalls for link in huaichuan.links}
    assert Shortfall.LOWER_STAGE in less["石簪县", 90]
    assert Shortfall.LOWER_STAGE in less["桑渡县", 58]
    assert Shortfall.LATER_LIMIT in less["芦泉县", 58]
    assert Shortfall.NO_FIGURE in less["石簪县", 89]
    assert "培育绿色工厂3家" in {one.text for one in huaichuan.unmatched if one.county == "霜桥区"}


def test_a_sum_is_exact_and_in_the_targets_unit(huaichuan: Alignment) -> None:
    sums = {(one.city_task, one.unit): one.committed for one in huaichuan.coverage}
    assert sums[63, "亿斤"] == Decimal("21.9")  # of 1.1亿斤, 3.1亿公斤, 1.1亿公斤 and others
    assert sums[19, "亿元"] == Decimal("7.55")
    assert sums[88, "万千瓦"] == Decimal("86")  # 100兆瓦, 260兆瓦, 30万千瓦, 20万千瓦
    assert sums[39, "万亩"] == Decimal("15.1")  # 其中人工造林1.5万亩 is in 3.4万亩 already


def test_what_one_county_owes_no_other_carries(huaichuan: Alignment) -> None:
    """完整社区 is the first county's task; the second builds some too, which counts for nothing there."""
    relations = {link.county: link.relation for link in huaichuan.links if link.city_task == 96}
    assert relations == {"岫阳区": LinkRelation.CONTRIBUTES, "霜桥区": LinkRelation.SUPPORTS}


@needs_shared
def test_a_real_plan_is_linked_as_by_hand() -> None:
    city = commitments_of(read(SHARED / "documents" / "004-changzhi-city-task-list.txt"))
    county = commitments_of(read(SHARED / "documents" / "001-qinyuan-county-plan.txt"))
    gold = read_gold(SHARED / "dev-gold" / "alignment-001.json")
    found = score(gold, align(city, {"001": county}))
    assert found.f1 >= 0.95, (found.missed, found.invented)
    assert found.shares_right >= 0.95
    assert found.first >= 0.8
    assert found.refused >= 0.85
