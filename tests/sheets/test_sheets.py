"""Workbooks people fill in: cells keep their address, blank is not zero, hostile files are refused in words."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from duixian.sheets import (
    Cell,
    Choice,
    Column,
    SheetError,
    SheetSpec,
    as_date,
    as_decimal,
    as_text,
    csv_bytes,
    find_table,
    read_workbook,
    workbook_bytes,
)

NAME = Column("name", "项目名称", ("名称",))
MONEY = Column("money", "总投资（万元）")
NOTE = Column("note", "备注", is_required=False)


def saved(fill: Any) -> bytes:
    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def form(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "槐川市项目台账"
    sheet.merge_cells("A1:C1")
    sheet.append([])
    sheet.append(["*项目名称", "总投资(万元)", "开工日期"])
    sheet.append(["甲 项目", 1234.5, date(2026, 3, 1)])
    sheet.append(["乙项目", "１，２３４", "2026年6月30日"])
    sheet.append([None, None, None])
    sheet.append(["丙项目", None, None])


def test_rows_are_found_below_titles_with_their_addresses() -> None:
    table = find_table(read_workbook(saved(form), "a.xlsx"), [NAME, MONEY, NOTE], what="项目台账")
    rows = list(table.rows)
    assert [(r.number, as_text(r["name"]), as_decimal(r["money"])) for r in rows] == [
        (4, "甲项目", Decimal("1234.5")),
        (5, "乙项目", Decimal(1234)),
        (7, "丙项目", None),
    ]
    assert rows[1]["money"].address == "B5"
    assert not table.has("note")


def test_a_form_without_its_columns_is_refused_by_their_names() -> None:
    with pytest.raises(SheetError, match="不像是项目台账：没有找到“总投资（万元）”列"):
        find_table(
            read_workbook(saved(lambda b: b.active.append(["名称", "数"])), "a.xlsx"), [NAME, MONEY], what="项目台账"
        )


def test_a_merged_cell_speaks_for_all_rows_it_covers() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet.append(["名称", "总投资"])
        sheet.append(["甲", 1])
        sheet.append([None, 2])
        sheet.merge_cells("A2:A3")

    rows = list(find_table(read_workbook(saved(fill), "a.xlsx"), [NAME, MONEY], what="表").rows)
    assert [(as_text(r["name"]), as_decimal(r["money"])) for r in rows] == [("甲", 1), ("甲", 2)]


def test_percent_is_taken_as_printed_and_figures_stay_exact() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet["A1"], sheet["B1"] = 0.069, 0.1 + 0.2
        sheet["A1"].number_format = "0.0%"

    (sheet,) = read_workbook(saved(fill), "a.xlsx")
    assert (sheet.at(0, 0).value, sheet.at(0, 0).is_percent) == (Decimal("6.9"), True)
    assert sheet.at(0, 1).value == Decimal("0.3")


@pytest.mark.parametrize(
    "text", ["2026-06-30", "2026/6/30", "2026.06.30", "２０２６年６月３０日", "20260630", "2026-06-30 00:00:00"]
)
def test_days_written_as_words_are_days(text: str) -> None:
    assert as_date(Cell("A1", text)) == date(2026, 6, 30)


@pytest.mark.parametrize("text", ["2026-13-01", "6月底", "20261301", "明年"])
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="不是日期"):
        as_date(Cell("A1", text))


@pytest.mark.parametrize("text", ["12万", "未定", "1,23", "1.2.3", "=1+1"])
def test_what_is_no_figure_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="不是数字"):
        as_decimal(Cell("A1", text))


def test_blank_is_not_zero() -> None:
    assert as_decimal(Cell("A1", " ")) is None
    assert as_decimal(Cell("A1", Decimal(0))) == 0
    assert as_text(Cell("A1")) == ""


def test_hostile_files_are_refused_in_one_line() -> None:
    good = saved(form)
    for data, words in (
        (b"hello", "不是 Excel"),
        (b"PK\x03\x04rubbish", "不是 Excel"),
        (good[: len(good) // 2], "Excel|损坏"),
        (_with_part(good, "xl/vbaProject.bin", b"x"), "带有宏"),
        (_with_part(good, "xl/worksheets/big.xml", b"0" * 300_000_000), "过大"),
        (saved(lambda b: None), "表格是空的"),
    ):
        with pytest.raises(SheetError, match=words) as told:
            read_workbook(data, "表.xlsx")
        assert "\n" not in str(told.value)
    with pytest.raises(SheetError, match="超过 10 MB"):
        read_workbook(b"PK" + b"0" * 10 * 1024 * 1024, "表.xlsx")


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_what_goes_out_never_runs_and_comes_back_as_it_went() -> None:
    spec = SheetSpec(
        "台账/一",
        ("项目名称", "总投资（万元）"),
        [("=HYPERLINK(1)", Decimal("3.5")), ("+1", None)],
        title="项目台账",
        notes=("单位：万元",),
        choices=[Choice(0, ("甲", "乙"))],
        hidden=(1,),
        locked=(0,),
    )
    data = workbook_bytes([spec])
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet.title == "台账 一"
    assert [c.data_type for c in sheet["A"]] == ["s"] * 5
    rows = list(find_table(read_workbook(data, "a.xlsx"), [NAME, MONEY], what="表").rows)
    assert [(as_text(r["name"]), as_decimal(r["money"])) for r in rows] == [
        ("=HYPERLINK(1)", Decimal("3.5")),
        ("+1", None),
    ]


def test_csv_opens_as_utf_8_and_never_runs() -> None:
    assert csv_bytes(["名称", "数"], [["=1+1", Decimal("2.50")]]) == "\ufeff名称,数\r\n'=1+1,2.50\r\n".encode()


def test_equal_sheets_are_equal_files_whenever_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = SheetSpec("台账", ("项目名称",), [("甲",)])
    first = workbook_bytes([spec])
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert workbook_bytes([spec]) == first
    assert b"2000-01-01T00:00:00Z" in zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml")


def test_a_formula_nobody_worked_out_is_told_by_its_cell() -> None:
    """A program wrote the sum and no spreadsheet ever opened the file: it is no blank."""

    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet.append(["名称", "总投资", "备注", "合计"])
        sheet.append(["甲", "=1+1", None, "=B2"])
        sheet.append(["乙", 2, "=A3", None])

    [sheet] = read_workbook(saved(fill), "a.xlsx")
    table = find_table([sheet], [NAME, MONEY, NOTE], what="表")
    assert [(f.address, f.message) for f in table.uncomputed("money")] == [
        ("B2", "公式没有算出的值，请在Excel里打开保存一次再传")
    ]
    assert [f.address for f in table.uncomputed()] == ["B2", "C3"]
    assert [f.address for f in sheet.uncomputed] == ["B2", "D2", "C3"]


def test_a_formula_worked_out_is_its_value() -> None:
    def fill(book: Workbook) -> None:
        book.active.append(["名称", "总投资"])
        book.active.append(["甲", "=1+1"])
        book.active.append(["乙", '=""'])

    data = io.BytesIO(saved(fill))
    with zipfile.ZipFile(data) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    words = re.sub(r"(<f>1\+1</f>)<v ?(?:/>|></v>)", r"\1<v>2</v>", parts[name].decode())
    parts[name] = words.replace('r="B3"', 'r="B3" t="str"').encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    [sheet] = read_workbook(out.getvalue(), "a.xlsx")
    assert sheet.uncomputed == []
    assert sheet.at(1, 1).value == 2
    assert sheet.at(2, 1).is_blank
