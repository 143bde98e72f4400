"""Commitments without a number, and numbers set off by nothing but a gap."""

from datetime import date

from duixian.reading import Reading, read_text


def _items(reading: Reading) -> list[tuple[int | str, str | None, str, tuple[str, ...]]]:
    return [(t.number, t.section, t.text, t.leads) for t in reading.tasks]


def test_units_on_the_line_below() -> None:
    text = """2026年为民办实事项目
一、教育惠民
新建公办幼儿园4所。
责任单位：区教育局
完成时限：2026年8月底前
改造操场9个、厕所26座。
责任单位：区教育局、区财政局
二、健康惠民
为6500名老年人免费体检。
责任单位：区卫健局
"""
    reading = read_text(text)
    assert _items(reading) == [
        (1, "教育惠民", "新建公办幼儿园4所。", ("区教育局",)),
        (2, "教育惠民", "改造操场9个、厕所26座。", ("区教育局",)),
        (3, "健康惠民", "为6500名老年人免费体检。", ("区卫健局",)),
    ]
    assert [d.date for d in reading.tasks[0].deadlines] == [date(2026, 8, 31)]
    third = reading.tasks[2].span
    assert reading.text[third.start : third.end] == "为6500名老年人免费体检。"


def test_units_in_brackets_behind_bullets() -> None:
    text = """东岭市2026年城建重点工作
●新建城市公园3座、口袋公园12个。（责任单位：市园林局；时限：10月底）
●建成停车位2600个。（责任单位：市城投公司；时限：年底）
"""
    reading = read_text(text)
    assert _items(reading) == [
        (1, None, "新建城市公园3座、口袋公园12个。", ("市园林局",)),
        (2, None, "建成停车位2600个。", ("市城投公司",)),
    ]


def test_units_before_a_colon() -> None:
    text = """北川县2026年重点工作责任清单
市教育局：新建幼儿园5所，新增学位1500个。
市住建局、市城管局：改造老旧小区18个，新增停车位900个。
"""
    assert _items(read_text(text)) == [
        (1, None, "新建幼儿园5所，新增学位1500个。", ("市教育局",)),
        (2, None, "改造老旧小区18个，新增停车位900个。", ("市住建局",)),
    ]


def test_a_report_that_names_a_unit_twice_is_no_list() -> None:
    told = "2026年，全市上下要坚持稳中求进，着力扩大内需，着力优化结构，新增规上企业20户，确保经济平稳运行。\n"
    named = ("新建公园3座。（市住建局、市园林局）\n", "新增床位300张。（市民政局、市财政局）\n")
    text = f"2026年政府工作报告\n{told * 3}{named[0]}{told * 3}{named[1]}{told}"
    assert read_text(text).document.kind == "article"


def test_numbers_set_off_by_a_gap_count_where_they_count_on() -> None:
    text = """西塘县2026年重点任务台账
01 地区生产总值增长6.5%。
牵头单位：县发改局
02 新增规上企业12户。
牵头单位：县工信局
03 完成技改投资9亿元。
牵头单位：县工信局
"""
    assert [(t.number, t.text) for t in read_text(text).tasks] == [
        (1, "地区生产总值增长6.5%。"),
        (2, "新增规上企业12户。"),
        (3, "完成技改投资9亿元。"),
    ]


def test_numbers_of_two_parts() -> None:
    text = """2026年重点工作任务分解
1 稳增长
1.1 地区生产总值增长6%。（县发改局牵头，县统计局配合）
1.2 电商交易额突破20亿元。（县商务局牵头）
2 促改革
2.1 完成改革任务12项。（县国资中心牵头，9月底前完成）
"""
    assert [(t.number, t.section) for t in read_text(text).tasks] == [
        ("1.1", "稳增长"),
        ("1.2", "稳增长"),
        ("2.1", "促改革"),
    ]


def test_words_that_begin_with_a_digit_behind_their_number() -> None:
    text = """2026年重点任务分解
1.新建公园2座，绿地
3.5万平方米。（牵头单位：市园林局）
2.12345热线按期办结率99%。（牵头单位：市信访局）
3.6月底前完成方案编制。（牵头单位：市发改委）
4.5G网络全覆盖。（牵头单位：市工信局）
5.新增学位300个。（牵头单位：市教育局）
"""
    assert [(t.number, t.text) for t in read_text(text).tasks] == [
        (1, "新建公园2座，绿地3.5万平方米。"),
        (2, "12345热线按期办结率99%。"),
        (3, "6月底前完成方案编制。"),
        (4, "5G网络全覆盖。"),
        (5, "新增学位300个。"),
    ]
