"""Sums of counties' figures: exact, each figure once, and what a sum says of the plans not read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from duixian.aligning import Coverage, CoverageState, align, commitments_of, coverage_of, state_of
from duixian.reading import read_text
from tests.aligning.pages import phrases


def covered(city: str, **counties: str) -> tuple[Coverage, ...]:
    """The sums of one item of the city over several counties, all read."""
    plans = {name: phrases(text, name) for name, text in counties.items()}
    return align(phrases(city, "市"), plans, plans_expected=len(plans)).coverage


@pytest.mark.parametrize(
    ("part", "read", "expected", "state"),
    [
        ("1.2", 1, 14, CoverageState.OVER),
        ("1.1999", 14, 14, CoverageState.COVERED),
        ("1", 1, 14, CoverageState.COVERED),
        ("0.9999", 14, 14, CoverageState.GAP),
        ("0.5", 12, 14, CoverageState.GAP),
        ("0.5", 11, 14, CoverageState.INCOMPLETE),
        ("0", 14, 14, CoverageState.GAP),
        ("0.5", 14, None, CoverageState.INCOMPLETE),
    ],
)
def test_states(part: str, read: int, expected: int | None, state: CoverageState) -> None:
    assert state_of(Decimal(part), read, expected) is state


def test_a_figure_said_twice_counts_once() -> None:
    (one,) = covered("新改建农村公路100公里", 甲县="新改建农村公路30公里，确保新改建农村公路30公里年底前全部完工")
    assert one.committed == 30


def test_two_figures_of_one_kind_add_up() -> None:
    (one,) = covered("新改建农村公路100公里", 甲县="新改建农村公路30公里", 乙县="新改建农村公路45.5公里")
    assert (one.committed, one.share, one.counties) == (Decimal("75.5"), Decimal("0.755"), ("甲县", "乙县"))


def test_a_part_is_in_its_whole_already() -> None:
    (one,) = covered("完成营造林12万亩", 甲县="完成营造林3.4万亩，其中人工造林1.5万亩")
    assert one.committed == Decimal("3.4")


def test_a_part_alone_counts_towards_the_part_and_the_whole() -> None:
    whole, part = covered("新入库“四上”企业450家以上，其中规上工业企业80家以上", 甲县="新入库规上工业企业6家")
    assert (whole.committed, part.committed) == (6, 6)


def test_a_county_that_names_the_whole_adds_no_parts() -> None:
    whole, part = covered(
        "新入库“四上”企业450家以上，其中规上工业企业80家以上",
        甲县="新入库“四上”企业22家，其中规上工业企业6家",
    )
    assert (whole.committed, part.committed) == (22, 6)


@pytest.mark.parametrize(
    "city",
    [
        "地区生产总值增长6%左右",
        "优良天数比例达到80%以上",
        "PM2.5浓度控制在30微克/立方米以下",
        "市级研发经费投入再增加2000万元",
        "每万人口高价值发明专利拥有量达到3.2件",
        "推动石门水库年底前开工",
    ],
)
def test_what_counties_cannot_carry_has_no_sum(city: str) -> None:
    assert covered(city, 甲县="办好运动会") == ()


def test_what_one_county_owes_has_no_sum() -> None:
    city = commitments_of(read_text("2026年重点任务清单\n一、甲县政府牵头工作\n1.建设完整社区5个。\n"))
    assert align(city, {"甲县": phrases("建设完整社区5个", "甲县")}).coverage == ()


def test_a_sum_without_a_refused_link() -> None:
    """A person refuses one link and joins another: the sum follows the links it is given."""
    city = phrases("新改建农村公路100公里", "市")
    plans = {"甲县": phrases("新改建农村公路30公里", "甲县"), "乙县": phrases("新改建农村公路50公里", "乙县")}
    links = align(city, plans).links
    (one,) = coverage_of(city, links[:1], plans_read=2, plans_expected=2)
    assert (one.committed, one.counties) == (30, ("甲县",))
    joined = replace(links[0], county="丙县")
    (one,) = coverage_of(city, [*links, joined], plans_read=3, plans_expected=3)
    assert one.committed == 110


def test_nothing_to_align() -> None:
    nothing = align((), {})
    assert (nothing.links, nothing.unmatched, nothing.coverage) == ((), (), ())
    alone = align(phrases("新改建农村公路100公里", "市"), {})
    assert [one.state for one in alone.coverage] == [CoverageState.INCOMPLETE]
