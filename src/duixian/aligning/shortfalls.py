"""Where a county's phrase says less than the city's: a lower stage, no or a later limit, no figure, a lower rate."""

from __future__ import annotations

from collections.abc import Iterator

from duixian.reading import Comparator, Stage

from .figures import Candidate
from .measures import size
from .model import Commitment, LinkRelation, Shortfall
from .stages import is_lower

# of a goal shared by other means, stage and limit are not comparable
COMPARABLE = frozenset({LinkRelation.CONTRIBUTES, LinkRelation.SAME_RATE, LinkRelation.SAME_PROJECT})


def shortfalls_of(county: Commitment, candidate: Candidate) -> tuple[Shortfall, ...]:
    """Each way in which the county promises less, in the order of their weight."""
    return tuple(_shortfalls(county, candidate))


def _shortfalls(county: Commitment, candidate: Candidate) -> Iterator[Shortfall]:
    city = candidate.target
    if city.has_figure and not county.has_figure:
        yield Shortfall.NO_FIGURE
    elif candidate.other_measure:
        yield Shortfall.OTHER_MEASURE
    if candidate.relation not in COMPARABLE:
        return
    if is_lower(county.stage, city.stage):
        yield Shortfall.LOWER_STAGE
    if candidate.relation is LinkRelation.SAME_RATE and _is_lower_rate(county, city):
        yield Shortfall.LOWER_RATE
    if _has_own_limit(city) and county.due is None:
        yield Shortfall.NO_LIMIT
    elif county.due and city.due and county.due > city.due:
        yield Shortfall.LATER_LIMIT
    if county.strive and not city.strive:
        yield Shortfall.ONLY_STRIVE


def _has_own_limit(city: Commitment) -> bool:
    """A limit before the year's end; the year's end itself is what every promise of the year means."""
    return city.due is not None and (city.due.month, city.due.day) != (12, 31) and city.stage is not Stage.SUSTAIN


def _is_lower_rate(county: Commitment, city: Commitment) -> bool:
    """The county's figure is on the wrong side of the city's; a ceiling turns it round."""
    ours, theirs = size(county), size(city)
    if ours is None or theirs is None or ours[0] != theirs[0]:
        return False
    if Comparator.AT_MOST in (county.comparator, city.comparator):
        return ours[1] > theirs[1]
    return ours[1] < theirs[1]
