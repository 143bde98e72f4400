"""How far the counties' figures carry each target of the city: the sum in the target's unit, and what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from .figures import adds_up
from .measures import in_unit, measure_of, size
from .model import Commitment, Coverage, CoverageState, Link, LinkRelation
from .names import Sameness, match_names
from .places import owner

#: From here on a sum is 层层加码.
OVER_FROM = Decimal("1.2")
#: A gap is spoken of when at least this part of the expected plans is read.
ENOUGH_READ = Decimal("0.8")
#: Beginnings of names of which two values do not add up to a third.
QUOTIENTS = ("每", "人均", "平均", "单位")


def coverage_of(
    city: Sequence[Commitment],
    links: Iterable[Link],
    *,
    plans_read: int,
    plans_expected: int | None = None,
) -> tuple[Coverage, ...]:
    """Each target that counties can carry, with the sum of the figures linked to it.

    Pure arithmetic on the links given: leave out what a person refused, put in what a person joined, and ask again.
    """
    linked: dict[Commitment, list[Link]] = defaultdict(list)
    for link in links:
        if link.relation is LinkRelation.CONTRIBUTES and link.share is not None:
            linked[link.target].append(link)
    targets = [phrase for phrase in city if may_be_carried(phrase)]
    return tuple(_covered(target, _counted(target, targets, linked), plans_read, plans_expected) for target in targets)


def may_be_carried(phrase: Commitment) -> bool:
    """An amount that adds up over counties; not what the city keeps at its own level, nor what one county owes.

    每万人口拥有量, 人均 are quotients: they do not add up either.
    """
    if not adds_up(phrase) or not phrase.value or owner(phrase) is not None:
        return False
    return not phrase.indicator.startswith(QUOTIENTS) and "市级" not in phrase.indicator


def _counted(target: Commitment, targets: list[Commitment], linked: dict[Commitment, list[Link]]) -> list[Link]:
    """The figures in a target's sum, each once: where a county names the whole, its parts (其中) are in it already."""
    found = _each_once(linked[target])
    named = {link.county for link in found}
    for part in targets:
        if part is not target and part.place == target.place and _is_part(part, target):
            found += [link for link in _each_once(linked[part]) if link.county not in named]
    return found


def _is_part(part: Commitment, whole: Commitment) -> bool:
    names = match_names(part.indicator, whole.indicator)
    return names is not None and names.sameness is Sameness.NARROWER and measure_of(part.unit) == measure_of(whole.unit)


def _each_once(links: Iterable[Link]) -> list[Link]:
    """Without figures said twice in one plan, and without parts (其中) of a figure that is counted."""
    found: dict[tuple[str, Decimal], Link] = {}
    whole_named: set[str] = set()
    for link in links:
        if link.commitment.within and link.county in whole_named:
            continue
        whole_named.add(link.county)
        measured = size(link.commitment)
        assert measured is not None
        found.setdefault((link.county, measured[1]), link)
    return list(found.values())


def _covered(target: Commitment, links: list[Link], read: int, expected: int | None) -> Coverage:
    committed = _committed(target, links, read)
    assert target.value is not None
    part = committed / target.value
    return Coverage(
        commitment=target,
        target=target.value,
        unit=target.unit,
        committed=committed,
        share=part,
        links=tuple(links),
        counties=tuple(dict.fromkeys(link.county for link in links)),
        state=state_of(part, read, expected),
        plans_read=read,
        plans_expected=expected,
    )


def _committed(target: Commitment, links: list[Link], read: int) -> Decimal:
    """The sum in the target's unit; of what each county owes for itself, the least any of them promises."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for link in links:
        measured = size(link.commitment)
        assert measured is not None
        sums[link.county] += in_unit(measured[1], target.unit)
    if target.per is None:
        return sum(sums.values(), Decimal(0))
    return min(sums.values(), default=Decimal(0)) if len(sums) >= read else Decimal(0)


def state_of(part: Decimal, read: int, expected: int | None) -> CoverageState:
    """What a sum says, given how many of the expected plans it comes from."""
    if part >= OVER_FROM:
        return CoverageState.OVER
    if part >= 1:
        return CoverageState.COVERED
    if expected is None or read < expected * ENOUGH_READ:
        return CoverageState.INCOMPLETE
    return CoverageState.GAP
