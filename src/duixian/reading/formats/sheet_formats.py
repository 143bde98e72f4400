"""What calamine leaves out of an .xlsx file: its cells' number formats (without them 6% reads as 0.06), and how far its
filled cells lie apart, which must be known before calamine lays out the rectangle between them."""

from __future__ import annotations

import zipfile
from typing import Any

from ..errors import TooLargeError
from ..patterns import lazy
from .guard import parse_xml

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL = lazy(r"([A-Z]{1,3})(\d{1,7})")
#: The formats every file may use without listing them, as a Chinese Excel prints them.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 17: "mmm-yy",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

#: The largest rectangle of cells that is laid out; ten million take some 300 MB.
MAX_AREA = 10_000_000

Formats = dict[tuple[int, int], str]


def formats_of(archive: zipfile.ZipFile, name: str) -> dict[str, Formats]:
    """sheet name -> (row, column) -> format, for cells with another than the general format.

    Raises `TooLargeError` for a sheet whose filled cells span more than `MAX_AREA`.
    """
    names = set(archive.namelist())
    codes = _codes(parse_xml(archive.read("xl/styles.xml"), name)) if "xl/styles.xml" in names else []
    found: dict[str, Formats] = {}
    for sheet, part in _parts(archive, name):
        if part in names:
            found[sheet] = _cells(archive, part, codes, name)
    return found


def uncomputed_of(archive: zipfile.ZipFile, name: str) -> dict[str, set[tuple[int, int]]]:
    """sheet name -> (row, column) of formulas whose value the file does not hold: no spreadsheet has ever opened it."""
    names = set(archive.namelist())
    return {sheet: _uncomputed(archive, part) for sheet, part in _parts(archive, name) if part in names}


def _uncomputed(archive: zipfile.ZipFile, part: str) -> set[tuple[int, int]]:
    from lxml import etree

    found: set[tuple[int, int]] = set()
    with archive.open(part) as stream:
        tags = (f"{_NS}c", f"{_NS}row")
        for _, element in etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True):
            if element.tag == f"{_NS}row":
                element.clear()
                continue
            at = _CELL.fullmatch(element.get("r", ""))
            if at and _is_uncomputed(element):
                found.add((int(at.group(2)) - 1, _column(at.group(1))))
    return found


def _is_uncomputed(cell: Any) -> bool:
    """A formula without a value; one that was worked out to no words at all says so by its type."""
    is_formula = cell.find(f"{_NS}f") is not None
    return is_formula and cell.get("t") != "str" and not cell.findtext(f"{_NS}v")


def _codes(styles: Any) -> list[str | None]:
    """The format of each cell style, by its index."""
    own = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(f"{_NS}numFmt")}
    made: list[str | None] = []
    cells = styles.find(f"{_NS}cellXfs")
    for style in cells if cells is not None else ():
        number = style.get("numFmtId", "0")
        made.append(own.get(number) or (_BUILT_IN.get(int(number)) if number.isdigit() else None))
    return made


def _parts(archive: zipfile.ZipFile, name: str) -> list[tuple[str, str]]:
    """(sheet, its part in the archive)."""
    try:
        relations = parse_xml(archive.read("xl/_rels/workbook.xml.rels"), name)
    except KeyError:
        return []
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    book = parse_xml(archive.read("xl/workbook.xml"), name)
    found = []
    for sheet in book.iter(f"{_NS}sheet"):
        target = targets.get(sheet.get(f"{_REL}id"), "")
        found.append((sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    return found


def _cells(archive: zipfile.ZipFile, part: str, codes: list[str | None], name: str) -> Formats:
    from lxml import etree

    found: Formats = {}
    last_row = last_column = 0
    with archive.open(part) as stream:
        tags = (f"{_NS}c", f"{_NS}row")
        for _, element in etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True):
            if element.tag == f"{_NS}row":
                element.clear()
                continue
            at = _CELL.fullmatch(element.get("r", ""))
            if not at or not len(element):
                continue
            row, column = int(at.group(2)) - 1, _column(at.group(1))
            last_row, last_column = max(last_row, row), max(last_column, column)
            style = element.get("s", "")
            code = codes[int(style)] if style.isdigit() and int(style) < len(codes) else None
            if code:
                found[row, column] = code
    if (last_row + 1) * (last_column + 1) > MAX_AREA:
        raise TooLargeError(f"表格范围过大:{name} 有内容的单元格相隔 {last_row + 1} 行。请删去表外的内容后再试。")
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
