"""Tables as files to take away: .xlsx, or .csv with the same lines above its header."""

from collections.abc import Sequence
from itertools import chain
from urllib.parse import quote

from django.http import HttpResponse

from duixian.sheets import SheetSpec, csv_bytes, long_workbook_bytes
from duixian.sheets.writing import Out

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def as_download(spec: SheetSpec, form: str, name: str) -> HttpResponse:
    """The table as a file `name` of a form in FORMS."""
    content = long_workbook_bytes(spec) if form == "xlsx" else _csv(spec)
    response = HttpResponse(content, content_type=FORMS[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return response


def _csv(spec: SheetSpec) -> bytes:
    above: list[Sequence[Out]] = [[note] for note in spec.notes]
    return csv_bytes([spec.title], chain(above, [list(spec.header)], spec.rows))
