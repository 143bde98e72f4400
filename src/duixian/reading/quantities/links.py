"""An amount tied to what it hangs on: its limit, the stage of its object, which way is good, how it accrues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..deadlines import Limit, limit_of
from ..model import Quantity, QuantityKind, Stage
from ..patterns import lazy
from ..source import Passage
from .amounts import Amount
from .kinds import accrual_of, polarity_of

if TYPE_CHECKING:
    from ..outcomes.reader import State

# A ratio named after a stage hangs on it: 复工率, 开工率, 竣工率.
_RATES = (
    (lazy("复工率|复产率"), Stage.RESUME),
    (lazy("开工率"), Stage.START),
    (lazy("竣工率|完工率|建成率|完成率"), Stage.COMPLETE),
    (lazy("投产率|投用率|投运率"), Stage.IN_USE),
)
_FURTHEST = list(Stage)


def quantity_of(
    passage: Passage,
    amount: Amount,
    states: Sequence[State],
    limits: Sequence[Limit],
    tail: date | None,
    confidence: float,
) -> Quantity:
    """The amount as it is handed out, by document offsets, with how sure it is."""
    m = amount.mention
    stage = _stage(amount, states)
    limit = _limit(amount, limits)
    by = limit.on if limit else tail
    phrase = amount.indicator + passage.folded[amount.start : amount.end]
    dated = limit is not None and (limit.on.month, limit.on.day) != (12, 31)
    return Quantity(
        text=passage.text[amount.start : amount.end],
        span=passage.span(amount.start, amount.end),
        indicator=amount.indicator,
        value=m.value,
        unit=m.magnitude + m.unit if not (m.group == "bare" and m.magnitude.endswith(m.unit)) else m.magnitude,
        base_value=m.base_value,
        base_unit=m.unit if m.group != "bare" else "",
        comparator=m.comparator,
        kind=amount.kind,
        polarity=polarity_of(m, amount.kind, amount.direction, phrase),
        accrual=accrual_of(m, amount.kind, phrase, stage, is_dated=dated, is_set=amount.rule == "amount.noun-after"),
        value_max=m.value_max,
        direction=amount.direction,
        strive=amount.strive,
        per=amount.per,
        by=by,
        stage=stage,
        confidence=confidence,
        rule=amount.rule,
    )


def _stage(amount: Amount, states: Sequence[State]) -> Stage | None:
    """The furthest state promised of the amount's own object."""
    if amount.kind is QuantityKind.RATE:
        return next((stage for pattern, stage in _RATES if pattern.search(amount.indicator)), None)
    own = [s.stage for s in states if any(a is amount for a in s.amounts)]
    return max(own, key=_FURTHEST.index, default=None)


def _of_series(amount: Amount, limits: Sequence[Limit]) -> Limit | None:
    """一季度、上半年分别完成投资20%、50%: as many limits before the figures as figures, each has its own."""
    count, place = amount.of_series
    before = [x for x in limits if x.clause == amount.clause and x.time.end <= amount.mention.start]
    return before[place] if count > 1 and len(before) == count else None


def _limit(amount: Amount, limits: Sequence[Limit]) -> Limit | None:
    """The limit of its clause. A limit of a neighbour's words (、二期年底前开工) does not reach over."""
    if amount.rule == "shared.respectively" and (own := _of_series(amount, limits)):
        return own
    return limit_of(amount.mention.start, amount.clause, limits)
