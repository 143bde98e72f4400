"""Prose: commitments apart from results, headings, broken columns, newspaper noise."""

from datetime import date
from decimal import Decimal

import pytest

from duixian.reading import Reading, read_text

PAGE = """# 青川报
## 青川县：锚定目标开新局 实干笃行谱新篇
### 本报记者 张三

2026年，青川县将确保地区生产总值增长6.5%以上。

## 工业强县 蓄势赋能

（一）壮大主导产业。全年实施工业项目68个，完成工业投资45亿元。盘活闲置厂房2.6万平方米，处置“僵

## 乡村振兴 量质齐升

尸企业”4家。

守住耕地红线，粮食播种面积稳定在52万亩，总产量保持在4亿斤以上，新建高标准农田3.2万亩。

守住耕地红线，粮食播种面积稳定在52万亩，总产量保持在4亿斤以上，新建高标准农田3.2万亩。

2025年，全县累计发放惠民资金3.6亿元。更新绿化面积

18万平方米，改造老旧小区9个。

青川县锂电产业园一角

## 过去一年回眸

全县地区生产总值达到186.3亿元，增长6.1%。前三季度到位资金58.6亿元。
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_text(PAGE)


def _values(reading: Reading, part: str) -> list[tuple[str, Decimal]]:
    return [(q.indicator, q.value) for task in getattr(reading, part) for q in task.quantities]


def test_what_the_page_says_of_itself(reading: Reading) -> None:
    head = reading.document
    assert head.kind == "article"
    assert head.title == "青川县：锚定目标开新局 实干笃行谱新篇"
    assert head.year == 2026
    assert head.government == "青川县"


def test_commitments(reading: Reading) -> None:
    assert _values(reading, "tasks") == [
        ("地区生产总值", Decimal("6.5")),
        ("工业项目", Decimal(68)),
        ("工业投资", Decimal(45)),
        ("闲置厂房", Decimal("2.6")),
        ("“僵尸企业”", Decimal(4)),
        ("粮食播种面积", Decimal(52)),
        ("粮食总产量", Decimal(4)),
        ("高标准农田", Decimal("3.2")),
        ("绿化面积", Decimal(18)),
        ("老旧小区", Decimal(9)),
    ]


def test_results_and_the_time_they_cover(reading: Reading) -> None:
    assert _values(reading, "results") == [
        ("惠民资金", Decimal("3.6")),
        ("地区生产总值", Decimal("186.3")),
        ("地区生产总值", Decimal("6.1")),
        ("到位资金", Decimal("58.6")),
    ]
    periods = [q.period for task in reading.results for q in task.quantities]
    assert periods[0] == {"from": "2025-01", "to": "2025-12"}
    assert periods[-1] == {"from": "2025-01", "to": "2025-09"}


def test_sentences_are_numbered_and_keep_their_heading(reading: Reading) -> None:
    assert [task.number for task in reading.tasks] == list(range(1, len(reading.tasks) + 1))
    assert reading.tasks[1].section == "工业强县 蓄势赋能"


def test_a_sentence_cut_by_a_column_and_a_heading_is_whole(reading: Reading) -> None:
    cut = next(task for task in reading.tasks if "僵尸企业" in task.text)
    assert cut.text == "盘活闲置厂房2.6万平方米，处置“僵尸企业”4家。"
    assert reading.text[cut.span.start : cut.span.end].replace("\n", "").endswith("尸企业”4家。")


def test_a_sentence_printed_twice_is_read_once_and_said(reading: Reading) -> None:
    assert [w.code for w in reading.warnings] == ["repeated"]


def test_a_run_in_heading_is_no_commitment(reading: Reading) -> None:
    assert not any("壮大主导产业" in task.text for task in reading.tasks)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026年是“十五五”开局之年。全县将新建公园6处。", 2026),
        ("刚刚过去的2025年，全县新建公园6处。", 2026),
        ("政府工作报告\n——2024年1月10日\n今年，新建公园6处。", 2024),
    ],
)
def test_the_year_of_an_article(text: str, year: int) -> None:
    assert read_text(text).document.year == year


def test_a_given_year_helps_only_where_the_text_is_silent() -> None:
    assert read_text("全县将新建公园6处。", year=2027).document.year == 2027
    assert read_text("2026年，全县将新建公园6处。", year=2027).document.year == 2026


def test_a_report_turns_from_review_to_plan_by_its_headings() -> None:
    text = """政府工作报告
——2026年1月12日在云州市第六届人民代表大会第五次会议上
一、2025年工作回顾
预计全年地区生产总值增长5.8%。城乡居民收入分别增长5.1%、6.4%。
二、2026年重点工作
（一）扩大投资。完成投资400亿元以上。年内开工项目120个。
"""
    reading = read_text(text)
    assert _values(reading, "results") == [
        ("地区生产总值", Decimal("5.8")),
        ("城镇居民收入", Decimal("5.1")),
        ("农村居民收入", Decimal("6.4")),
    ]
    assert _values(reading, "tasks") == [("投资", Decimal(400)), ("开工项目", Decimal(120))]
    assert all(not task.deadlines for task in reading.results)


def test_a_report_of_half_a_year_is_told_although_it_names_the_plan_s_year() -> None:
    read = read_text(
        "浅川区人民政府关于2026年上半年国民经济和社会发展计划执行情况的报告\n"
        "受区长委托，我向本次会议报告2026年上半年计划执行情况，请予审议。\n"
        "一、2026年上半年计划执行情况\n"
        "2026年上半年，全区地区生产总值完成96亿元，增长5.1%。今年以来，新增就业2600人。\n"
        "二、下半年工作打算\n"
        "力争全年固定资产投资增长6%。\n"
    )
    assert _values(read, "results") == [
        ("地区生产总值", Decimal(96)),
        ("地区生产总值", Decimal("5.1")),
        ("新增就业", Decimal(2600)),
    ]
    assert _values(read, "tasks") == [("固定资产投资", Decimal(6))]
    assert read.results[0].quantities[0].period == {"from": "2026-01", "to": "2026-06"}
    assert not any("审议" in task.text for task in read.tasks)


def test_a_five_year_plan_is_past_or_to_come_by_the_year() -> None:
    text = "{year}年某市政府工作报告\n一、工作回顾\n“十四五”时期，新建公园30个。\n二、{year}年重点工作\n新建公园5个。\n"
    assert _values(read_text(text.format(year=2026)), "results") == [("公园", Decimal(30))]
    assert _values(read_text(text.format(year=2021)), "tasks") == [("公园", Decimal(30)), ("公园", Decimal(5))]


def test_lines_of_a_plain_list_are_commitments_although_they_have_no_full_stop() -> None:
    read = read_text(
        "2026年浅川区为民办实事项目\n\n1\n新增养老床位120张\n为300户独居老人开展安全监测服务\n▶新增停车位80个。\n"
    )
    assert read.document.title == "2026年浅川区为民办实事项目"
    assert [value for _, value in _values(read, "tasks")] == [120, 300, 80]
    assert read.tasks[-1].text == "新增停车位80个。"


@pytest.mark.parametrize(
    ("top", "place", "day"),
    [
        (
            "政府工作报告\n——2025年1月10日在青禾市第七届人民代表大会第五次会议上\n市长 王某\n",
            "青禾市",
            date(2025, 1, 10),
        ),
        ("政府工作报告\n——在北岭省第十四届人民代表大会第二次会议上\n省长 李某\n", "北岭省", None),
        ("2025年浅川区政府工作报告\n", "浅川区", None),
        ("政府工作报告\n——2025年3月5日在第十四届全国人民代表大会第三次会议上\n", "国务院", date(2025, 3, 5)),
    ],
)
def test_whose_report_it_is(top: str, place: str | None, day: date | None) -> None:
    head = read_text(top + "各位代表：\n一、2025年重点工作\n新建公园5个，改造老旧小区12个。\n").document
    assert head.government == place
    assert head.written_on == day


@pytest.mark.parametrize(
    ("headings", "year"),
    [
        (("一、2024年工作回顾",), 2025),
        (("一、2024年工作回顾", "二、2025年工作安排"), 2025),
        (("一、2025年及“十四五”工作回顾",), 2026),
        (("一、2023年上半年计划执行情况",), 2023),
        (("二、2026—2030年发展目标", "三、2026年重点工作"), 2026),
    ],
)
def test_headings_tell_the_year(headings: tuple[str, ...], year: int) -> None:
    """A report given in December plans for the next year; its headings say so, its date does not."""
    body = "".join(f"{heading}\n全县生产总值增长6%,完成投资30亿元。\n" for heading in headings)
    read = read_text(f"政府工作报告\n——2023年12月22日在槐江县第十七届人民代表大会第七次会议上\n{body}")
    assert read.document.year == year


def test_bulleted_lines_are_no_headings() -> None:
    """Lines of a newspaper's box, one figure each, without full stops."""
    read = read_text(
        "■ 2024年成绩单\n●生产总值增长6%左右\n●三大产业迈上新台阶\n■ 2025年预期目标\n●粮食产量保持50亿斤以上\n"
    )
    assert [t.section for t in read.results] == ["2024年成绩单"]
    assert [(t.section, t.quantities[0].value) for t in read.tasks] == [("2025年预期目标", 50)]


def test_expected_sums_up_where_nothing_is_planned_yet() -> None:
    """预计全年… opens what was reached; once the plan is spoken of it is a forecast of the plan."""
    read = read_text("预计全年生产总值增长6%。今年,我县将新建学校3所。预计全年接待游客50万人次。", year=2026)
    assert [q.value for t in read.results for q in t.quantities] == [6]
    assert [q.value for t in read.tasks for q in t.quantities] == [3, 50]


def test_half_a_year_in_the_heading_is_the_period() -> None:
    """What follows under 2023年上半年…执行情况 covers that half year, in every sentence."""
    read = read_text("官渡报告\n一、2023年上半年计划执行情况\n居民收入完成2万元。\n", year=2023)
    assert read.results[0].quantities[0].period == {"from": "2023-01", "to": "2023-06"}


def test_the_day_of_a_meeting_is_no_limit() -> None:
    """4月19日上午,大会开幕 tells when, it promises nothing."""
    read = read_text("4月19日上午,槐江县人大会议开幕。今年将建成公园3个。", year=2022)
    assert [d for t in read.tasks for d in t.deadlines] == []


def test_targets_of_a_five_year_plan_are_a_plan_in_its_first_year() -> None:
    """“十五五”时期主要目标 in 2026 looks ahead; the same words five years later look back."""
    body = "二、“十五五”时期主要目标\n森林覆盖率达到24%。\n"
    assert len(read_text(f"报告\n一、2025年工作回顾\n粮食产量3万吨。\n{body}", year=2026).tasks) == 1
    assert len(read_text(f"报告\n{body}", year=2031).tasks) == 0


def test_who_speaks_names_the_government() -> None:
    """我代表槐江县人民政府 says whose report it is, where no meeting does."""
    read = read_text("各位代表:\n现在,我代表槐江县人民政府,向大会报告工作。\n一、2024年工作回顾\n粮食产量3万吨。\n")
    assert (read.document.government, read.document.year) == ("槐江县", 2025)


def test_this_year_so_far_under_the_heading_of_last_year_tells_of_it() -> None:
    text = (
        "关于青禾县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划草案的报告\n"
        "一、2024年计划执行情况\n今年以来，全县经济稳中有进。全年完成地区生产总值188亿元，增长6.2%。\n"
        "二、2025年目标任务\n地区生产总值增长6.5%。\n"
    )
    reading = read_text(text, name="报告.txt")
    told = [q for task in reading.results for q in task.quantities]
    assert [(str(q.value), q.period) for q in told] == [
        ("188", {"from": "2024-01", "to": "2024-12"}),
        ("6.2", {"from": "2024-01", "to": "2024-12"}),
    ]
    assert [str(q.value) for task in reading.tasks for q in task.quantities] == ["6.5"]


def test_months_are_the_period_of_a_page_that_tells_of_them() -> None:
    text = (
        "青禾区2025年1-5月经济运行情况\n一、工业情况\n规模以上工业增加值58亿元，增长7.1%。\n"
        "二、投资情况\n1-4月，固定资产投资46亿元。\n"
    )
    told = [q for task in read_text(text, name="情况.txt").results for q in task.quantities]
    assert [(q.period or {})["to"] for q in told] == ["2025-05", "2025-05", "2025-04"]


def test_a_notice_of_progress_is_no_list_though_it_names_one() -> None:
    text = (
        "关于青禾区2025年重点工作1-6月进展情况的通报\n"
        "2025年3月，区政府办公室印发《2025年重点工作任务分解表》，现将1-6月进展情况通报如下：\n"
        "一、主要指标\n1-6月，全区生产总值366亿元，增长约3.8%。\n"
        "二、重点项目\n据统计，项目累计完成投资118亿元，投资完成率61.5%，比时间进度快11.5个百分点。\n"
    )
    reading = read_text(text, name="通报.txt")
    assert (reading.document.kind, reading.document.year) == ("article", 2025)
    assert [str(q.value) for task in reading.results for q in task.quantities] == ["366", "3.8", "118", "61.5"]
    assert not any(task.quantities for task in reading.tasks)
    assert reading.results[-1].quantities[0].period == {"from": "2025-01", "to": "2025-06"}


def test_a_vote_on_the_report_is_no_limit() -> None:
    text = (
        "2026年政府工作报告摘登\n2月11日，大会表决通过了关于政府工作报告的决议。\n"
        "报告指出，今年主要预期目标是：生产总值增长6%左右。\n"
    )
    reading = read_text(text, name="报道.txt")
    assert [len(task.deadlines) for task in reading.tasks] == [0]


def test_what_is_done_already_is_told_in_the_year_of_the_title() -> None:
    text = (
        "2025年10件民生实事具体完成情况公布\n3月6日，青禾市人民政府公布民生实事完成情况。\n"
        "（一）已新增助餐点135个，整体完成率108%。\n（二）综合保障率已达88.3%。\n"
    )
    reading = read_text(text, name="公布.txt")
    told = [q for task in reading.results for q in task.quantities]
    assert [(q.indicator, str(q.value)) for q in told] == [
        ("助餐点", "135"),
        ("整体完成率", "108"),
        ("综合保障率", "88.3"),
    ]
    assert {(q.period or {})["from"] for q in told} == {"2025-01"}
    assert reading.document.government == "青禾市"


def test_projects_begun_already_may_still_be_planned_for() -> None:
    text = "2026年政府工作报告摘登\n2026年，要抓好项目建设。已开工项目完成投资18亿元。\n"
    assert [str(q.value) for task in read_text(text, name="报告.txt").tasks for q in task.quantities] == ["18"]
