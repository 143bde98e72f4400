"""What sort of amount a figure is, which way it moves, which way is good, and whether it adds up over the year."""

from __future__ import annotations

import re
from functools import cache

from .. import lexicon
from ..model import Accrual, Comparator, Polarity, QuantityKind, Stage
from ..patterns import lazy
from .mentions import Mention

# between the word of change and its figure only these may stand: 增长均达到10%, 下降率为3%, 增长了6%
_LINK = r"(?:、|速度|率|幅度|幅|均|都|各|分别|同比|了|再|年均|稳定|保持|力争|确保|要|目标)*$"
_TO_LEVEL = ("到", "至", "为")


@cache
def _change(side: str) -> re.Pattern[str]:
    return re.compile(lexicon.any_of("frames", f"change.{side}") + _LINK)


@cache
def _leading(side: str) -> re.Pattern[str]:
    return re.compile(
        "(?:^|[、和及并再])(?:确保|力争|实现|计划|全年|年内|推动|累计|全市|全县|全区|努力)*"
        + lexicon.any_of("frames", f"change.{side}")
    )


def kind_of(mention: Mention, lead: str) -> tuple[QuantityKind, str | None]:
    """(kind, direction) of a figure whose phrase begins with `lead`, the words of its part up to the figure's frame.

    A change in percent is growth, a level in percent a rate; a change in percentage points or by an amount is an
    increment; 提高到, 降至 lead to a level, not over a distance.
    """
    direction = None if _leads_to_level(mention, lead) else _direction(lead)
    if mention.group == "times_more":
        return (
            (QuantityKind.GROWTH, direction or "up")
            if mention.unit == "番" or direction
            else (QuantityKind.AMOUNT, None)
        )
    if mention.group == "points":
        return QuantityKind.INCREMENT, direction or "up"
    if mention.group == "percent":
        direction = direction or _led_change(mention, lead)
        return (QuantityKind.GROWTH, direction) if direction else (QuantityKind.RATE, None)
    if direction and not (_moves_amounts().search(lead) or _lifts(mention, lead)):
        direction = None
    if direction is None and not _leads_to_level(mention, lead):
        direction = (
            "up" if _leading("leading_up").search(lead) else "down" if _leading("leading_down").search(lead) else None
        )
    if direction and not _is_new(lead):
        return QuantityKind.INCREMENT, direction
    return QuantityKind.AMOUNT, None


def _led_change(mention: Mention, lead: str) -> str | None:
    """压减项目30%: the verb of change stands before what it changes; 降低X到30% leads to a level."""
    frames = lexicon.words("frames")["before"]
    if mention.before in frames["reach"] or mention.before in frames["held"]:
        return None
    return "down" if _leading("leading_down").search(lead) else None


@cache
def _moves_amounts() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("frames", "change.of_amounts") + _LINK)


_LIFTS = lazy("(?<!改造)(?<!提质)(?<!品质)(?<!质量)(?<!升级)提升" + _LINK)


def _lifts(mention: Mention, lead: str) -> bool:
    """亩产提升10斤 is a rise; 改造提升10万亩 raises nothing."""
    return mention.group in ("money", "capacity", "score", "density") and bool(_LIFTS.search(lead))


def _leads_to_level(mention: Mention, lead: str) -> bool:
    """提高到70%: the word before the figure names the level it ends on."""
    word = mention.before
    return len(word) > 1 and word.endswith(_TO_LEVEL) and _direction(word[:-1]) is not None


def _direction(lead: str) -> str | None:
    if _change("down").search(lead):
        return "down"
    if _change("up").search(lead) and not lead.endswith("新增"):
        return "up"
    return None


def _is_new(lead: str) -> bool:
    """新增X is a count of new things, not the rise of a stock."""
    return bool(re.search(r"新增(?!加值)", lead)) and "净增" not in lead


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(lexicon.any_of("accruals", key))


def _any(key: str, phrase: str) -> bool:
    return _words(key).search(phrase) is not None


def polarity_of(mention: Mention, kind: QuantityKind, direction: str | None, phrase: str) -> Polarity:
    """Which way is good. The figure of a fall (下降10%以上) is the fall's size: more of it is good."""
    comparator = mention.comparator
    if comparator is Comparator.AT_MOST:
        return Polarity.LESS
    if comparator is Comparator.ABOUT and (mention.before in _steady() or _any("polarity.near", phrase)):
        return Polarity.NEAR
    if kind is QuantityKind.GROWTH and direction == "up" and _any("polarity.near", phrase):
        return Polarity.NEAR
    lowered = mention.before.startswith(("降", "减", "压", "下降", "缩", "回落"))
    if kind in (QuantityKind.RATE, QuantityKind.AMOUNT) and (lowered or _any("polarity.less", phrase)):
        # 用水量降至28立方米: who lowers a level wants it low
        return Polarity.LESS
    return Polarity.MORE


@cache
def _steady() -> frozenset[str]:
    frames = lexicon.words("frames")["before"]
    return frozenset(frames["held"]) | {word for word in frames["about"] if "稳定" in word}


@cache
def _levels() -> frozenset[str]:
    return frozenset(lexicon.words("accruals")["accrual"]["level_before"])


def accrual_of(
    mention: Mention, kind: QuantityKind, phrase: str, stage: Stage | None, *, is_dated: bool, is_set: bool
) -> Accrual:
    """How it comes about: growth runs, a rate is a level unless it is a mean, counts of work add up.

    Things merely pushed ahead (推进44个项目) are a set that stands, not a flow that grows; `is_set` says that the
    figure stands before its noun.
    """
    if kind is QuantityKind.GROWTH:
        return Accrual.RUNNING
    if kind is QuantityKind.RATE:
        if is_dated:
            return Accrual.DATED
        return Accrual.RUNNING if _any("accrual.running", phrase) else Accrual.STOCK
    if mention.group == "points":
        return Accrual.STOCK
    if mention.group == "density" or _any("accrual.running", phrase):
        return Accrual.RUNNING
    if stage is Stage.ADVANCE and mention.group == "count" and is_set:
        return Accrual.STOCK
    if _any("accrual.flow", phrase) and not _any("accrual.size", phrase):
        return Accrual.FLOW
    if mention.group == "count" and mention.before in _levels() and not is_set and not _any("accrual.work", phrase):
        # 高新技术企业突破120家: so many there are then
        return Accrual.STOCK
    return Accrual.STOCK if _any("accrual.stock", phrase) else Accrual.FLOW
