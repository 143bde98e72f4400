"""Signs that a field may be read wrongly: each has a name, a field and the words that gave it away.

What the signs are, which words show them and how often a field that bears one is wrong stands in lexicon/signs.toml;
here is only where to look. `review` weighs what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache

from . import lexicon
from .clauses import Clause, Layout
from .fold import fold
from .model import Deadline
from .patterns import lazy
from .quantities.amounts import Amount
from .quantities.mentions import Mention
from .responsible import Duties
from .times import scan
from .unit_names import looks_like_unit
from .values import value


@value(frozen=True, slots=True)
class SignAt:
    """A sign at a field: `field` as a note names it (quantities[2].indicator), `words` what gave it away."""

    field: str
    sign: str
    words: str = ""


@value(frozen=True, slots=False)
class Sign:
    """A sign as the table has it; `on` says which words `written` is looked for in, empty lists hold for all."""

    name: str
    field: str
    risk: float
    why: str
    on: str
    written: str | None
    kinds: frozenset[str]
    comparators: frozenset[str]
    groups: frozenset[str]
    rules: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """What shows it in the words, compiled when it is first looked for: many a text asks for few signs."""
        return re.compile(self.written) if self.written else None

    def fits(self, kind: str, comparator: str, group: str, rule: str) -> bool:
        """Whether it may be borne by an amount of this kind, comparator, sort of unit and rule."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.comparators or comparator in self.comparators)
            and (not self.groups or group in self.groups)
            and (not self.rules or rule in self.rules)
        )


@cache
def signs() -> Mapping[str, Sign]:
    """All signs by name."""
    return {name: _sign(name, row) for name, row in lexicon.words("signs")["signs"].items()}


def _sign(name: str, row: Mapping[str, object]) -> Sign:
    def group(key: str) -> frozenset[str]:
        value = row.get(key, ())
        assert isinstance(value, list | tuple)
        return frozenset(map(str, value))

    pattern = row.get("pattern")
    return Sign(
        name,
        str(row["field"]),
        float(str(row["risk"])),
        str(row["why"]),
        str(row.get("on", "")),
        str(pattern) if pattern else None,
        group("kinds"),
        group("comparators"),
        group("groups"),
        group("rules"),
    )


@cache
def _on(*places: str) -> tuple[Sign, ...]:
    return tuple(sign for sign in signs().values() if sign.on in places)


# --- amounts ----------------------------------------------------------------------------------------------------------

_AMOUNT_PLACES = ("name", "before", "amount", "after", "gap", "rule")
#: How far behind an amount, and before its figure, words may still turn it.
_BEHIND, _AHEAD = 10, 60


@lru_cache(maxsize=512)
def _fitting(kind: str, comparator: str, group: str, rule: str) -> tuple[Sign, ...]:
    """The signs an amount of this sort may bear."""
    return tuple(
        sign
        for sign in _on(*_AMOUNT_PLACES)
        if sign.fits(kind, comparator, group, rule)
        and (sign.on != "rule" or sign.pattern is None or sign.pattern.search(rule))
    )


def of_amount(place: int, amount: Amount, layout: Layout) -> Iterator[SignAt]:
    """Signs at one amount; `place` is its number in the task."""
    m, clause = amount.mention, amount.clause
    words = {
        "name": fold(amount.indicator),
        "before": layout.folded[max(clause.start, m.frame - _AHEAD) : m.frame],
        "amount": layout.folded[amount.start : amount.end],
        "after": layout.folded[m.end : min(clause.end, m.end + _BEHIND)],
        "gap": _gap(layout, amount),
    }
    for sign in _fitting(amount.kind.value, m.comparator.value, m.group, amount.rule):
        if sign.on == "rule" or sign.pattern is None or sign.pattern.search(words[sign.on]):
            text = layout.printed[amount.start : amount.end]
            yield SignAt(f"quantities[{place}].{sign.field}", sign.name, text)


def _gap(layout: Layout, amount: Amount) -> str:
    """The words of the clause right before a name: a name that begins in the middle of one was cut there."""
    start, end = max(amount.clause.start, amount.start - _AHEAD), amount.mention.frame
    at = layout.printed.find(amount.indicator, start, amount.clause.end)
    return layout.folded[max(start, min(at, end) - _AHEAD) : min(at, end)] if at >= 0 else ""


def crowded(places: Sequence[tuple[int, Amount]]) -> Iterator[SignAt]:
    """Several figures in one clause may have taken each other's names."""
    starts: dict[Clause, set[int]] = {}
    for _, amount in places:
        starts.setdefault(amount.clause, set()).add(amount.start)
    for place, amount in places:
        if len(starts[amount.clause]) > 1 and not amount.rule.startswith("shared"):
            yield SignAt(f"quantities[{place}].indicator", "name.crowded")


# --- what may be missing ----------------------------------------------------------------------------------------------

# digits that belong to names, codes and dates
_NAMED_DIGITS = lazy(r"[A-Za-z第×xX+.\-/〔\[]$")
_NAMED_AFTER = lazy(r"[A-Za-z×+〕\]]|[年月日号级届线级]|国道|省道|县道|热线|小时|分钟|周岁|中学|小学|千伏|后|强")
_DIGITS = lazy(r"\d+(?:\.\d+)?")


def of_figures(layout: Layout, refused: Sequence[tuple[Mention, str]], seen: Sequence[Mention]) -> Iterator[SignAt]:
    """Figures that were left out, or that carry no unit the reader knows."""
    for mention, reason in refused:
        sign, words = signs().get(f"left_out.{reason}"), layout.printed[mention.start : mention.end]
        if sign and (sign.pattern is None or sign.pattern.search(fold(words))):
            yield SignAt("quantities", sign.name, words)
        if len(mention.before) > 1 and reason not in lexicon.words("signs")["left_out"]["qualified"]:
            # 达到620万千瓦, 不少于2次: who is a name or a rhythm is not promised at least
            yield SignAt("quantities", "left_out.promised", words)
    figures = _covered((m.frame, m.end) for m in seen)
    known = figures | _covered((t.start, t.end) for t in scan(layout.folded))
    for match in _DIGITS.finditer(layout.folded):
        at, end = match.span()
        if at in known or not layout.is_plain(at):
            continue
        if _NAMED_DIGITS.search(layout.folded[max(0, at - 1) : at]) or _NAMED_AFTER.match(layout.folded, end):
            continue
        yield SignAt("quantities", "no_unit", layout.printed[max(0, at - 6) : end + 4])
    for sign in _on("shares"):
        assert sign.pattern is not None
        for match in sign.pattern.finditer(layout.folded):
            if layout.is_plain(match.start()) and match.start() not in figures:
                yield SignAt("quantities", sign.name, match.group())


def _covered(stretches: Iterable[tuple[int, int]]) -> set[int]:
    """Every place within some stretches: a line of ten thousand figures asks of each whether it was read."""
    return {at for start, end in stretches for at in range(start, end)}


def of_times(layout: Layout, deadlines: Sequence[Deadline]) -> Iterator[SignAt]:
    """Words of time that set no limit as they were read, and limits that may be none."""
    for sign in _on("times"):
        assert sign.pattern is not None
        for match in sign.pattern.finditer(layout.folded):
            if layout.is_plain(match.start()) and not any(match.group() in fold(d.text) for d in deadlines):
                yield SignAt("deadlines", sign.name, match.group())
    for time in scan(layout.folded):
        if not time.bare_year and time.year is None and not any(time.text in fold(d.text) for d in deadlines):
            yield SignAt("deadlines", "deadlines.left_out", time.text)
    for place, limit in enumerate(deadlines):
        for sign in _on("limit"):
            if (not sign.rules or limit.rule in sign.rules) and (
                sign.pattern is None or sign.pattern.search(f"{fold(limit.text)}|{fold(limit.action)}")
            ):
                yield SignAt(f"deadlines[{place}].date", sign.name, limit.text)
    words = {d.date for d in deadlines if d.rule == "limit.words"}
    cells = {d.date for d in deadlines if d.rule == "limit.cell"}
    if words and cells and max(words) > max(cells):
        yield SignAt("deadlines", "later_limit")


# --- the task's own fields --------------------------------------------------------------------------------------------


def of_task(text: str, section: str | None, duties: Duties) -> Iterator[SignAt]:
    """Signs at the words, the heading and the units of an item of a list."""
    if not duties.leads:
        # where the unit was not found its words may still stand in the text
        for field in ("leads", "cooperating", "text"):
            yield SignAt(field, f"{field}.no_lead")
    yield from _of_words("text", fold(text))
    if section is None:
        yield SignAt("section", "section.none")
    else:
        yield from _of_name("section", section)
    for kind, units in (("leads", duties.leads), ("cooperating", duties.cooperating)):
        for unit in units:
            yield from _of_name(kind, unit)


@lru_cache(maxsize=2_048)
def _of_name(kind: str, name: str) -> tuple[SignAt, ...]:
    """Signs at a heading or a unit; a list names the same ones again and again."""
    found = _of_words(kind, fold(name))
    if kind != "section" and not looks_like_unit(name):
        return (SignAt(kind, f"{kind}.no_unit", name), *found)
    return tuple(found)


def _of_words(place: str, words: str) -> Iterator[SignAt]:
    for sign in _on(place):
        if sign.pattern is not None and (match := sign.pattern.search(words)):
            yield SignAt(sign.field, sign.name, match.group()[:20] if sign.field == "text" else words)
