"""A county's commitments against the city's targets: what carries what, by how much, and where a county says less.

Pure: phrases in, an alignment out; no database, no clock. Rules and worked examples: docs/rules/alignment.md.
"""

from .commitments import commitments_of, is_part, phrase_end, phrase_start
from .coverage import coverage_of, may_be_carried, state_of
from .horizons import is_of_several_years
from .linking import align
from .model import Alignment, Commitment, Coverage, CoverageState, Link, LinkRelation, Shortfall, Unmatched

__all__ = [
    "Alignment",
    "Commitment",
    "Coverage",
    "CoverageState",
    "Link",
    "LinkRelation",
    "Shortfall",
    "Unmatched",
    "align",
    "commitments_of",
    "coverage_of",
    "is_of_several_years",
    "is_part",
    "may_be_carried",
    "phrase_end",
    "phrase_start",
    "state_of",
]
