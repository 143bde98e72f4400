"""The public face: two short plans, one of everything."""

from decimal import Decimal

from duixian.aligning import CoverageState, LinkRelation, Shortfall, align, commitments_of
from duixian.reading import read_text

CITY = (
    "2026年重点任务清单\n一、市科技局牵头工作\n1.全年技术合同成交额达到11亿元。\n"
    "二、市发改委牵头工作\n2.地区生产总值增长6%左右。\n3.石门抽水蓄能电站6月底前开工。\n"
)
COUNTY = (
    "2026年甲县重点任务清单\n1.技术合同成交额9000万元以上。\n2.地区生产总值增长5%。\n3.力争石门抽水蓄能电站完成核准。\n"
)


def test_one_of_everything() -> None:
    city, county = commitments_of(read_text(CITY)), commitments_of(read_text(COUNTY))
    found = align(city, {"甲县": county}, plans_expected=1)
    assert [(link.city_task, link.relation) for link in found.links] == [
        (1, LinkRelation.CONTRIBUTES),
        (2, LinkRelation.SAME_RATE),
        (3, LinkRelation.SAME_PROJECT),
    ]
    money, growth, project = found.links
    assert money.share == Decimal("0.9") / Decimal("11")
    assert growth.share is None
    assert growth.shortfalls == (Shortfall.LOWER_RATE,)
    assert project.shortfalls[0] is Shortfall.LOWER_STAGE
    (covered,) = found.coverage
    assert (covered.committed, covered.unit, covered.state) == (Decimal("0.9"), "亿元", CoverageState.GAP)
