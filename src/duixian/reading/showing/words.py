"""The contract's values in the field's words, from words.toml and rules.toml."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from ..model import Quantity
from ..patterns import lazy

_FIELD = lazy(r"(?P<name>\w+)\[(?P<at>\d+)\](?:\.(?P<part>\w+))?")


@cache
def table(name: str) -> dict[str, Any]:
    """words.toml or rules.toml."""
    return tomli.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def word(group: str, value: str | None) -> str:
    """A value of the contract in Chinese: ("comparator", ">=") is 不低于. An unknown one stays as it is."""
    return "" if value is None else str(table("words")[group].get(value, value))


def field_in_words(field: str) -> str:
    """A reviewed field: quantities[1].indicator is 数量2的指标."""
    match = _FIELD.fullmatch(field)
    if not match:
        return word("fields", field)
    part = f"的{word('fields', match['part'])}" if match["part"] else ""
    return f"{word('fields', match['name'])}{int(match['at']) + 1}{part}"


def rule_means(rule: str) -> str:
    """What a rule says; its bare name where nobody has written a sentence for it."""
    found = table("rules")
    for group in ("rules", "refusals"):
        if rule in found[group]:
            return str(found[group][rule])
    return rule


def plain(value: Decimal) -> str:
    """A figure without exponent or trailing zeros: 4.3, 400."""
    return f"{value.normalize():f}"


def value_in_words(quantity: Quantity) -> str:
    """The figure with its range, without its unit: 1—2."""
    upper = "" if quantity.value_max is None else f"—{plain(quantity.value_max)}"
    return plain(quantity.value) + upper


def promise_in_words(quantity: Quantity) -> str:
    """Figure and comparison as one says them: 不低于400亿元, 6%左右, 110个."""
    figure = f"{value_in_words(quantity)}{quantity.unit}"
    sign = quantity.comparator.value
    if sign == "~":
        return f"{figure}左右"
    return figure if sign in ("=", "range") else f"{word('comparator', sign)}{figure}"


def kind_in_words(quantity: Quantity) -> str:
    """增长率, 下降量, 总量: kind and direction together."""
    return word("kind", f"{quantity.kind.value}.{quantity.direction}" if quantity.direction else quantity.kind.value)


def by_in_words(by: date | None, implied: bool = False) -> str:
    """A limit as a date; the year's end where it was not written."""
    if by is None:
        return ""
    return f"{by.isoformat()}（未写，按年底）" if implied else by.isoformat()
