"""Filled-in return forms for tests, as people send them."""

import io
from collections.abc import Sequence

from openpyxl import Workbook, load_workbook

from duixian.units.returns.form import row_of, template

TITLE_ROWS = 5


def filled(*lines: dict[str, str]) -> bytes:
    """The form with these lines, by column key. The first stands in row 6."""
    return template([row_of(line) for line in lines])


def sheet(header: Sequence[object], *rows: Sequence[object], merged: Sequence[str] = ()) -> bytes:
    """A workbook of one's own making, header in row 1."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (header, *rows):
        page.append(list(row))
    for box in merged:
        page.merge_cells(box)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def first_sheet(data: bytes) -> list[list[object]]:
    """All rows of a workbook's first sheet."""
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def person(unit: str, name: str, role: str = "联络员", **more: str) -> dict[str, str]:
    """One line."""
    return {"unit": unit, "name": name, "role": role, **more}
