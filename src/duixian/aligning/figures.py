"""A county's figure beside the city's: does it count towards it, is it the same rate, or only the same goal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from duixian.reading import Accrual, QuantityKind, Stage

from .measures import share, size
from .model import Commitment, LinkRelation
from .names import NameMatch, Sameness, match_names, taken_apart

#: Measures of which two never add up to a third.
NEVER_SUMS = frozenset({"ratio", "density"})
#: Paper work on a thing is no part of a number of things that are built.
PAPER = frozenset({Stage.PLAN, Stage.APPROVE})
BUILT = frozenset({Stage.START, Stage.RESUME, Stage.COMPLETE, Stage.IN_USE})
#: Rules by which a wider name is only a shorter one: the county leaves the city's qualifier out.
SHORTER = frozenset({"dictionary-unqualified"})
#: How a place ends that stands before a name.
PLACE = re.compile(r"(?:[县区市镇乡段]|城区|流域|境内)$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible link of a county's phrase."""

    target: Commitment
    relation: LinkRelation
    share: Decimal | None
    confidence: float
    rule: str
    other_measure: bool = False


def adds_up(commitment: Commitment) -> bool:
    """Whether counties' figures of this kind add up to the city's: amounts, neither growth nor rates nor means."""
    measured = size(commitment)
    return (
        measured is not None
        and measured[0] not in NEVER_SUMS
        and commitment.kind in (None, QuantityKind.AMOUNT, QuantityKind.INCREMENT)
        and commitment.accrual is not Accrual.RUNNING
    )


def compare(county: Commitment, city: Commitment) -> Candidate | None:
    """How a county's figure (or relation) stands to the city's; None where the names are of different things."""
    names = match_names(county.indicator, city.indicator)
    if names is None:
        return None
    if county.several_years != city.several_years:
        return _supports(city, names)
    if adds_up(county) and adds_up(city):
        return _amounts(county, city, names)
    if _is_growth(county) and _is_growth(city):
        return _rates(county, city, names)
    if _is_growth(county) != _is_growth(city) and (adds_up(county) or adds_up(city)):
        return _level_and_growth(city, names)
    if _is_rate(county) and _is_rate(city):
        return _rates(county, city, names)
    return _supports(city, names)


def _amounts(county: Commitment, city: Commitment, names: NameMatch) -> Candidate:
    """Two amounts: a share, if both are of one measure and the county means the thing itself, not papers about it."""
    part = share(county, city)
    if part is None or not _is_part(names) or _only_papers(county, city) or _is_rise(county) != _is_rise(city):
        return _supports(city, names)
    return Candidate(city, LinkRelation.CONTRIBUTES, part, names.score, names.rule)


def _level_and_growth(city: Commitment, names: NameMatch) -> Candidate:
    """粮食产量增长2% beside 粮食产量22亿斤: part of it, by a share nobody can tell."""
    if names.sameness is not Sameness.SAME:
        return _supports(city, names)
    return Candidate(city, LinkRelation.CONTRIBUTES, None, names.score * 0.9, f"{names.rule}, level and growth", True)


def _rates(county: Commitment, city: Commitment, names: NameMatch) -> Candidate:
    """Two rates are the same only of the same thing in one measure: 300天 is not 80%, 工业投资 not 固定资产投资."""
    ours, theirs = size(county), size(city)
    if ours and theirs and ours[0] != theirs[0]:
        return _supports(city, names)
    if names.sameness is Sameness.SAME or names.rule in SHORTER or _is_only_elsewhere(county, names):
        return Candidate(city, LinkRelation.SAME_RATE, None, names.score, names.rule)
    return _supports(city, names)


def _is_only_elsewhere(county: Commitment, names: NameMatch) -> bool:
    """Whether all that makes the county's name narrower is a place: 浊漳河平顺段断面水质优良率."""
    return names.rule == "dictionary-qualified" and bool(PLACE.search(taken_apart(county.indicator).qualifier))


def _supports(city: Commitment, names: NameMatch) -> Candidate:
    return Candidate(city, LinkRelation.SUPPORTS, None, names.score * 0.75, f"{names.rule}, other measure", True)


def _is_part(names: NameMatch) -> bool:
    return names.sameness is not Sameness.WIDER or names.rule in SHORTER


def _only_papers(county: Commitment, city: Commitment) -> bool:
    return county.stage in PAPER and city.stage in BUILT


def _is_rise(commitment: Commitment) -> bool:
    """比上年增加2亿斤 is no part of a level of 22亿斤."""
    return commitment.kind is QuantityKind.INCREMENT


def _is_growth(commitment: Commitment) -> bool:
    """A change in per cent, also one set against another: 与经济增长同步."""
    return commitment.kind is QuantityKind.GROWTH or commitment.against is not None


def _is_rate(commitment: Commitment) -> bool:
    """A level in per cent, a mean so far, a change in points."""
    measured = size(commitment)
    return measured is not None and not adds_up(commitment) and not _is_growth(commitment)
