"""The reader on the whole corpus, held to floors that stand in floors.toml."""

from __future__ import annotations

import tomllib
from functools import cache

import pytest

from tests.corpus.calibration import calibrate, count, fields_of
from tests.corpus.documents import HERE, Case, cases
from tests.corpus.scoring import Json, Score, read_case, score, score_outcomes, total
from tests.corpus.unknown_words import readings as unknown_readings

FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
HALVES = ("seen", "unseen")
UNKNOWN_SEEDS = (0, 1, 2)
GROUPS = [(half, kind) for half in HALVES for kind in ("lists", "articles")]


@cache
def readings(half: str) -> tuple[tuple[Case, Json], ...]:
    """Each document of a half read once, for every measure."""
    return tuple((case, read_case(case)) for case in cases(half))


@cache
def group_score(half: str, kind: str) -> Score:
    """The measures of one group together."""
    return total(score(case, made) for case, made in readings(half) if case.is_list == (kind == "lists"))


@pytest.mark.parametrize(
    ("half", "kind", "measure"),
    [(half, kind, measure) for half, kind in GROUPS for measure in FLOORS[half][kind]],
)
def test_no_measure_falls(half: str, kind: str, measure: str) -> None:
    assert group_score(half, kind)[measure].f1 >= FLOORS[half][kind][measure]


@pytest.mark.parametrize("half", HALVES)
def test_outcomes_do_not_fall(half: str) -> None:
    tallies = [score_outcomes(case, made) for case, made in readings(half) if case.outcomes]
    assert tallies
    assert all(tally.f1 >= FLOORS["outcomes"][half] for tally in tallies)


@pytest.mark.parametrize("half", HALVES)
def test_spans_cut_their_words(half: str) -> None:
    """Every amount and limit is found again in the text of the reading, at its own place."""
    from duixian.reading import read

    for case, made in readings(half):
        text = read(case.document).text
        for task in made["tasks"] + made["results"]:
            for item in task["quantities"] + task["deadlines"]:
                start, end = item["span"]
                assert "".join(text[start:end].split()) == "".join(item["text"].split()), (case.name, item)


def test_few_fields_are_in_review() -> None:
    figures = calibrate(pair for half in HALVES for pair in readings(half))
    assert figures.review_share <= FLOORS["calibration"]["review_at_most"]
    assert figures.caught_share >= FLOORS["calibration"]["caught"]


def test_errors_of_unknown_words_are_foreseen() -> None:
    """A document from elsewhere has words nobody listed: what goes wrong for that is put before a person too.

    Which words are taken away changes with every word that is added to a list. So several draws are counted together,
    and the floor stands two standard deviations of so many errors below the share that is promised (80 %); a review
    that chose its fields blindly would hold as many errors as fields, one in eight.
    """
    draws = (pair for seed in UNKNOWN_SEEDS for pair in unknown_readings(seed))
    figures = count(field for case, made, _ in draws for field in fields_of(case, made.to_dict()))
    assert figures.wrong >= 15 * len(UNKNOWN_SEEDS)
    assert figures.review_share <= FLOORS["calibration"]["review_at_most"]
    assert figures.caught_share >= FLOORS["calibration"]["caught_unknown"]
