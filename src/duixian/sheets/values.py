"""What a cell means: words, a figure, a day. Each raises ValueError with a Chinese line that says how to write it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from .model import Cell

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
# a day has a time of its own in what some systems export
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2})?$")


def as_text(cell: Cell) -> str:
    """The words in the cell, without the spaces around them and between Chinese characters; "" for a blank."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}" + ("%" if cell.is_percent else "")
    if isinstance(value, date):
        return value.isoformat()
    return re.sub(r"(?<=[一-鿿])[ \t　]+(?=[一-鿿])", "", value).strip(" \t　\n")


def as_decimal(cell: Cell) -> Decimal | None:
    """The figure in the cell, exact; None for a blank, never zero. Full-width digits and 1,234.5 are figures.

    Raises ValueError for words and dates: "未定" is no figure.
    """
    value = cell.value
    if cell.is_blank:
        return None
    if isinstance(value, Decimal):
        return value
    if isinstance(value, date):
        raise ValueError(f"应填数字，现为日期{value.isoformat()}")
    text = unicodedata.normalize("NFKC", str(value)).replace("−", "-").replace(" ", "")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"“{str(value)[:20]}”不是数字，请只填数，不带计量单位")
    try:
        return Decimal(text.rstrip("%").replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"“{str(value)[:20]}”不是数字") from error


def as_date(cell: Cell) -> date | None:
    """The day in the cell; None for a blank. 2026-06-30, 2026/6/30, 2026.6.30, 2026年6月30日 and 20260630 are days.

    Raises ValueError for anything else.
    """
    value = cell.value
    if cell.is_blank:
        return None
    if isinstance(value, date):
        return value
    text = _CLOCK.sub("", unicodedata.normalize("NFKC", as_text(cell)))
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
    raise ValueError(f"“{text[:20]}”不是日期，请写成2026-06-30这样")
