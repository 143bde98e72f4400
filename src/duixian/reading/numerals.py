"""Numbers as the field writes them: 4.3, 1,200, 五百, 四万八千, 百分之七十二. Exact, never through a float."""

from __future__ import annotations

from decimal import Decimal

from .patterns import lazy
from .values import value

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
CHINESE = "零〇一二三四五六七八九十百千两"
MAGNITUDES = "十百千万亿"

# 1,200 is one number; 6%,7% are two: a comma joins only exactly three digits that no fourth follows.
_ARABIC = lazy(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
#: No numeral anybody writes is longer; a page of nothing but numerals is not read anew from each of them.
_LONGEST_RUN = 24
_CHINESE_RUN = lazy(f"[{CHINESE}万亿]{{1,{_LONGEST_RUN}}}(?:点[零〇一二三四五六七八九]{{1,{_LONGEST_RUN}}})?")


@value(frozen=True, slots=True)
class Number:
    """A number and its place. `magnitude` is the 万/亿 written after it that stays with the unit (五百|万元)."""

    start: int
    end: int
    value: Decimal
    chinese: bool = False


def chinese_value(run: str) -> Decimal | None:
    """The value of a Chinese numeral; None where it is no number (千万 standing alone is taken as one).

    >>> chinese_value("四万八千")
    Decimal('48000')
    """
    whole, _, fraction = run.partition("点")
    total = section = digit = 0
    seen = False
    for ch in whole:
        if ch in _DIGITS:
            digit, seen = _DIGITS[ch], True
        elif ch in _STEPS:
            # 十二 has no digit before the ten, 百亿 none before the hundred: one is meant
            section += (digit or 1) * _STEPS[ch]
            digit, seen = 0, True
        elif ch in _GREAT:
            if not seen:
                return None
            total = (total + section + digit) * _GREAT[ch] if ch == "亿" else total + (section + digit) * _GREAT[ch]
            section = digit = 0
    value = Decimal(total + section + digit)
    if fraction:
        value += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return value if seen else None


# 1万6千户, 1亿3千万人: digits step by step
_STEPPED = lazy(r"(\d{1,4})([万亿])(\d)([千百])(?![\d.])")


def arabic_at(text: str, at: int) -> Number | None:
    """The number written in digits that begins here."""
    match = _ARABIC.match(text, at)
    if match and (stepped := _STEPPED.match(text, at)):
        return Number(at, stepped.end(), _stepped(*stepped.groups(), before_ten_thousand=text[stepped.end() :][:2]))
    return Number(at, match.end(), Decimal(match.group().replace(",", ""))) if match else None


def _stepped(high: str, great: str, low: str, step: str, *, before_ten_thousand: str) -> Decimal:
    """1万6千 is 16000; the 万 that closes 1亿3千万 stays with the unit, so its number is 13000."""
    if great == "万":
        return Decimal(int(high) * 10_000 + int(low) * _STEPS[step])
    scale = 1 if "万" in before_ten_thousand.lstrip("多余")[:1] else 10_000
    return Decimal((int(high) * 10_000 + int(low) * _STEPS[step]) * scale)


def chinese_at(text: str, at: int) -> Number | None:
    """The Chinese numeral that begins here, without the one 万 or 亿 that belongs to its unit.

    五百万元 is 500 of 万元; 四万八千人 is 48000 of 人: a magnitude in the middle is part of the number, one at the
    end is part of the unit.
    """
    match = _CHINESE_RUN.match(text, at)
    if not match:
        return None
    run = match.group()
    body = run.rstrip("万亿")
    if not body:
        return None
    value = chinese_value(body)
    return None if value is None else Number(at, at + len(body), value, chinese=True)


def carried(value: Decimal, magnitude: str) -> Decimal:
    """The value with its 万, 亿, 千万 carried into the number."""
    for ch in magnitude:
        value *= _STEPS.get(ch) or _GREAT[ch]
    return value
