"""Tables as plain text: .csv and .tsv, in whatever encoding and with whatever delimiter a spreadsheet wrote."""

from __future__ import annotations

import csv
import io

from ..source import Source
from .builder import Builder
from .guard import broken
from .plain import decode
from .sheet_rows import Grid, write_sheet

_DELIMITERS = ",\t;|，"
_MAX_FIELD = 1_000_000


def load(data: bytes, name: str) -> Source:
    """A delimited text as a source with one table."""
    text = decode(data, name).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(_MAX_FIELD)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise broken(name, "引号或分隔符不成对,表格") from error
    builder = Builder()
    write_sheet(builder, Grid.of(rows, name))
    return builder.source(name)


def _delimiter(text: str) -> str:
    """The delimiter that splits most of the first rows into one and the same number of fields."""
    sample = "\n".join(text.split("\n", 60)[:60])

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
        except csv.Error:
            return (0, 0)
        several = [width for width in widths if width > 1]
        common = max(set(several), key=lambda width: (several.count(width), width), default=0)
        return several.count(common), common

    return max(_DELIMITERS, key=fit)
