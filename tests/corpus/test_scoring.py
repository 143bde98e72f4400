"""The measures themselves: a scorer that forgives everything would hold nothing."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.corpus.calibration import Calibration, calibrate, count, fields_of
from tests.corpus.documents import Case, cases
from tests.corpus.scoring import MEASURES, bare, same_indicator, score, score_outcomes

LIST = next(case for case in cases("seen") if case.is_list and case.outcomes)
ARTICLE = next(case for case in cases("seen") if not case.is_list)


def as_read(case: Case) -> dict[str, Any]:
    """The gold as a perfect reader would print it."""
    tasks = copy.deepcopy(case.gold["tasks"])
    outcomes = {marked["number"]: marked["outcomes"] for marked in case.outcomes or []}
    for task in tasks:
        task |= {"review": [], "outcomes": outcomes.get(task["number"], [])}
    declared = copy.deepcopy(case.gold["declared"])
    document = copy.deepcopy(case.gold["document"])
    return {
        "document": document,
        "declared": declared,
        "tasks": tasks,
        "results": copy.deepcopy(case.gold.get("achieved", [])),
    }


def measured(case: Case, made: dict[str, Any]) -> dict[str, float]:
    return {name: tally.f1 for name, tally in score(case, made).items()}


@pytest.mark.parametrize("case", [LIST, ARTICLE], ids=["list", "article"])
def test_the_gold_itself_is_perfect(case: Case) -> None:
    made = as_read(case)
    assert measured(case, made) == dict.fromkeys(MEASURES, 1.0)
    assert calibrate([(case, made)]).wrong == 0


def test_the_gold_has_its_own_outcomes() -> None:
    assert score_outcomes(LIST, as_read(LIST)).f1 == 1.0


def test_a_task_left_out_costs_its_fields_and_amounts() -> None:
    made = as_read(LIST)
    del made["tasks"][2]
    figures = measured(LIST, made)
    assert all(figures[name] < 1 for name in ("tasks", "leads", "coop", "sections", "amounts", "strict", "dates"))


def test_a_task_too_many_costs() -> None:
    made = as_read(LIST)
    made["tasks"].append({**made["tasks"][0], "number": 99})
    figures = measured(LIST, made)
    assert figures["tasks"] < 1
    assert figures["amounts"] < 1
    assert figures["leads"] == 1


def test_an_amount_under_the_wrong_task_is_wrong_in_a_list() -> None:
    made = as_read(LIST)
    made["tasks"][1]["quantities"].append(made["tasks"][0]["quantities"].pop())
    assert measured(LIST, made)["amounts"] < 1


def test_an_amount_in_another_sentence_is_right_in_an_article() -> None:
    made = as_read(ARTICLE)
    made["tasks"][1]["quantities"].append(made["tasks"][0]["quantities"].pop())
    assert measured(ARTICLE, made)["amounts"] == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("comparator", "<="),
        ("kind", "rate"),
        ("direction", "down"),
        ("value_max", 9),
        ("strive", True),
        ("per", "县区"),
    ],
)
def test_only_strict_minds_the_other_fields(name: str, value: object) -> None:
    made = as_read(LIST)
    made["tasks"][0]["quantities"][0][name] = value
    figures = measured(LIST, made)
    assert figures["amounts"] == 1
    assert figures["strict"] < 1


def test_a_promise_for_the_year_is_no_result() -> None:
    made = as_read(ARTICLE)
    made["results"].append(made["tasks"].pop(0))
    figures = measured(ARTICLE, made)
    assert figures["results"] < 1
    assert figures["amounts"] < 1


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (4.3, "万人", (43000.0, "人")),
        (2, "亿斤", (2e8, "斤")),
        (1.7, "亿吨", (1.7e8, "吨")),
        (50, "万千瓦", (5e5, "千瓦")),
        (3, "个百分点", (3, "百分点")),
        (12, "公里", (12, "千米")),
        (3, "千米", (3, "千米")),
        (None, "个", (None, "个")),
    ],
)
def test_units_carry_their_multiplier(value: float | None, unit: str, expected: tuple[float | None, str]) -> None:
    assert bare(value, unit) == expected


def test_indicators_share_half_without_dragging_the_sentence_in() -> None:
    assert same_indicator("粮食总产量", "总产量")
    assert not same_indicator("粮食总产量", "播种面积")
    assert not same_indicator("总产量", "全市各县区粮食播种面积稳定在目标以上的总产量")


def test_calibration_sees_what_is_marked() -> None:
    made = as_read(LIST)
    made["tasks"][0]["leads"] = ["市统计局"]
    made["tasks"][1]["quantities"][0]["comparator"] = "="
    made["tasks"][1]["review"] = [{"field": "quantities", "why": "两个指标共用一个谓语"}]
    figures = calibrate([(LIST, made)])
    marked = 5 * len(LIST.gold["tasks"][1]["quantities"])
    assert (figures.wrong, figures.wrong_in_review, figures.in_review) == (2, 1, marked)
    assert figures.caught_share == 0.5


def test_what_was_missed_is_a_wrong_field() -> None:
    made = as_read(LIST)
    made["tasks"][0]["quantities"].pop()
    wrong = [field for field in fields_of(LIST, made) if not field.right]
    assert len(wrong) == 1
    assert count(wrong) == Calibration(fields=1, in_review=0, wrong=1, wrong_in_review=0)
