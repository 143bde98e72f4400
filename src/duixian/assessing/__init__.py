"""Expected pace, grade and light, each with its reason in words and figures.

Pure: facts in, an assessment out; months and today are arguments. The rules, one page each, are in docs/rules; the
tables there are tests.
"""

from .model import (
    Assessment,
    Firmness,
    Grade,
    Light,
    NodeFacts,
    Observation,
    OtherReason,
    OutcomeFacts,
    PaceSource,
    TargetFacts,
    Thresholds,
    Tolerance,
)
from .outcome import assess_outcome
from .ranking import worst_index
from .target import assess_target, expected_at
from .task import carried_over, not_reported, worst

__all__ = [
    "Assessment",
    "Firmness",
    "Grade",
    "Light",
    "NodeFacts",
    "Observation",
    "OtherReason",
    "OutcomeFacts",
    "PaceSource",
    "TargetFacts",
    "Thresholds",
    "Tolerance",
    "assess_outcome",
    "assess_target",
    "carried_over",
    "expected_at",
    "not_reported",
    "worst",
    "worst_index",
]
