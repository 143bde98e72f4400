"""Spreadsheets and delimited tables: cells as the sheet prints them."""

import io
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from duixian.reading import BrokenDocumentError, TooLargeError
from duixian.reading.formats.number_formats import printed
from tests.reading.formats.makers import zipped
from tests.reading.formats.reading import lines, opened, rows


def xlsx(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def the_list(book: Any) -> None:
    sheet = book.active
    sheet.append(["附件1"])
    sheet.append(["2026年重点任务清单"])
    sheet.append(["单位：万元", None, None, None, "填报日期：", date(2026, 1, 5)])
    sheet.append(["序号", "任务", "牵头单位", "季度目标", None, "时限"])
    sheet.append([None, None, None, "一季度", "二季度", None])
    sheet.append([1, "新建学校3所。\n改造5所。", "市教育局", 0.06, 1234.5, date(2026, 6, 30)])
    sheet.append([2, "=1+1", None, 0.1 + 0.2, 12.0, datetime(2026, 9, 30)])
    sheet.append(["一、市发改委（1项）"])
    sheet.append([3, "建成桥1座", "市发改委"])
    sheet.append(["注：本表由各单位填报。"])
    for merged in ("A2:F2", "A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:F5", "C6:C7", "A8:F8", "A10:F10"):
        sheet.merge_cells(merged)
    sheet["D6"].number_format, sheet["E6"].number_format = "0%", "#,##0.00"
    sheet["F6"].number_format = 'yyyy"年"m"月"d"日"'
    other = book.create_sheet("市水利局")
    other.append(["序号", "任务"])
    other.append([1, "修渠8公里"])
    hidden = book.create_sheet("草稿")
    hidden.append(["序号", "任务"])
    hidden.sheet_state = "hidden"


def test_a_workbook_with_titles_two_header_rows_merged_cells_and_two_sheets(tmp_path: Path) -> None:
    source = opened(tmp_path, "清单.xlsx", xlsx(the_list))
    assert lines(source) == [
        "附件1",
        "2026年重点任务清单",
        "单位：万元  填报日期：  2026-01-05",
        "注：本表由各单位填报。",
        "市水利局",
    ]
    section = ["一、市发改委（1项）"] * 6
    assert [rows(table) for table in source.tables] == [
        [
            ["序号", "任务", "牵头单位", "季度目标", "季度目标", "时限"],
            ["序号", "任务", "牵头单位", "一季度", "二季度", "时限"],
            ["1", "新建学校3所。/改造5所。", "市教育局", "6%", "1,234.50", "2026年6月30日"],
            ["2", "", "市教育局", "0.3", "12", "2026-09-30"],
            section,
            ["3", "建成桥1座", "市发改委", "", "", ""],
        ],
        [["序号", "任务"], ["1", "修渠8公里"]],
    ]


def test_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("清单")
    sheet.write_merge(0, 0, 0, 3, "2026年重点任务清单")
    for column, title in enumerate(["序号", "任务", "目标", "时限"]):
        sheet.write(1, column, title)
    sheet.write(2, 0, 1)
    sheet.write(2, 1, "新建学校3所。\n改造5所。")
    sheet.write(2, 2, 0.06, xlwt.easyxf(num_format_str="0%"))
    sheet.write(2, 3, date(2026, 6, 30), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write_merge(3, 4, 0, 0, "合并")
    sheet.write(4, 1, 12.5)
    out = io.BytesIO()
    book.save(out)
    for name in ("清单.xls", "清单.et"):
        source = opened(tmp_path, name, out.getvalue())
        assert lines(source) == ["2026年重点任务清单"]
        assert rows(source.tables[0]) == [
            ["序号", "任务", "目标", "时限"],
            ["1", "新建学校3所。/改造5所。", "6%", "2026-06-30"],
            ["合并", "", "", ""],
            ["合并", "12.5", "", ""],
        ]


def test_a_web_table_exported_under_an_old_name_is_read_for_what_it_is(tmp_path: Path) -> None:
    page = "<html><table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>修渠8公里</td></tr></table></html>"
    assert rows(opened(tmp_path, "导出.xls", page).tables[0]) == [["序号", "任务"], ["1", "修渠8公里"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_text_in_any_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = (
        delimiter.join(["序号", "任务", "单位"]) + "\r\n" + delimiter.join(["1", '"新建,学校;3所\n改造5所"', "教育局"])
    )
    source = opened(tmp_path, "表.csv", text.encode(encoding))
    assert rows(source.tables[0]) == [["序号", "任务", "单位"], ["1", "新建,学校;3所/改造5所", "教育局"]]


def test_five_thousand_rows(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.active.append(["序号", "任务", "单位", "时限"])
        for i in range(5_000):
            book.active.append([i + 1, f"完成投资{i}万元", "市发改委", "6月底"])

    data = xlsx(fill)
    begin = time.process_time()
    assert opened(tmp_path, "大.xlsx", data).tables[0].height == 5_001
    assert time.process_time() - begin < 15


def test_cells_at_the_sheets_ends_are_refused_before_the_memory_fills(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.active["A1"], book.active["XFD1048576"] = "甲", "乙"

    with pytest.raises(TooLargeError, match="1048576 行"):
        opened(tmp_path, "远.xlsx", xlsx(fill))


def test_an_archive_that_unpacks_to_a_gigabyte_is_refused(tmp_path: Path) -> None:
    bomb = zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b"<a>" + b" " * 200_000_000})
    with pytest.raises(TooLargeError, match="展开后过大"):
        opened(tmp_path, "弹.xlsx", bomb)


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    data = xlsx(the_list)
    for cut in (40, len(data) // 2, len(data) - 30):
        with pytest.raises(BrokenDocumentError, match=r"残\.xlsx"):
            opened(tmp_path, "残.xlsx", data[:cut])


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12.0, None, "12"),
        (12, None, "12"),
        (0.1 + 0.2, None, "0.3"),
        (1e-7, None, "0.0000001"),
        (12345678901234.5, None, "12345678901234.5"),
        (0.06, "0%", "6%"),
        (0.065, "0.0%", "6.5%"),
        (0.065, "0.00%", "6.50%"),
        (1.005, "0.00", "1.01"),
        (1234.5, "#,##0", "1,235"),
        (1234.5, "#,##0.##", "1,234.5"),
        (3, '0"个"', "3个"),
        (3.5, '"约"0.0"万亩"', "约3.5万亩"),
        (-3, "0;[Red]-0", "-3"),
        (0, '0;-0;"—"', "—"),
        (5, "General", "5"),
        (5, "@", "5"),
        (2.5, "# ?/?", "2.5"),
        (12000, "0.00E+00", "12000"),
        (date(2026, 6, 30), None, "2026-06-30"),
        (datetime(2026, 6, 30, 8, 5), None, "2026-06-30 08:05"),
        (date(2026, 6, 30), 'yyyy"年"m"月"', "2026年6月"),
        (date(2026, 6, 3), "[$-804]yyyy/mm/dd;@", "2026/06/03"),
        (date(2026, 6, 3), "d-mmm-yy", "2026-06-03"),
        (True, None, "是"),
        (None, "0%", ""),
        ("增长6%", "0.00", "增长6%"),
    ],
)
def test_a_value_is_printed_as_its_sheet_prints_it(value: object, code: str | None, text: str) -> None:
    assert printed(value, code) == text


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15), st.text(max_size=20))
def test_no_format_makes_a_number_vanish_or_fail(value: float, code: str) -> None:
    assert isinstance(printed(value, code), str)
    assert float(printed(value, None)) == pytest.approx(value, rel=1e-14, abs=1e-14)
