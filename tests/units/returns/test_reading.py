"""The return form as people fill it in: their own columns, merged cells, full-width figures; faults by cell."""

import pytest

from duixian.sheets import SheetError
from duixian.units.returns import read_return, template
from duixian.units.returns.form import columns, kind_words, role_of, role_words, word_of
from tests.units.returns.forms import filled, first_sheet, person, sheet

HEADER = ("单位名称", "姓名", "角色", "联系电话")


def faults(data: bytes) -> list[tuple[str, str]]:
    return [(refusal.cell, refusal.message) for refusal in read_return(data, "回执.xlsx").refused]


def test_the_blank_form_offers_roles_and_is_read_back_as_empty() -> None:
    rows = first_sheet(template(government="云溪市"))
    assert rows[0][0] == "云溪市联络员回执表"
    assert rows[-1] == [column.label for column in columns()]
    with pytest.raises(SheetError, match="没有填写"):
        read_return(template(), "回执.xlsx")


def test_every_word_the_form_offers_is_known() -> None:
    for word in role_words():
        role = role_of(word)
        assert role is not None
        assert word_of(role[0], is_deputy=role[1]) == word
    assert len(kind_words()) == 5


def test_a_line_with_everything() -> None:
    line = person(
        "市数据局",
        "王小明",
        "副联络员",
        full_name="云溪市数据局",
        aliases="市大数据局、市大数据中心",
        kind="部门",
        parent="市发改委",
        post="科长",
        phone="139-0000-0001",
        username="WangXM",
        since="2026年3月1日",
    )
    [read] = read_return(filled(line), "回执.xlsx").lines
    assert (read.unit, read.aliases, read.kind) == ("市数据局", ("市大数据局", "市大数据中心"), "DEPARTMENT")
    assert (read.role, read.is_deputy, read.phone) == ("LIAISON", True, "13900000001")
    assert (read.username, read.since, read.at("role")) == ("wangxm", "2026-03-01", "H6")


def test_merged_cells_and_units_written_once_are_filled_down() -> None:
    data = sheet(
        ("序号", "备注", *HEADER),
        (1, "", "市人社局", "甲某", "联络员", 13900000001),
        (2, "", None, "乙某", "负责人", "１３９ ００００ ０００２"),
        (3, "", "市住建局", "丙某", "A岗", "（0355）2012345"),
        (4, "", None, "丁某", "Ｂ岗", "+86 139 0000 0004"),
        ("合计", "4人", None, None, None, None),
        merged=("C2:C3",),
    )
    lines = read_return(data, "回执.xlsx").lines
    assert [(r.unit, r.name, r.role, r.is_deputy, r.phone) for r in lines] == [
        ("市人社局", "甲某", "LIAISON", False, "13900000001"),
        ("市人社局", "乙某", "UNIT_HEAD", False, "13900000002"),
        ("市住建局", "丙某", "LIAISON", False, "03552012345"),
        ("市住建局", "丁某", "LIAISON", True, "13900000004"),
    ]


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        (person("市人社局", "甲某", "看门的"), "H6", "不认识的角色“看门的”"),
        (person("市人社局", "甲某", ""), "H6", "甲某的角色没有填写"),
        (person("市人社局", "甲某", phone="一三九"), "I6", "不是电话号码"),
        (person("市人社局", "甲某、乙某"), "F6", "一行只填一个人"),
        (person("", "甲某"), "A6", "单位没有填写"),
        (person("市人社局", "甲某", kind="协会"), "D6", "不认识的单位类别“协会”"),
        (person("市人社局", "甲某", username="张三"), "J6", "只能用小写字母"),
        (person("市人社局", "甲某", since="去年"), "M6", "不是日期"),
        (person("局" * 61, "甲某"), "A6", "超过60字"),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(line: dict[str, str], cell: str, words: str) -> None:
    [(at, message)] = faults(filled(line))
    assert at == cell
    assert words in message


def test_wrong_lines_leave_the_others() -> None:
    reply = read_return(filled(person("市人社局", "甲某"), person("市人社局", "乙某", "看门的")), "回执.xlsx")
    assert [line.name for line in reply.lines] == ["甲某"]
    assert len(reply.refused) == 1


def test_a_sheet_that_is_no_form_is_refused_with_the_columns_it_lacks() -> None:
    with pytest.raises(SheetError, match="角色"):
        read_return(sheet(("单位", "姓名"), ("市人社局", "甲某")), "回执.xlsx")
    with pytest.raises(SheetError, match="不是 Excel 表格"):
        read_return(b"name,unit", "回执.csv")


def test_a_form_without_end_is_refused() -> None:
    rows = [(f"市{n}局", "", "", "") for n in range(2001)]
    with pytest.raises(SheetError, match="超过2000行"):
        read_return(sheet(HEADER, *rows), "回执.xlsx")
