"""A filled-in workbook as it lies before a command: cells with their addresses, and what is wrong with one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Value = str | Decimal | date | None

#: What is told of a formula that no spreadsheet has worked out yet.
UNCOMPUTED = "公式没有算出的值，请在Excel里打开保存一次再传"


class SheetError(Exception):
    """The workbook cannot be taken at all. `str(error)` is one Chinese line for people: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands (C12) and what it holds; `is_percent` where the sheet prints it with a %.

    A number is exact (the shortest decimal of what the file stores), 12 % is 12 with `is_percent`.
    """

    address: str
    value: Value = None
    is_percent: bool = False
    # a formula whose value the file does not hold
    is_uncomputed: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing in it; blank is not zero."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, for the person who filled it in."""

    sheet: str
    address: str
    message: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address}：{self.message}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet. `cells` by (row, column), both from 0; a merged cell's value stands in all cells it covers."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)

    @property
    def rows(self) -> list[int]:
        """Numbers of the rows that hold anything."""
        return sorted({row for row, _ in self.cells})

    @property
    def uncomputed(self) -> list[Fault]:
        """Formulas whose value the file does not hold, in reading order."""
        found = (cell for _, cell in sorted(self.cells.items()) if cell.is_uncomputed)
        return [Fault(self.name, cell.address, UNCOMPUTED) for cell in found]

    def at(self, row: int, column: int) -> Cell:
        """The cell there; a blank one where nothing stands."""
        return self.cells.get((row, column)) or Cell(address_of(row, column))


def address_of(row: int, column: int) -> str:
    """C12 for row 11, column 2."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
