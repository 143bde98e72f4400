"""Workbooks people fill in: read with every cell's address, written so that no cell is ever run as a formula.

Pure: no Django, no database. Reading passes the same guards as documents do (size, type, bombs, damage); macros are
refused. A caller finds its columns by their labels (`find_table`), takes values by `as_text`, `as_decimal`, `as_date`,
and collects `Fault`s that name the cell.
"""

from duixian.reading.showing.tables import neutralised

from .finding import Column, Row, Table, find_table
from .long import long_workbook_bytes
from .model import Cell, Fault, Sheet, SheetError
from .reading import LARGEST, read_workbook
from .values import as_date, as_decimal, as_text
from .writing import Choice, SheetSpec, csv_bytes, workbook_bytes

__all__ = [
    "LARGEST",
    "Cell",
    "Choice",
    "Column",
    "Fault",
    "Row",
    "Sheet",
    "SheetError",
    "SheetSpec",
    "Table",
    "as_date",
    "as_decimal",
    "as_text",
    "csv_bytes",
    "find_table",
    "long_workbook_bytes",
    "neutralised",
    "read_workbook",
    "workbook_bytes",
]
