"""Opening an uploaded workbook: .xlsx by calamine, .xls by xlrd; anything else is refused in words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from duixian.reading import ReadingError
from duixian.reading.formats.guard import content_of, open_archive
from duixian.reading.formats.sheet_formats import formats_of, uncomputed_of

from .model import Cell, Sheet, SheetError, Value, address_of

#: Bytes of an upload; a form with 5,000 rows has about one megabyte.
LARGEST = 10 * 1024 * 1024
MAX_CELLS = 200_000
_MAX_SHEETS = 30
_MACROS = ("xl/vbaProject.bin", "xl/macrosheets/")


def read_workbook(data: bytes, name: str, *, largest: int = LARGEST) -> list[Sheet]:
    """The visible sheets of an uploaded workbook that hold anything, in their order.

    Raises SheetError for a file that is too large, no workbook, damaged, secured, with macros, or made to fill memory.
    """
    if len(data) > largest:
        raise SheetError(f"文件过大：{name} 超过 {largest // (1024 * 1024)} MB。请只留需要填报的工作表后再传。")
    kind = content_of(data)
    if kind not in ("xlsx", "xls"):
        raise SheetError(f"不是 Excel 表格：{name}。请上传 .xlsx 文件（从本页下载的表填好即可）。")
    try:
        sheets = list(_old_sheets(data) if kind == "xls" else _new_sheets(data, name))
    except SheetError:
        raise
    except ReadingError as error:
        raise SheetError(str(error)) from error
    except ImportError as error:
        raise SheetError(f"读表格需要 {error.name}，请管理员安装 duixian[office]。") from error
    except BaseException as error:  # both libraries raise whatever a damaged file makes them, also Rust's panics
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise SheetError(f"文件已损坏或加了密码：{name}。请用办公软件打开并重新另存后再传。") from error
    filled = [sheet for sheet in sheets if sheet.cells]
    if not filled:
        raise SheetError(f"表格是空的：{name}。请核对是否传错了文件。")
    return filled


def _new_sheets(data: bytes, name: str) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with open_archive(data, name) as archive:
        if any(part.startswith(_MACROS) for part in archive.namelist()):
            raise SheetError(f"文件带有宏：{name}。请另存为不含宏的 .xlsx 后再传。")
        formats, uncomputed = formats_of(archive, name), uncomputed_of(archive, name)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in workbook.sheets_metadata[:_MAX_SHEETS]:
        if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        content = workbook.get_sheet_by_name(sheet.name)
        top, left = content.start or (0, 0)
        styles = formats.get(sheet.name, {})
        filled = (
            (top + r, left + c, value, styles.get((top + r, left + c)))
            for r, row in enumerate(content.to_python(skip_empty_area=True))
            for c, value in enumerate(row)
        )
        merged = ((a[0], a[1], b[0], b[1]) for a, b in content.merged_cell_ranges or ())
        read = _sheet(sheet.name, filled, merged)
        for at in uncomputed.get(sheet.name, ()):
            read.cells.setdefault(at, Cell(address_of(*at), is_uncomputed=True))
        yield read


def _old_sheets(data: bytes) -> Iterator[Sheet]:
    import xlrd

    with xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO()) as book:
        for sheet in book.sheets()[:_MAX_SHEETS]:
            if sheet.visibility == 0:
                merged = ((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
                yield _sheet(sheet.name, _old_cells(book, sheet), merged)


def _old_cells(book: Any, sheet: Any) -> Iterator[tuple[int, int, object, str | None]]:
    import xlrd

    for r in range(sheet.nrows):
        for c, cell in enumerate(sheet.row(r)):
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
                continue
            value: object = cell.value
            if cell.ctype == xlrd.XL_CELL_DATE:
                value = xlrd.xldate_as_datetime(cell.value, book.datemode)
            code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            yield r, c, value, code


def _sheet(
    name: str,
    filled: Iterable[tuple[int, int, object, str | None]],
    merged: Iterable[tuple[int, int, int, int]],
) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    for row, column, raw, code in filled:
        cell = _cell(address_of(row, column), raw, code)
        if not cell.is_blank:
            cells[row, column] = cell
        if len(cells) > MAX_CELLS:
            raise SheetError(f"工作表“{name}”超过 {MAX_CELLS} 个有内容的单元格。请拆分后再传。")
    for box in merged:
        _spread(cells, box)
    return Sheet(name, cells)


def _spread(cells: dict[tuple[int, int], Cell], box: tuple[int, int, int, int]) -> None:
    """A merged cell says the same for every row and column it covers."""
    top, left, bottom, right = box
    first = cells.get((top, left))
    if first is None or (bottom - top + 1) * (right - left + 1) > MAX_CELLS:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            cells.setdefault((row, column), Cell(address_of(row, column), first.value, first.is_percent))


def _cell(address: str, raw: object, code: str | None) -> Cell:
    is_percent = bool(code) and "%" in str(code)
    value = _value(raw)
    if isinstance(value, Decimal) and is_percent:
        return Cell(address, (value * 100).normalize() + 0, is_percent=True)
    return Cell(address, value)


def _value(raw: object) -> Value:
    if raw is None or raw == "":
        return None
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float):
        return _exact(raw)
    if isinstance(raw, timedelta):
        return str(raw)
    return str(raw).replace("\r\n", "\n").replace("\xa0", " ").strip()


def _exact(raw: int | float) -> Value:
    """A spreadsheet's binary number by its shortest decimal, as far as fifteen digits say anything."""
    number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    if not number.is_finite():
        return None
    if len(number.as_tuple().digits) > 15:
        number = Decimal(f"{number:.15g}")
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()
