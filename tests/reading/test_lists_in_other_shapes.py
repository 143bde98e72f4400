"""Lists that are not set one numbered line a commitment: in parts, on one line, with shapes and second annexes."""

from datetime import date

import pytest

from duixian.reading import read_text
from tests.reading.documents import LIST


def test_a_list_partly_written_out_and_partly_in_a_table() -> None:
    read = read_text(
        "# 某区2026年民生实事任务分解表\n\n## 一、就业\n\n1. 开发公益性岗位600个。\n- 牵头单位：区人社局\n\n"
        "2. 助浴服务1.2万人次。\n- 牵头单位：区民政局\n\n## 二、城建\n\n| 序号 | 工作任务 | 牵头单位 |\n|---|---|---|\n"
        "| 3 | 打通断头路4条 | 区住建局 |\n| 4 | 更新燃气管网75公里 | 区住建局 |\n"
    )
    assert [(t.number, t.leads) for t in read.tasks] == [
        (1, ("区人社局",)),
        (2, ("区民政局",)),
        (3, ("区住建局",)),
        (4, ("区住建局",)),
    ]


def test_a_second_annex_begins_a_list_of_its_own() -> None:
    text = """附件1
2026年重点工作责任分解
一、李明副市长主抓重点工作
1.新增贷款400亿元。
责任单位：市金融办
附件2
十件民生实事责任分解
1.新建公园2座。
责任单位：市住建局
"""
    first, second = read_text(text).tasks
    assert (first.section, first.sponsors) == ("李明副市长", ("李明副市长",))
    assert (second.number, second.section, second.sponsors) == (1, "十件民生实事责任分解", ())


def test_lines_set_off_by_a_shape_with_units_of_their_own_are_commitments() -> None:
    text = """二OO八年二月二十六日
2008年政府工作目标任务分解
1、加强运行分析，完成主要指标。（牵头单位：发改委、统计局）
▲增加值增长14%左右。（责任单位：发改委、经委）
▲社会消费品零售总额增长13%。（责任单位：经委）
2、新建公园2座。（牵头单位：建设局）
"""
    reading = read_text(text)
    assert [t.leads for t in reading.tasks] == [("发改委", "统计局"), ("发改委",), ("经委",), ("建设局",)]
    assert reading.tasks[1].text == "增加值增长14%左右。"
    assert reading.document.written_on == date(2008, 2, 26)


def test_the_unit_in_charge_under_an_item_is_no_foot_of_the_page() -> None:
    text = """2026年为民办实事项目清单
(1)建设民俗公园。
主办单位：住建局、榕发公司，协办单位：凤山镇。
(2)新增学位3000个。
主办单位：教育局，协办单位：各乡镇。
主办单位：青禾县人民政府办公室
"""
    first, second = read_text(text).tasks
    assert (first.leads, first.cooperating) == (("住建局", "榕发公司"), ("凤山镇",))
    assert (second.leads, second.cooperating) == (("教育局",), ("各乡镇",))


def test_items_on_one_line_are_read_one_by_one() -> None:
    text = """2026年重点任务分解
一、城乡建设
1.新建公园2.5公顷、广场2个。（牵头单位：市住建局）2.改造小区12个。（牵头单位：市房管局）3.新建桥3座；
二、民生
4.办好三件事：1.建学校；2.修路。（牵头单位：市教育局）
"""
    tasks = read_text(text).tasks
    assert [(t.number, t.section) for t in tasks] == [(1, "城乡建设"), (2, "城乡建设"), (3, "城乡建设"), (4, "民生")]
    assert (tasks[0].text, tasks[0].leads) == ("新建公园2.5公顷、广场2个。", ("市住建局",))
    assert read_text(text).text[tasks[1].span.start : tasks[1].span.end] == "改造小区12个。"


def test_a_heading_that_says_who_is_in_charge() -> None:
    text = "2026年重点工作分工\n一、周启明同志负责\n1.新增贷款400亿元。（市金融办牵头，市财政局配合）\n"
    task = read_text(text).tasks[0]
    assert (task.sponsors, task.leads) == (("周启明",), ("市金融办",))


def test_the_first_units_count_is_not_the_documents() -> None:
    text = """2026年重点工作任务清单
县教育局（2项）
1.新建幼儿园3所。
2.新增学位810个。
县卫健局（1项）
3.新增床位80张。
"""
    reading = read_text(text)
    assert reading.declared is None
    assert reading.warnings == ()


def test_space_set_around_figures_is_no_part_of_them() -> None:
    text = """白河区 2026 年重点任务清单
1. 生产总值增长 6% 左右，改造小区 15 个、 2300 户。 （牵头单位： 区发改局； 完成时限： 2026 年 12 月底前）
2. 新建幼儿园 5 所，2026 年 8 月 31 日前投用。（牵头单位：区教育局）
"""
    reading = read_text(text)
    first, second = reading.tasks
    assert reading.document.government == "白河区"
    assert [(q.text, q.comparator.value, q.unit) for q in first.quantities] == [
        ("生产总值增长6%左右", "~", "%"),
        ("改造小区15个", "=", "个"),
        ("2300户", "=", "户"),
    ]
    assert [d.date for task in (first, second) for d in task.deadlines] == [date(2026, 12, 31), date(2026, 8, 31)]
    spans = [q.span for q in first.quantities]
    assert [reading.text[s.start : s.end] for s in spans] == ["生产总值增长 6% 左右", "改造小区 15 个", "2300 户"]


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        ("2026年3月至2026年11月", [(date(2026, 11, 30), "新建公园2座")]),
        ("3月启动，11月底完成", [(date(2026, 3, 31), "启动"), (date(2026, 11, 30), "完成")]),
        ("12月25日前（以验收为准）", [(date(2026, 12, 25), "新建公园2座")]),
        ("2026.06.30", [(date(2026, 6, 30), "新建公园2座")]),
    ],
)
def test_limits_as_brackets_write_them(limit: str, found: list[tuple[date, str]]) -> None:
    task = read_text(f"2026年任务分解\n1.新建公园2座。（牵头单位：市住建局；完成时限：{limit}）\n").tasks[0]
    assert [(d.date, d.action) for d in task.deadlines] == found


@pytest.mark.parametrize(
    "named",
    [
        "责 任 单 位：市教育局、市财政局",
        "【责任单位】市教育局、市财政局",
        "主要责任单位：市教育局\n其他责任单位：市财政局",
        "牵头责任单位：市教育局；协同责任单位：市财政局",
        "责任单位：市教育局牵头，市财政局配合",
        "责任单位及责任人：市教育局 王明、市财政局 李红",
        "主办：市教育局\n协办：市财政局",
        "由市教育局牵头负责，市财政局等部门配合。",
        "市教育局（牵头单位）、市财政局",
        "——牵头单位：市教育局；配合单位：市财政局",
    ],
)
def test_who_answers_as_lists_write_it(named: str) -> None:
    tasks = read_text(f"2026年重点任务分解\n1.新建公园2座。\n{named}\n2.新建广场3座。\n{named}\n").tasks
    assert [(t.text, t.leads, t.cooperating) for t in tasks] == [
        ("新建公园2座。", ("市教育局",), ("市财政局",)),
        ("新建广场3座。", ("市教育局",), ("市财政局",)),
    ]


@pytest.mark.parametrize("mark", ["-", "●", "▲", "**", "__", "*", "(", "【", "【】", "。"])
def test_a_mark_alone_on_its_line_says_nothing(mark: str) -> None:
    whole = read_text(LIST)
    broken = read_text(LIST.replace("\n", f"\n{mark}\n"))
    assert [task.number for task in broken.tasks] == [task.number for task in whole.tasks]
