"""Pages that tell how things stand: what is done, what is still to come, of which year."""

from decimal import Decimal

import pytest

from duixian.reading import Reading, read_text

PAGE = """# 青禾县2025年上半年民生实事进展顺利

2025年7月18日上午，青禾县召开民生实事进展情况新闻发布会。

上半年，全县民生实事完成投资26.9亿元。

养老服务。上半年新增护理床位187张，占床位总数的55.2%，提前完成55%的年度目标。目前在建4个，预计10月底全部投用。

城市更新。已改造老旧小区12个；供水管网完成招标，年底前改造30公里；充电桩计划二季度新建200个，实际新建230个。

下一步，确保年底前新建公园3个。
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_text(PAGE, name="公布.txt")


def _values(reading: Reading, part: str) -> list[Decimal | None]:
    return [q.value for task in getattr(reading, part) for q in task.quantities]


def test_what_is_done_is_told_whatever_year_it_names(reading: Reading) -> None:
    assert _values(reading, "results") == [Decimal(n) for n in ("26.9", "187", "55.2", "4", "12", "230")]


def test_what_is_told_covers_the_half_year(reading: Reading) -> None:
    told = {tuple((q.period or {}).values()) for task in reading.results for q in task.quantities}
    assert told == {("2025-01", "2025-06")}


def test_clauses_turn_to_what_is_to_come(reading: Reading) -> None:
    assert _values(reading, "tasks") == [Decimal(30), Decimal(3)]
    limits = [d.date.isoformat() for task in reading.tasks for d in task.deadlines]
    assert limits == ["2025-10-31", "2025-12-31", "2025-12-31"]


def test_a_sentence_of_two_years_is_parted() -> None:
    text = "2026年政府工作报告\n一、2026年重点工作\n去年完成农房改造400户，今年力争再改造500户。\n"
    reading = read_text(text, name="报告.txt")
    assert _values(reading, "results") == [Decimal(400)]
    assert _values(reading, "tasks") == [Decimal(500)]


def test_an_estimate_of_the_year_before_is_told() -> None:
    text = "青禾县2026年预期目标\n2026年生产总值增长6%左右。\n预计2025年生产总值增长5.5%，财政收入增长4%。\n"
    reading = read_text(text, name="报道.txt")
    assert _values(reading, "results") == [Decimal("5.5"), Decimal(4)]
    assert _values(reading, "tasks") == [Decimal(6)]


@pytest.mark.parametrize(
    ("top", "place"),
    [
        ("2020年青禾县人民政府工作报告（全文）\n——2019年12月30日在县十六届人民代表大会第四次会议上\n", "青禾县"),
        ("政府工作报告\n现在，我代表国务院，向大会报告政府工作，请予审议。\n", "国务院"),
        ("政府工作报告\n落实党中央、国务院部署。青禾县将实干笃行。\n", "青禾县"),
        ("2025年经济形势\n国内生产总值增长5%左右。\n", "国务院"),
        ("2003年经济运行\n全县国内生产总值完成12.6亿元。\n", None),
    ],
)
def test_whose_page_it_is(top: str, place: str | None) -> None:
    assert read_text(top + "一、2020年工作安排\n新建公园5个。\n").document.government == place


def test_a_plan_of_which_some_is_done_is_parted() -> None:
    text = (
        "市长介绍民生实事\n2025年7月28日\n"
        "今年计划新建养老床位5000张，上半年已完成3555张。2025年要新增供应房源5.3万套，上半年完成了2.8万套。\n"
    )
    reading = read_text(text, name="报道.txt")
    assert _values(reading, "tasks") == [Decimal(5000), Decimal("5.3")]
    assert _values(reading, "results") == [Decimal(3555), Decimal("2.8")]
    assert not any(task.deadlines for task in reading.tasks)
    assert {(q.period or {})["to"] for task in reading.results for q in task.quantities} == {"2025-06"}


def test_what_is_said_begins_behind_who_says_it() -> None:
    text = "2020年1月15日 来源：青禾网\n市长介绍，2019年养老服务增量提质，新建床位720张。\n"
    reading = read_text(text, name="报道.txt", year=2020)
    assert _values(reading, "results") == [Decimal(720)]


def test_this_year_on_a_page_that_reports_is_told() -> None:
    text = (
        "青禾市2019年1-10月重点项目进展情况\n今年安排重点项目444项，年度投资计划647亿元。\n"
        "至10月底，累计完成投资629亿元。今年力争全部开工。\n"
    )
    reading = read_text(text, name="通报.txt")
    assert _values(reading, "results") == [Decimal(444), Decimal(647), Decimal(629)]


def test_growth_that_is_not_aimed_at_was_measured() -> None:
    text = "青禾区通报会\n2021-08-25\n今年上半年，全区实现生产总值369亿元，增长10.2%。\n"
    reading = read_text(text, name="报道.txt")
    assert _values(reading, "results") == [Decimal(369), Decimal("10.2")]


BOX = """青禾报
关键词：政府工作报告
一、2025年工作回顾
生产总值增长5%
城镇新增就业1267人
过去5年
生产总值增加到121亿元，年均增长5.2%，
十年增加近70亿元
制造业连续6年保持第一
收入年均增长5.4%
二、2026年目标
生产总值增长4.5%-5%
人均预期寿命提高到80岁
拟发行国债1.3亿元
"""


def test_figures_one_below_the_other_are_no_headings() -> None:
    reading = read_text(BOX, name="版面.txt")
    assert [str(v) for v in _values(reading, "results")] == ["5", "1267", "121", "5.2", "70", "5.4"]
    assert [str(v) for v in _values(reading, "tasks")] == ["4.5", "80", "1.3"]


def test_the_day_of_a_piece_of_news_limits_nothing() -> None:
    text = (
        "青禾市人代会\n1月6日，青禾市第七届人民代表大会第五次会议举行，提出今年新建公园5个。\n3月底前召开招商大会。\n"
    )
    reading = read_text(text, name="报道.txt", year=2026)
    assert [d.date.isoformat() for task in reading.tasks for d in task.deadlines] == ["2026-03-31"]


def test_so_far_this_year_opens_a_paragraph_that_tells() -> None:
    text = (
        "青禾县重点项目稳中求进\n今年以来，青禾县紧盯项目开工。全县产业项目58个，2024年度计划投资163亿元。\n"
        "新建项目47个，均已开工。\n下一步，我县将新建园区3个。\n"
    )
    reading = read_text(text, name="报道.txt")
    assert _values(reading, "results") == [Decimal(58), Decimal(163), Decimal(47)]
    assert _values(reading, "tasks") == [Decimal(3)]


def test_a_year_told_before_any_plan_is_spoken_of_lasts() -> None:
    text = (
        "北岭省政府工作报告的民生红包\n2019年1月14日，北岭省第十三届人民代表大会第二次会议开幕。\n"
        "民生福祉增进。2018年，城镇新增就业9万人。农村危房改造13万户。\n聚焦今年，报告提出新建学校8所。\n"
    )
    reading = read_text(text, name="报道.txt")
    assert _values(reading, "results") == [Decimal(9), Decimal(13)]
    assert _values(reading, "tasks") == [Decimal(8)]


def test_what_is_told_may_begin_late_in_a_sentence() -> None:
    text = "2025年北岭省目标增长5.5%左右\n北岭省人代会14日开幕，省长作报告时介绍，2024年生产总值增长5.2%。\n"
    reading = read_text(text, name="报道.txt")
    assert reading.document.year == 2025
    assert _values(reading, "results") == [Decimal("5.2")]


def test_a_headline_that_its_paragraph_repeats_counts_once() -> None:
    text = (
        "2022年青禾市政府工作报告\n2022年工作安排\n修复废弃矿山2.5万亩\n"
        "今年要改善生态环境，修复废弃矿山2.5万亩，实施“四水同治”项目92个，优良天数达到256天，让群众享受到更多蓝天。\n"
    )
    assert _values(read_text(text, name="版面.txt"), "tasks") == [Decimal("2.5"), Decimal(92), Decimal(256)]


def test_a_page_that_sums_up_a_year_stands_in_the_next() -> None:
    text = (
        "“成绩单”来了！北岭2022年干了这些大事\n报告指出，2022年是收官之年。预计生产总值增长4%左右。\n"
        "科技支撑增强。新增高新技术企业600家。\n"
    )
    reading = read_text(text, name="报道.txt")
    assert reading.document.year == 2023
    assert _values(reading, "results") == [Decimal(4), Decimal(600)]


def test_a_page_full_of_what_is_done_is_told_whatever_its_title() -> None:
    text = (
        "青禾县的民生清单暖人心\n2025年，青禾县新增就业1269人，完成全年任务的115%。\n"
        "托位工程。已新增托位48个，超额完成40个的年度目标任务；截至2025年12月底，开工率为95%。\n"
    )
    reading = read_text(text, name="报道.txt")
    assert _values(reading, "results") == [Decimal(n) for n in (1269, 115, 48, 95)]
    assert not reading.tasks


def test_a_review_written_before_its_year_ended_is_no_plan() -> None:
    text = (
        "政府工作报告\n现在，我代表县人民政府向大会报告工作。\n一、2025年工作回顾\n"
        "今年是县域发展提速之年。全县改造老旧小区12个。\n培育油茶基地4家。\n二、2026年工作安排\n新建公园3个。\n"
    )
    reading = read_text(text, name="报告.txt")
    assert _values(reading, "results") == [Decimal(12), Decimal(4)]
    assert _values(reading, "tasks") == [Decimal(3)]
    assert reading.document.government is None


def test_a_page_on_the_plan_draft_is_for_its_year_and_place() -> None:
    text = (
        "受省政府委托，省发展改革委以书面形式向省第八届人民代表大会第三次会议作"
        "《关于白川省2025年国民经济和社会发展计划执行情况与2026年计划草案的报告》。\n"
        "报告指出，2025年，全省较好完成了省八届人大二次会议确定的目标。全年生产总值预计增长7.5%以上。\n"
        "报告提出2026年主要预期目标：居民消费价格涨幅3.5%左右。\n"
    )
    reading = read_text(text, name="报道.txt")
    assert (reading.document.government, reading.document.year) == ("白川省", 2026)
    assert _values(reading, "results") == [Decimal("7.5")]
    assert _values(reading, "tasks") == [Decimal("3.5")]


SPACED = (
    "政 府 工 作 报 告\n——2025 年 1 月 9 日在北江市天河区第六届人民代表大会 第三次会议上\n天河区人民政府区长 张明\n"
    "各位代表:\n一、迎难而上,2024 年成绩来之不易\n"
    "坚持精准施策。市场主体总量突破6 万户,净增企业 6850 家, 新增“四上”企业 179 家,居全国园区第 49 位。"
    "天河区 GDP 增 长 4.0% 。\n"
)


def test_the_spaces_of_a_pdf_say_nothing() -> None:
    reading = read_text(SPACED, name="报告.txt")
    head = reading.document
    assert (head.title, head.year, str(head.written_on)) == ("政府工作报告", 2025, "2025-01-09")
    figures = [q for task in reading.results for q in task.quantities]
    assert [(q.indicator, q.value) for q in figures] == [
        ("市场主体总量", Decimal(6)),
        ("企业", Decimal(6850)),
        ("“四上”企业", Decimal(179)),
        ("天河区GDP", Decimal("4.0")),
    ]
    for q in figures:
        assert SPACED[q.span.start : q.span.end].replace(" ", "") == q.text


def test_a_title_broken_after_the_plan_is_one() -> None:
    text = (
        "青禾县2025年国民经济和社会发展计划\n执行情况与2026年国民经济和社会发展计划(草案)的报告\n"
        "一、2025年国民经济和社会发展计划执行情况\n生产总值完成23亿元。\n"
    )
    head = read_text(text, name="报告.txt").document
    assert head.title == "青禾县2025年国民经济和社会发展计划执行情况与2026年国民经济和社会发展计划(草案)的报告"
    assert (head.government, head.year) == ("青禾县", 2026)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "1—5月，全市重点项目加快推进，300个市级重点项目完成投资294亿元，占年计划投资的40.4%，超时间进度2.3个百分点。\n",
            3,
        ),
        ("2025年计划实施重点项目71个，1-6月份累计完成投资35.9亿元，占年度目标的63.88%，超序时进度5.9%。\n", 3),
        ("2026年重点工作。省级重点项目开工率达到100%，投资完成率达到95%，确保完成年度任务的100%。\n", 0),
    ],
)
def test_a_short_note_is_told_by_its_words(text: str, told: int) -> None:
    reading = read_text(text, name="通报.txt", year=2026)
    assert len(_values(reading, "results")) == told
    assert bool(reading.tasks) is not bool(told)


def test_what_a_report_says_of_the_year_before_is_told() -> None:
    text = (
        "北江：2026年预期目标是生产总值增长5%左右\n"
        "根据报告，2025年北江市生产总值增长4.7%左右，城镇调查失业率5.2%。\n"
        "对于2026年的预期目标，报告显示，财政收入增长3%左右。\n"
    )
    reading = read_text(text, name="报道.txt")
    assert _values(reading, "results") == [Decimal("4.7"), Decimal("5.2")]
    assert _values(reading, "tasks") == [Decimal(3)]


@pytest.mark.parametrize(
    ("top", "title", "year"),
    [
        ("政府工作报告摘要\n北江日报 2025年01月17日\n", "政府工作报告摘要", 2025),
        ("青禾县9月份民生进展情况\n发表时间:2025-10-09 14:34 信息来源:民生办\n", "青禾县9月份民生进展情况", 2025),
        (
            "北江两会：工作报告数据速读\n发布时间：2025-01-06 来源：北江网\n◆启动三年行动计划\n",
            "北江两会：工作报告数据速读",
            2025,
        ),
        ("2024年北江破解民生难题\n2025年01月15日10:01 来源：北江网\n", "2024年北江破解民生难题", 2025),
        (
            "北江省政府工作报告要点\n1月20日上午，大会开幕，要点如下：\n一、2024年工作回顾与基本评价\n",
            "北江省政府工作报告要点",
            2025,
        ),
        (
            "关于2024年国民经济和社会发展计划执行情况\n与2025年国民经济和社会发展计划报告\n",
            "关于2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告",
            2025,
        ),
    ],
)
def test_what_a_page_is_called_and_of_which_year(top: str, title: str, year: int) -> None:
    head = read_text(
        top + "全县改造老旧小区12个，培育油茶基地4家，新增就业岗位900个，实施供水工程。\n", name="页.txt"
    ).document
    assert (head.title, head.year) == (title, year)
