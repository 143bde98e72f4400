"""What a document says of itself, in the ways offices write it."""

from datetime import date

import pytest

from duixian.reading import read_text

ITEMS = "\n附件\n一、市发改委牵头工作\n1.地区生产总值增长6%。\n2.实施项目30个。\n"


@pytest.mark.parametrize(
    ("sentence", "tasks", "units"),
    [
        ("《清单》共计177项具体任务,涉及42个牵头部门。", 177, 42),
        ("《责任分解》共8个方面32项任务。", 32, None),
        ("《分解表》（6大类30项）已经县政府同意。", 30, None),
        ("现下达给你们，共34项任务、12个牵头单位。", 34, 12),
        ("将报告分解为56项工作任务。", 56, None),
        ("本台账依据报告编制，共24项；", 24, None),
        ("现将二十项民生实事和重点工作印发给你们。", None, None),
        ("共三十二项重点任务。", 32, None),
        ("各单位要明确3项制度。", None, None),
    ],
)
def test_what_a_document_claims_to_hold(sentence: str, tasks: int | None, units: int | None) -> None:
    declared = read_text("关于印发2026年任务清单的通知\n" + sentence + ITEMS).declared
    assert (declared and declared.tasks) == tasks
    assert (declared and declared.lead_units) == units


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (
            "青禾市人民政府办公室\n关于印发2026年重点工作清单的通知\n",
            "青禾市人民政府办公室关于印发2026年重点工作清单的通知",
        ),
        ("标  题：关于印发2026年任务清单的通知\n", "关于印发2026年任务清单的通知"),
        ("# **2026年青禾市重点工作任务清单**\n", "2026年青禾市重点工作任务清单"),
        ("青禾市2026年重点目标任务分季度推进表\n填表单位：市政府督查室\n", "青禾市2026年重点目标任务分季度推进表"),
    ],
)
def test_titles(top: str, title: str) -> None:
    head = read_text(top + ITEMS).document
    assert head.title == title
    assert head.year == 2026


def test_a_head_in_bold_and_quotes() -> None:
    top = "# 关于印发2026年任务清单的通知\n> **发文字号**：青政办发〔2026〕2号\n> **成文日期**：2026-01-20\n"
    head = read_text(top + ITEMS).document
    assert head.doc_number == "青政办发〔2026〕2号"
    assert head.written_on == date(2026, 1, 20)


def test_a_date_in_chinese_signs() -> None:
    text = "关于印发二〇二六年任务清单的通知\n青禾市人民政府办公室\n二〇二六年一月三十日\n" + ITEMS
    head = read_text(text).document
    assert (head.issuer, head.written_on, head.year) == ("青禾市人民政府办公室", date(2026, 1, 30), 2026)


def test_a_list_without_a_notice_is_signed_at_its_end() -> None:
    text = "青禾市2026年任务台账\n" + ITEMS + "\n　　　　青禾市人民政府督查室\n　　　　2026年3月2日印\n"
    head = read_text(text).document
    assert (head.issuer, head.written_on) == ("青禾市人民政府督查室", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("issuer", "place"),
    [
        ("长治市人民政府办公室", "长治市"),
        ("青岚县人民政府办公室", "青岚县"),
        ("山西省人民政府办公厅", "山西省"),
        ("恩施土家族苗族自治州人民政府", "恩施土家族苗族自治州"),
        ("沁源县人民政府", "沁源县"),
    ],
)
def test_whose_document_it_is(issuer: str, place: str) -> None:
    text = f"发文机关：{issuer}\n关于印发2026年任务清单的通知\n" + ITEMS
    assert read_text(text).document.government == place


def test_a_plan_of_several_years_has_a_horizon() -> None:
    text = "青禾市产业提升行动计划任务清单（2024—2027年）\n" + ITEMS + "3.2026年6月底前建成公园5处。\n"
    reading = read_text(text)
    assert reading.document.year is None
    assert reading.to_dict()["document"]["horizon"] == {"from": 2024, "to": 2027}
    assert [d.date for d in reading.tasks[2].deadlines] == [date(2026, 6, 30)]


def test_fields_side_by_side_without_colons_are_no_title() -> None:
    head = read_text(
        "索引号 A0001/2026-15 主题分类 政务公开\n发布机构 县政府办公室 发文日期 2026-02-27\n"
        "2026年十大民生实事项目\n1.新建社区食堂10家。（责任单位：县民政局）\n2.新增停车位80个。（责任单位：县住建局）\n"
    ).document
    assert head.title == "2026年十大民生实事项目"
    assert (head.index_number, head.issuer, head.written_on) == ("A0001/2026-15", "县政府办公室", date(2026, 2, 27))


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("青石县2026年重点工作责任清单", "青石县"),
        ("关于印发《浅川区2026年民生实事任务清单》的通知", "浅川区"),
        ("全市2026年重点工作责任清单", None),
    ],
)
def test_a_title_says_whose_document_it_is(title: str, place: str | None) -> None:
    assert read_text(title + ITEMS).document.government == place
