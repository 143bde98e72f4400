"""A cell's value as the sheet prints it: 0.06 under the format 0% is 6%, and a date keeps its form.

Figures stay exact: a spreadsheet's binary number is taken by its shortest decimal, then rounded only as far as the
sheet itself prints it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from ..patterns import lazy

_CONDITION = lazy(r"\[[^\]]*\]")
_LITERAL = lazy(r'"([^"]*)"|\\(.)|_.|\*.')
_PLACES = lazy(r"[0#?](?:[0#?,]*)(?:\.([0#?]+))?")
_DATE_TOKEN = lazy(r"yyyy|yy|y|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|am/pm|上午/下午", re.IGNORECASE)


def printed(value: object, code: str | None) -> str:
    """What stands in the cell; `code` is its number format, None for the general one."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return _date(value, code)
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, code)
    return str(value)


def _number(value: float, code: str | None) -> str:
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return ""
    section = _section(code, exact)
    if section is None:
        return _plain(exact)
    before, pattern, after = section
    if pattern is None:
        return before or _plain(exact)
    percent = "%" in after or "%" in before
    exact = exact * 100 if percent else exact
    decimals = pattern.group(1) or ""
    most, least = len(decimals), decimals.count("0")
    try:
        rounded = exact.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    except InvalidOperation:
        return _plain(exact)
    text = f"{rounded:,f}" if "," in pattern.group(0).split(".")[0] else f"{rounded:f}"
    if most > least and "." in text:
        whole, _, rest = text.partition(".")
        rest = rest[:least] + rest[least:].rstrip("0")
        text = f"{whole}.{rest}" if rest else whole
    return before + text + after


def _section(code: str | None, value: Decimal) -> tuple[str, re.Match[str] | None, str] | None:
    """(before, digits, after) of the format that holds for a value; None for the general format."""
    if not code or code.lower() in ("general", "@", "g/通用格式"):
        return None
    sections = _split(code)
    # a format of its own for negative numbers prints its own sign or brackets; the plain sign is clearer
    section = sections[2] if value == 0 and len(sections) > 2 else sections[0]
    if "E+" in section.upper() or "/" in section or "general" in section.lower():
        return None
    section = _CONDITION.sub("", section)
    marked = _LITERAL.sub(lambda m: "\x00" + (m.group(1) or m.group(2) or "") + "\x00", section)
    pattern = _PLACES.search(re.sub(r"\x00[^\x00]*\x00", lambda m: "\x00" * len(m.group(0)), marked))
    if pattern is None:
        return marked.replace("\x00", "").strip(), None, ""
    before, after = marked[: pattern.start()], marked[pattern.end() :]
    return before.replace("\x00", "").strip("@ "), pattern, after.replace("\x00", "").strip("@ ")


def _split(code: str) -> list[str]:
    """The sections of a format, parted by semicolons outside quotes."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)


def _plain(value: Decimal) -> str:
    """12, not 12.0; 0.3, not 0.30000000000000004."""
    if value.as_tuple().digits and len(value.as_tuple().digits) > 15:
        value = Decimal(f"{value:.15g}")
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: date, code: str | None) -> str:
    """A date in the form of its cell if that is one of years, months and days, else as 2026-06-30."""
    section = _CONDITION.sub("", _split(code)[0]) if code else ""
    plain = _LITERAL.sub(lambda m: m.group(1) or m.group(2) or "", section)
    tokens = [token.lower() for token in _DATE_TOKEN.findall(plain)]
    if not tokens or any(token[0] in "hs上a" or token in ("mmm", "mmmm", "ddd", "dddd") for token in tokens):
        has_time = isinstance(value, datetime) and (value.hour or value.minute or value.second)
        return f"{value:%Y-%m-%d %H:%M}" if has_time else f"{value:%Y-%m-%d}"

    def part(match: re.Match[str]) -> str:
        token = match.group(0).lower()
        if token[0] == "y":
            return f"{value.year}" if len(token) > 2 else f"{value.year % 100:02d}"
        number = value.month if token[0] == "m" else value.day
        return f"{number:0{len(token)}d}"

    return _DATE_TOKEN.sub(part, plain).strip("@; ")
