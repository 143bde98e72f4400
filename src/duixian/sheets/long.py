"""A long table as a workbook, written row by row: twenty thousand lines take seconds and little memory."""

from __future__ import annotations

import io
import re
from typing import Any

from .model import SheetError
from .writing import Out, SheetSpec

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_CELL = 32_767
_PAPER_A4 = "9"
# words in a column wider than this are wrapped
_WRAPPED_FROM = 24


def long_workbook_bytes(spec: SheetSpec) -> bytes:
    """An .xlsx file of one sheet: title, notes, header, rows. Shading, lists and keys are not for long tables."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise SheetError("写 .xlsx 需要 openpyxl，请管理员安装 duixian[office]。") from error
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", spec.name)[:31] or "表")
    _look(sheet, spec)
    lines = [spec.title] * bool(spec.title) + list(spec.notes)
    for number, line in enumerate(lines):
        sheet.append([_cell(sheet, line, bold_size=14 if number == 0 else 0)])
    sheet.append([_cell(sheet, label, bold_size=11) for label in spec.header])
    is_wide = [width > _WRAPPED_FROM for width in spec.widths]
    for row in spec.rows:
        sheet.append([_value(sheet, value, is_wide, place) for place, value in enumerate(row)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _look(sheet: Any, spec: SheetSpec) -> None:
    from openpyxl.utils import get_column_letter

    head = len(spec.notes) + bool(spec.title) + 1
    sheet.freeze_panes, sheet.print_title_rows = f"A{head + 1}", f"{head}:{head}"
    for place, width in enumerate(spec.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.page_setup.orientation = "landscape" if spec.is_landscape else "portrait"
    sheet.page_setup.paperSize = _PAPER_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _value(sheet: Any, value: Out, is_wide: list[bool], place: int) -> Any:
    """The value itself, or a cell where its type or form must be said."""
    if not isinstance(value, str):
        return value
    is_wrapped = place < len(is_wide) and is_wide[place]
    # "=1+1" would be taken for a formula, "#N/A" for an error
    if is_wrapped or value.startswith(("=", "#")):
        return _cell(sheet, value, is_wrapped=is_wrapped)
    return _clean(value) or None


def _cell(sheet: Any, value: str, *, bold_size: int = 0, is_wrapped: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, value=_clean(value))
    cell.data_type = "s"  # never a formula, whatever it begins with
    if bold_size:
        cell.font = Font(bold=True, size=bold_size)
    if is_wrapped:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _clean(value: str) -> str:
    return _ILLEGAL.sub("\ufffd", value)[:_LONGEST_CELL]
