"""Amounts put together from several cells: where the cells do not adjoin, the place of an amount is its figure's.

指标 | 单位 | 去年 | 今年 gives 生产总值1340亿元, which stands nowhere: the text and span are those of 1340,
the rest is in the fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from .fold import fold
from .model import Quantity, ReadTask, Span

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def with_exact_spans(tasks: Sequence[ReadTask], text: str) -> list[ReadTask]:
    """The tasks with amounts whose words are what stands at their place."""
    return [
        replace(task, quantities=tuple(_exact(q, text) for q in task.quantities))
        if any(_differs(q, text) for q in task.quantities)
        else task
        for task in tasks
    ]


def _differs(quantity: Quantity, text: str) -> bool:
    printed = text[quantity.span.start : quantity.span.end]
    return printed != quantity.text and "".join(printed.split()) != "".join(quantity.text.split())


def _exact(quantity: Quantity, text: str) -> Quantity:
    if not _differs(quantity, text):
        return quantity
    place = _place_of_figure(quantity, text)
    return quantity if place is None else replace(quantity, text=text[place.start : place.end], span=place)


def _place_of_figure(quantity: Quantity, text: str) -> Span | None:
    """Where the amount's figure stands, with as much of its words as stands beside it."""
    for own in _FIGURE.finditer(fold(quantity.text)):
        if _value(own.group()) != quantity.value:
            continue
        at = text.rfind(quantity.text[own.start() : own.end()], quantity.span.start, quantity.span.end)
        if at < 0:
            continue
        start, end, left, right = at, at + own.end() - own.start(), own.start(), own.end()
        while left and start > quantity.span.start and text[start - 1] == quantity.text[left - 1]:
            start, left = start - 1, left - 1
        while right < len(quantity.text) and text[end : end + 1] == quantity.text[right]:
            end, right = end + 1, right + 1
        return Span(start, end)
    return None


def _value(printed: str) -> Decimal | None:
    try:
        return Decimal(printed.replace(",", ""))
    except InvalidOperation:
        return None
