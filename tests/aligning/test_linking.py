"""Links beyond the worked table: places, projects, phrases, and what an alignment always keeps."""

from __future__ import annotations

from itertools import pairwise

import pytest

from duixian.aligning import LinkRelation, Shortfall, align, commitments_of
from duixian.aligning.projects import likeness
from duixian.demo.city import county_plans, list_path
from duixian.reading import Stage, read, read_text
from tests.aligning.pages import phrases


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("抽水蓄能电站", "石门抽水蓄能电站"),
        ("国道341甲镇至乙镇段改造", "341国道改扩建"),
        ("新河口至青石地方铁路", "新河口地方铁路"),
        ("安全生产治本攻坚三年行动", "治本攻坚三年行动"),
        ("信访工作法治化", "信访工作法治化"),
    ],
)
def test_one_project_however_it_is_called(one: str, other: str) -> None:
    assert likeness(one, other, proper=True) >= 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("国道341改造", "309国道改扩建"),
        ("现代林麝产业基地", "现代医药产业基地"),
        ("新能源项目", "分布式新能源"),
        ("县人民医院", "市妇幼保健院"),
        ("第一中学", "第二中学"),
    ],
)
def test_two_projects(one: str, other: str) -> None:
    assert likeness(one, other) < 0.7


def test_a_project_that_stands_in_another_county_is_another() -> None:
    city = commitments_of(
        read_text(
            "2026年重点任务清单\n一、乙县政府牵头工作\n1.建设文化馆2个。\n"
            "二、市能源局牵头工作\n2.乙县抽水蓄能电站年底前开工。\n"
        )
    )
    plan = phrases("推动抽水蓄能电站年底前开工", "甲县")
    assert LinkRelation.SAME_PROJECT not in {link.relation for link in align(city, {"甲县": plan}).links}
    own = phrases("推动抽水蓄能电站年底前开工", "乙县")
    assert LinkRelation.SAME_PROJECT in {link.relation for link in align(city, {"乙县": own}).links}


def test_the_surest_link_of_a_phrase_comes_first() -> None:
    plans = {county: commitments_of(read(path)) for county, path in county_plans().items()}
    links = align(commitments_of(read(list_path())), plans).links
    for before, after in pairwise(links):
        if before.commitment is after.commitment:
            assert before.confidence >= after.confidence or before.relation is not after.relation


def test_every_phrase_is_where_it_says_and_short() -> None:
    for path in county_plans().values():
        reading = read(path)
        for phrase in commitments_of(reading):
            assert phrase.span is not None
            assert reading.text[phrase.span.start : phrase.span.end] == phrase.text
            assert 0 < len(phrase.text) <= 60


def test_the_order_of_the_counties_changes_nothing() -> None:
    city = commitments_of(read(list_path()))
    plans = {county: commitments_of(read(path)) for county, path in list(county_plans().items())[:3]}
    one = align(city, plans, plans_expected=3)
    other = align(city, dict(reversed(plans.items())), plans_expected=3)
    assert set(one.links) == set(other.links)
    assert [c.committed for c in one.coverage] == [c.committed for c in other.coverage]


def test_a_clause_the_reader_passed_over_is_a_phrase_with_its_state() -> None:
    text = "# 石门县：今年怎么干\n\n2026年，石门县将新建公园3座。石门抽水蓄能电站力争完成核准。新建广场2个。\n"
    found = {phrase.indicator: phrase for phrase in commitments_of(read_text(text))}
    station = found["石门抽水蓄能电站"]
    assert station.stage is Stage.APPROVE
    assert station.strive


def test_paper_work_on_things_is_no_part_of_the_things() -> None:
    link = align(phrases("开工建设水厂20座", "市"), {"甲县": phrases("谋划水厂5座", "甲县")}).links[0]
    assert link.text == "谋划水厂5座"
    assert link.relation is LinkRelation.SUPPORTS
    assert Shortfall.OTHER_MEASURE in link.shortfalls


@pytest.mark.parametrize(
    ("said", "several"),
    [
        ("到2030年，粮食产量达到30亿斤", True),
        ("“十五五”时期，粮食产量达到30亿斤", True),
        ("粮食产量年均增长2%", True),
        ("到2030年粮食产量达到30亿斤，今年粮食产量达到24亿斤", False),
        ("2026年粮食产量达到24亿斤", False),
        ("全年粮食产量达到24亿斤", False),
    ],
)
def test_a_figure_of_several_years_is_no_part_of_one(said: str, several: bool) -> None:
    found = [phrase for phrase in phrases(said, "甲县") if phrase.has_figure][-1]
    assert found.several_years is several
    links = align(phrases("粮食产量达到22亿斤", "市"), {"甲县": [found]}).links
    assert (LinkRelation.CONTRIBUTES in {link.relation for link in links}) is not several


def test_a_rise_is_no_part_of_a_level() -> None:
    plan = phrases("粮食产量比上年增加0.2亿斤", "甲县")
    (covered,) = align(phrases("粮食产量达到22亿斤", "市"), {"甲县": plan}).coverage
    assert covered.committed == 0
