"""Workbooks that go out: no cell is ever run as a formula, figures stay figures, the header stays in sight."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from duixian.reading.showing.tables import neutralised

from .model import SheetError, address_of

Out = str | int | Decimal | date | None

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_CELL = 32_767
_WRITTEN_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_TITLE_SIZE, _HEAD_FILL, _LOCKED_FILL = 14, "EEF1F5", "F5F6F8"


@dataclass(frozen=True, slots=True)
class Choice:
    """Values a column offers as a list (at most 255 signs together, as spreadsheets allow)."""

    column: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet to write: title and notes above, a header, rows. Widths in characters; columns from 0.

    `locked` columns are shaded as not to be filled in; `hidden` columns carry keys.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Out]]
    title: str = ""
    notes: Sequence[str] = ()
    widths: Sequence[int] = ()
    choices: Sequence[Choice] = ()
    locked: Sequence[int] = ()
    hidden: Sequence[int] = ()
    is_landscape: bool = True


def workbook_bytes(sheets: Sequence[SheetSpec]) -> bytes:
    """An .xlsx file of these sheets."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise SheetError("写 .xlsx 需要 openpyxl，请管理员安装 duixian[office]。") from error
    book = Workbook()
    book.remove(book.active)
    for spec in sheets:
        _write(book.create_sheet(_sheet_name(spec.name)), spec)
    out = io.BytesIO()
    book.save(out)
    return undated(out.getvalue())


def undated(workbook: bytes) -> bytes:
    """The same workbook without the moment it was written: equal sheets are equal files, whenever they are made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _WRITTEN_AT.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            made.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Out]]) -> bytes:
    """A .csv file that a Chinese Excel opens as UTF-8; what would run as a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow(["" if v is None else neutralised(v) if isinstance(v, str) else v for v in row])
    return out.getvalue().encode("utf-8-sig")


def _sheet_name(name: str) -> str:
    return re.sub(r"[\\/*?:\[\]]", " ", name)[:31] or "表"


def _write(sheet: Any, spec: SheetSpec) -> None:
    row = _above(sheet, spec)
    _header(sheet, spec, row)
    for values in spec.rows:
        row += 1
        for column, value in enumerate(values):
            _put(sheet, row, column, value, is_locked=column in spec.locked)
    _look(sheet, spec)


def _above(sheet: Any, spec: SheetSpec) -> int:
    """Title and notes; returns the header's row from 0."""
    from openpyxl.styles import Alignment, Font

    lines = [spec.title] * bool(spec.title) + list(spec.notes)
    for number, line in enumerate(lines):
        cell = _put(sheet, number, 0, line)
        cell.alignment = Alignment(wrap_text=False)
        if number == 0 and spec.title:
            cell.font = Font(bold=True, size=_TITLE_SIZE)
    return len(lines)


def _header(sheet: Any, spec: SheetSpec, row: int) -> None:
    from openpyxl.styles import Font, PatternFill

    for column, label in enumerate(spec.header):
        cell = _put(sheet, row, column, label)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
    sheet.freeze_panes = address_of(row + 1, 0)
    sheet.print_title_rows = f"{row + 1}:{row + 1}"


def _put(sheet: Any, row: int, column: int, value: Out, *, is_locked: bool = False) -> Any:
    from openpyxl.styles import Alignment, PatternFill

    cell = sheet.cell(row=row + 1, column=column + 1)
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("\ufffd", value)[:_LONGEST_CELL]
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif value is not None:
        cell.value = value
        cell.alignment = Alignment(vertical="top")
    if is_locked:
        cell.fill = PatternFill("solid", fgColor=_LOCKED_FILL)
    return cell


def _look(sheet: Any, spec: SheetSpec) -> None:
    """Widths, lists of values, and a page that prints on A4."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column in range(len(spec.header)):
        letter = sheet.column_dimensions[get_column_letter(column + 1)]
        letter.width = spec.widths[column] if column < len(spec.widths) else 14
        letter.hidden = column in spec.hidden
    first = len(spec.notes) + bool(spec.title) + 2
    for choice in spec.choices:
        rule = DataValidation(type="list", formula1='"' + ",".join(choice.values) + '"', allow_blank=True)
        rule.add(f"{address_of(first - 1, choice.column)}:{address_of(first + 1998, choice.column)}")
        sheet.add_data_validation(rule)
    sheet.page_setup.orientation = "landscape" if spec.is_landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
