"""Spreadsheets: .xlsx and .xlsm by calamine, .xls and .et by xlrd; numbers and dates as they are printed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from ..errors import MissingSupportError, ReadingError
from ..patterns import lazy
from ..source import Source
from .builder import Builder
from .guard import broken, content_of, open_archive
from .number_formats import printed
from .sheet_formats import formats_of
from .sheet_rows import Grid, write_sheet

_DEFAULT_NAME = lazy(r"(?:sheet|工作表|表|table)?\s*\d*", re.IGNORECASE)
#: Sheets beyond this are no task list but a database.
_MAX_SHEETS = 100


def load(data: bytes, name: str) -> Source:
    """A workbook as a source: each visible sheet that holds anything, one after the other. Macros are never run."""
    old = content_of(data) == "xls"
    try:
        sheets = list(_old_sheets(data, name) if old else _sheets(data, name))
    except ReadingError:
        raise
    except ImportError as error:
        raise MissingSupportError(f"读表格需要 {error.name}:{name}。请安装:pip install 'duixian[office]'。") from error
    except BaseException as error:  # both libraries raise whatever a damaged file makes them, also Rust's panics
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise broken(name) from error
    filled = [(title, grid) for title, grid in sheets if grid.cells]
    builder = Builder()
    for title, grid in filled:
        says_something = len(filled) > 1 and not _DEFAULT_NAME.fullmatch(title.strip())
        write_sheet(builder, grid, title if says_something else None)
    return builder.source(name)


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, Grid]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with open_archive(data, name) as archive:
        formats = formats_of(archive, name)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in workbook.sheets_metadata[:_MAX_SHEETS]:
        if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        content = workbook.get_sheet_by_name(sheet.name)
        top, left = content.start or (0, 0)
        styles = formats.get(sheet.name, {})
        rows = (
            [printed(value, styles.get((top + r, left + c))) for c, value in enumerate(row)]
            for r, row in enumerate(content.to_python(skip_empty_area=True))
        )
        merged = [(a - top, b - left, c - top, d - left) for (a, b), (c, d) in content.merged_cell_ranges or ()]
        yield sheet.name, Grid.of(rows, name, merged)


def _old_sheets(data: bytes, name: str) -> Iterator[tuple[str, Grid]]:
    import xlrd

    options: dict[str, Any] = {
        "formatting_info": True,
        "on_demand": True,
        "ragged_rows": True,
        "logfile": io.StringIO(),
    }
    with xlrd.open_workbook(file_contents=data, **options) as book:
        for index in range(min(book.nsheets, _MAX_SHEETS)):
            sheet = book.sheet_by_index(index)
            if sheet.visibility == 0:
                rows = ([_old_value(book, cell) for cell in sheet.row(r)] for r in range(sheet.nrows))
                merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
                yield sheet.name, Grid.of(rows, name, merged)
            book.unload_sheet(index)


def _old_value(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return printed(bool(cell.value), None)
    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str if cell.xf_index is not None else None
    if cell.ctype == xlrd.XL_CELL_DATE:
        return printed(xlrd.xldate_as_datetime(cell.value, book.datemode), code)
    return printed(cell.value, code)
