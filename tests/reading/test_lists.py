"""A list grouped by lead unit: items, sections, units, head, and the document's own claims."""

from datetime import date

import pytest

from duixian.reading import Reading, read_text
from tests.reading.documents import LIST


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_text(LIST, name="清单.txt")


def test_head(reading: Reading) -> None:
    head = reading.document
    assert head.title == "青禾市人民政府办公室关于印发2026年市政府重点工作任务清单的通知"
    assert head.index_number == "HC0100-02-2026-00017"
    assert head.doc_number == "青政办函〔2026〕3号"
    assert head.issuer == "青禾市人民政府办公室"
    assert head.government == "青禾市"
    assert (head.written_on, head.published_on) == (date(2026, 1, 28), date(2026, 1, 30))
    assert head.year == 2026
    assert head.kind == "task_list"
    assert head.disclosure == "此件公开发布"
    assert head.source == "清单.txt"


def test_items_carry_their_printed_numbers_and_whole_texts(reading: Reading) -> None:
    assert [task.number for task in reading.tasks] == [1, 2, 3, 4, 5]
    assert reading.tasks[1].text == "北岭水库上半年开工。"
    assert reading.tasks[4].text == "改造老旧小区12个，惠及居民3000户。"


def test_the_notice_before_the_list_is_no_task(reading: Reading) -> None:
    assert not any("2月20日" in task.text for task in reading.tasks)


def test_page_furniture_is_no_part_of_the_last_task(reading: Reading) -> None:
    assert "扫一扫" not in reading.tasks[-1].text


def test_sections_keep_name_heading_and_declared_count(reading: Reading) -> None:
    assert [(s.name, s.declared) for s in reading.sections] == [("市发改委", 2), ("市应急局", 1), ("东河县政府", 2)]
    first = reading.sections[0]
    assert reading.text[first.span.start : first.span.end] == first.heading == "一、市发改委牵头工作（2项）"


def test_a_heading_leads_the_items_under_it(reading: Reading) -> None:
    assert reading.tasks[0].leads == ("市发改委",)
    assert reading.tasks[3].leads == ("东河县政府",)


def test_an_items_own_words_name_another_lead(reading: Reading) -> None:
    third = reading.tasks[2]
    assert third.leads == ("市安委办",)
    assert third.cooperating == ("相关成员单位",)
    assert third.section == "市应急局"
    assert third.text == "深化隐患排查整治。"


def test_cooperating_units_keep_brackets_inside_a_name(reading: Reading) -> None:
    assert reading.tasks[1].cooperating == ("市水利局", "各县（市、区）政府")


def test_what_the_document_claims_holds_without_warnings(reading: Reading) -> None:
    assert reading.declared is not None
    assert (reading.declared.tasks, reading.declared.lead_units) == (5, 3)
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("printed", "instead", "code"),
    [
        ("共计5项", "共计6项", "declared_tasks"),
        ("涉及3个", "涉及4个", "declared_lead_units"),
        ("（2项）\n1.", "（3项）\n1.", "declared_section"),
        ("3.深化", "4.深化", "number_twice"),
        ("5.改造", "6.改造", "number_missing"),
    ],
)
def test_what_does_not_add_up_is_said(printed: str, instead: str, code: str) -> None:
    assert printed in LIST
    reading = read_text(LIST.replace(printed, instead))
    assert code in [warning.code for warning in reading.warnings]


def test_a_missing_number_is_named() -> None:
    reading = read_text(LIST.replace("3.深化隐患排查整治。（市安委办牵头，相关成员单位配合）\n", ""))
    warning = next(w for w in reading.warnings if w.code == "number_missing")
    assert "第 3 项" in warning.message


def test_two_tasks_with_the_same_words_are_said() -> None:
    twice = LIST.replace("4.新建口袋公园6处", "4.改造老旧小区12个，惠及居民3000户。")
    assert "task_twice" in [w.code for w in read_text(twice).warnings]


def test_numbers_may_restart_under_each_heading() -> None:
    restarted = LIST.replace("3.深化", "1.深化").replace("4.新建", "1.新建").replace("5.改造", "2.改造")
    codes = [w.code for w in read_text(restarted).warnings]
    assert "number_twice" not in codes
    assert "number_missing" not in codes


def test_duties_on_lines_of_their_own() -> None:
    text = """2026年重点任务清单
1.新建公办幼儿园8所。
牵头单位：市教育局
配合单位：市住建局、市财政局等
完成时限：8月底前
2.扩建市第二医院。
牵头单位：市卫健委
完成时限：长期坚持
"""
    first, second = read_text(text).tasks
    assert (first.leads, first.cooperating) == (("市教育局",), ("市住建局", "市财政局"))
    assert [d.date for d in first.deadlines] == [date(2026, 8, 31)]
    assert second.deadlines == ()
    assert second.outcomes[0].by == date(2026, 12, 31)


def test_the_first_responsible_unit_leads_unless_the_notice_says_otherwise() -> None:
    item = "1.改造农村危桥21座。（责任单位：市交通局、市财政局；完成时限：11月底）\n"
    first = read_text("2026年任务分解\n" + item).tasks[0]
    assert (first.leads, first.cooperating) == (("市交通局",), ("市财政局",))
    notice = "2026年任务分解\n未明确牵头单位的均为牵头单位。\n2026年1月29日\n"
    assert read_text(notice + item).tasks[0].leads == ("市交通局", "市财政局")


def test_to_dict_speaks_the_contracts_words(reading: Reading) -> None:
    made = reading.to_dict()
    task = made["tasks"][0]
    assert made["document"]["written_on"] == "2026-01-28"
    assert made["declared"] == {"tasks": 5, "lead_units": 3}
    assert task["quantities"][0] == {
        "text": "地区生产总值增长6%左右",
        "span": [reading.text.index("地区生产总值"), reading.text.index("地区生产总值") + 12],
        "indicator": "地区生产总值",
        "value": 6,
        "value_max": None,
        "unit": "%",
        "base_value": 6,
        "base_unit": "%",
        "comparator": "~",
        "kind": "growth",
        "direction": "up",
        "strive": False,
        "per": None,
        "by": None,
        "stage": None,
        "polarity": "more",
        "accrual": "running",
        "period": None,
        "confidence": 0.988,
        "rule": "amount.noun-before",
    }
    assert task["full"] is None
    assert made["tasks"][1]["deadlines"][0]["date"] == "2026-06-30"


NESTED = """# 武岭市2026年重点工作任务清单

## 一、项目建设

### （一）交通

1. 高速公路建设

（1）**武岭至安平高速**完成投资20亿元。*（责任单位：市交通局、市发改委；完成时限：12月底）*

（2）新改建农村公路300公里。
- **责任单位**：市交通局
- **完成时限**：11月底

### （二）水利

**1.** 除险加固水库5座。（责任单位：市水利局；
完成时限：10月底）

① 新建堤防12公里。（责任单位：市水利局、市财政局）
"""


def test_nested_numbers_in_markdown() -> None:
    reading = read_text(NESTED)
    assert [(task.number, task.section) for task in reading.tasks] == [
        (1, "高速公路建设"),
        (2, "高速公路建设"),
        (1, "水利"),
        ("①", "水利"),
    ]
    first, second, third, _ = reading.tasks
    assert first.text == "武岭至安平高速完成投资20亿元。"
    assert (first.leads, first.cooperating) == (("市交通局",), ("市发改委",))
    assert [d.date for d in second.deadlines] == [date(2026, 11, 30)]
    assert third.leads == ("市水利局",)
    assert [d.date for d in third.deadlines] == [date(2026, 10, 31)]


def test_a_markdown_table() -> None:
    text = """# 2026年任务清单

| 序号 | 任务 | 牵头单位 | 责任单位 |
|---|:---:|---|---|
| 1 | 改造老旧小区12个。 | 市住建局 | 市财政局<br>市教育局 |
| 2 | 新建公园3处。 | 市城管局 | |
"""
    reading = read_text(text)
    first = reading.tasks[0]
    assert [task.number for task in reading.tasks] == [1, 2]
    assert first.cooperating == ("市财政局", "市教育局")
    assert reading.text[first.quantities[0].span.start : first.quantities[0].span.end] == "改造老旧小区12个"


def test_a_bracket_that_a_page_breaks_is_one() -> None:
    text = "2026年任务分解\n1.盘活低效用地1200亩。（责任单位：市自然资源局；\n完成时限：10月底）\n"
    first = read_text(text).tasks[0]
    assert first.leads == ("市自然资源局",)
    assert first.text == "盘活低效用地1200亩。"


def test_items_that_begin_with_their_ordinal_under_framed_units() -> None:
    """【县教育局】（2项) heads what follows; labels after the last full stop are no words of the commitment."""
    read = read_text(
        "附件1\n云台县2026年民生实事责任清单\n\n【县教育局】（2项）\n"
        "第1项 新建公办幼儿园3所，新增学位810个。时限：8月底。协同单位：县发改局、县财政局\n"
        "第2项 为义务教育学生提供课后服务。时限：全年\n【县住建局】（1项）\n第3项 整治内涝点12处。\n分管领导：韩冬梅\n"
    )
    assert read.document.kind == "task_list"
    assert read.declared is None
    assert [(t.number, t.section, t.leads) for t in read.tasks] == [
        (1, "县教育局", ("县教育局",)),
        (2, "县教育局", ("县教育局",)),
        (3, "县住建局", ("县住建局",)),
    ]
    assert read.tasks[0].text == "新建公办幼儿园3所，新增学位810个。"
    assert read.tasks[0].cooperating == ("县发改局", "县财政局")
    assert [str(d.date) for d in read.tasks[0].deadlines] == ["2026-08-31"]
    assert read.tasks[2].sponsors == ("韩冬梅",)


@pytest.mark.parametrize(
    ("tail", "leads", "cooperating"),
    [
        ("〔责任单位：市工信局、市统计局〕", ("市工信局",), ("市统计局",)),
        ("（市发改委，各县〔市、区〕人民政府；全年）", ("市发改委",), ("各县〔市、区〕人民政府",)),
        ("（市教育局、市卫健委分别牵头，各县区政府配合）", ("市教育局", "市卫健委"), ("各县区政府",)),
        ("(县行政审批局负责，3月底前完成)", ("县行政审批局",), ()),
        ("（县教体局、县住建局负责）", ("县教体局",), ("县住建局",)),
        ("（完成时限：12月底；责任单位：市水利局；市领导：周卫东）", ("市水利局",), ()),
        ("牵头单位：市财政局。责任单位：各县区政府。完成时限：全年。", ("市财政局",), ("各县区政府",)),
    ],
)
def test_who_answers_in_brackets_and_after_the_last_full_stop(
    tail: str, leads: tuple[str, ...], cooperating: tuple[str, ...]
) -> None:
    read = read_text(f"某市2026年重点工作责任清单\n1.实施重点项目46个。{tail}\n2.新建公园3座。（市住建局）\n")
    assert read.tasks[0].text == "实施重点项目46个。"
    assert (read.tasks[0].leads, read.tasks[0].cooperating) == (leads, cooperating)


def test_a_heading_with_title_and_name_sponsors_its_items() -> None:
    read = read_text(
        "某县2026年任务台账\n一、常务副县长王建国\n1.新建公园3座。（县住建局）\n2.改造道路5条。（县交通局）\n"
    )
    assert [t.sponsors for t in read.tasks] == [("王建国",)] * 2


def test_words_under_a_label() -> None:
    read = read_text(
        "某县2026年任务分解表\n1.任务内容：新建公园3座\n责任单位：县住建局\n2.任务内容：改造道路5条\n责任单位：县交通局\n"
    )
    assert [t.text for t in read.tasks] == ["新建公园3座", "改造道路5条"]


def test_a_report_with_a_list_at_its_end_is_a_report() -> None:
    prose = "".join(f"改造城镇道路{n}条，新增停车位{n}00个，推动各项工作迈上新台阶。\n" for n in range(2, 150))
    read = read_text(
        "2026年某市政府工作报告\n一、2026年重点工作\n" + prose + "附件\n2026年民生实事\n"
        "1.新建公园3座（牵头单位：市住建局）。\n2.免费体检2万人（牵头单位：市卫健委）。\n"
    )
    assert read.document.kind == "article"
    assert [q.value for task in read.tasks[-2:] for q in task.quantities] == [3, 2]


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
