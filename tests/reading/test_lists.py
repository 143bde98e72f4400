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
