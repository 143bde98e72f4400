"""Where a form's columns stand: by their labels, wherever people have moved them, below title rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .model import Cell, Fault, Sheet, SheetError, address_of

#: Nobody puts more title rows above a header.
_MAX_TITLE_ROWS = 15


@dataclass(frozen=True, slots=True)
class Column:
    """A column a form has: the key it is asked for by, its label, other labels people write, whether it must be."""

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    is_required: bool = True

    @property
    def labels(self) -> set[str]:
        """All labels, evened out."""
        return {even(text) for text in (self.label, *self.synonyms)}


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row; `number` as the spreadsheet shows it."""

    number: int
    cells: dict[str, Cell]

    def __getitem__(self, key: str) -> Cell:
        return self.cells[key]


@dataclass(frozen=True, slots=True)
class Table:
    """The table under a header: where each column stands, and its rows."""

    sheet: Sheet
    header_row: int
    places: dict[str, int]

    def has(self, key: str) -> bool:
        """Whether an optional column is there."""
        return key in self.places

    def uncomputed(self, *keys: str) -> list[Fault]:
        """Formulas below the header without a value, in these columns or in all; read as blank they would be lost."""
        places = {place for key, place in self.places.items() if not keys or key in keys}
        below = {address_of(row, place) for row in self.sheet.rows if row > self.header_row for place in places}
        return [fault for fault in self.sheet.uncomputed if fault.address in below]

    @property
    def rows(self) -> Iterator[Row]:
        """Rows below the header in which one of the columns holds anything; a column that is not there is blank."""
        for number in self.sheet.rows:
            if number <= self.header_row:
                continue
            cells = {key: self.sheet.at(number, place) for key, place in self.places.items()}
            if any(not cell.is_blank for cell in cells.values()):
                yield Row(number + 1, cells)


def find_table(sheets: Sequence[Sheet], columns: Sequence[Column], *, what: str) -> Table:
    """The first sheet and row in which all required columns stand. `what` names the form in the refusal.

    Raises SheetError that names the columns missing from the row that came nearest.
    """
    nearest: list[Column] = list(columns)
    for sheet in sheets:
        for row in sheet.rows[:_MAX_TITLE_ROWS]:
            places = _places(sheet, row, columns)
            missing = [c for c in columns if c.is_required and c.key not in places]
            if not missing:
                return Table(sheet, row, places)
            nearest = min(nearest, missing, key=len)
    names = "、".join(c.label for c in nearest if c.is_required)
    raise SheetError(f"不像是{what}：没有找到“{names}”列。请用本页下载的表填写，不要改动表头。")


def _places(sheet: Sheet, row: int, columns: Sequence[Column]) -> dict[str, int]:
    places: dict[str, int] = {}
    for number, column in sorted(sheet.cells):
        if number != row:
            continue
        words = even(str(sheet.cells[number, column].value))
        key = next((c.key for c in columns if c.key not in places and words in c.labels), None)
        if key is not None:
            places[key] = column
    return places


def even(label: str) -> str:
    """A label without spaces, stars, brackets with units and full-width forms: *总投资（万元） is 总投资."""
    text = unicodedata.normalize("NFKC", label)
    return re.sub(r"\(.*?\)|[\s*:]", "", text)
