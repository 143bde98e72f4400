"""The gold itself: whole, and true to its documents. A slip of the annotator would otherwise be learnt as a rule."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.corpus.documents import Case, cases, plain_text, squeeze

ALL = cases("seen") + cases("unseen")
COMPARATORS = {"=", ">=", "<=", "~", "range"}
KINDS = {"growth", "rate", "increment", "amount"}
STAGES = {
    *("PLAN", "APPROVE", "START", "RESUME", "ADVANCE", "COMPLETE"),
    *("IN_USE", "ESTABLISH", "OBTAIN", "HOLD", "RECTIFY", "SUSTAIN"),
}
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10000}

each_case = pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)


def chinese_number(text: str) -> int:
    """三千二百 -> 3200, 百 -> 100: enough to check a gold value against its words."""
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char == "万":
            total, section, digit = (total + section + digit) * 10000, 0, 0
        else:
            section += (digit or 1) * PLACES[char]
            digit = 0
    return total + section + digit


def figures_in(text: str) -> set[Decimal]:
    """Every figure a text shows, in digits, in Chinese numerals, or in numerals before 万 and 亿 (三千万: 3000)."""
    text = squeeze(text)
    found = {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}
    for numeral in re.findall("[零〇一二两三四五六七八九十百千万]+", text):
        found |= {Decimal(chinese_number(numeral)), Decimal(chinese_number(numeral.rstrip("万")))}
    return found


def pieces(text: str) -> list[str]:
    """The clauses of a task: a task of two table rows, or one cut by a caption, stands in the document in pieces."""
    return [squeeze(piece) for piece in re.split("[。；;，,]", text) if piece.strip()]


@each_case
def test_texts_stand_in_the_document(case: Case) -> None:
    text = squeeze(plain_text(case.document))
    missing = [
        piece
        for task in case.gold["tasks"] + case.gold.get("achieved", [])
        for piece in pieces(task["text"])
        if piece not in text
    ]
    split = 1 if "12_huaiyin" in case.name else 0  # one sentence of the newspaper is cut by a caption on purpose
    assert len(missing) == split, missing


def quantities(case: Case) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    tasks = case.gold["tasks"] + case.gold.get("achieved", [])
    return [(task, quantity) for task in tasks for quantity in task["quantities"]]


@each_case
def test_amounts_stand_in_their_task(case: Case) -> None:
    document = squeeze(plain_text(case.document))
    for task, quantity in quantities(case):
        where = document if "from" in quantity else squeeze(task["text"])
        assert squeeze(quantity["text"]) in where, (task["number"], quantity["text"])


@each_case
def test_values_and_units_are_the_words(case: Case) -> None:
    for task, quantity in quantities(case):
        shown = figures_in(quantity["text"])
        if "成" in quantity["text"] and quantity["unit"] == "%":
            # 六成 is 60 %, 七成半 is 75 %
            shown |= {figure * 10 + half for figure in shown for half in (0, 5)}
        assert Decimal(str(quantity["value"])) in shown or "番" in quantity["unit"], (task["number"], quantity)
        if quantity["value_max"] is not None:
            assert Decimal(str(quantity["value_max"])) in shown, (task["number"], quantity)
        assert unit_is_shown(quantity), (task["number"], quantity)


def unit_is_shown(quantity: dict[str, Any]) -> bool:
    text, unit = squeeze(quantity["text"]), squeeze(quantity["unit"])
    return unit in re.sub("余(?=人)", "", text) or (unit == "%" and ("百分之" in text or "成" in text))


@each_case
def test_fields_are_possible(case: Case) -> None:
    for task, quantity in quantities(case):
        where = (case.name, task["number"], quantity["text"])
        assert quantity["comparator"] in COMPARATORS, where
        assert quantity["kind"] in KINDS, where
        assert (quantity["comparator"] == "range") == (quantity["value_max"] is not None), where
        assert (quantity["direction"] is not None) == (quantity["kind"] in {"growth", "increment"}), where
        assert quantity["kind"] != "rate" or quantity["unit"] in {"%", "‰"}, where
        assert quantity["unit"] != "%" or quantity["kind"] in {"rate", "growth"}, where
        assert ("每" in quantity["text"]) or quantity["per"] is None, where


@each_case
def test_qualifiers_are_the_words(case: Case) -> None:
    """以上 is >=, 左右 is ~ and so on, unless the qualifier stands in a threshold inside the indicator."""
    for task, quantity in quantities(case):
        tail = squeeze(quantity["text"])[-2:]
        expected = {"以上": ">=", "左右": "~", "以内": "<=", "以下": "<="}.get(tail)
        if expected and quantity["comparator"] != "range":
            assert quantity["comparator"] == expected, (task["number"], quantity)


@each_case
def test_limits_lie_in_the_year(case: Case) -> None:
    text, year = squeeze(plain_text(case.document)), case.gold["document"]["year"]
    for task in case.gold["tasks"]:
        for limit in task["deadlines"]:
            assert date.fromisoformat(limit["date"]).year == year, (task["number"], limit)
            assert squeeze(limit["text"]) in text, (task["number"], limit)


@each_case
def test_head_and_counts_are_the_words(case: Case) -> None:
    text = squeeze(plain_text(case.document))
    head, declared = case.gold["document"], case.gold.get("declared") or {}
    for field in ("title", "doc_number", "index_number", "issuer"):
        assert squeeze(head[field]) in text, (field, head[field])
    if declared.get("tasks") is not None:
        assert declared["tasks"] == len(case.gold["tasks"])
    if declared.get("lead_units") is not None:
        assert declared["lead_units"] == len({task["section"] for task in case.gold["tasks"]})


@each_case
def test_units_stand_in_the_document(case: Case) -> None:
    """A unit with a restored ending (东山区、西湖区政府) shows at least its own part."""
    text = squeeze(plain_text(case.document))
    for task in case.gold["tasks"]:
        for unit in task["leads"] + task["cooperating"]:
            own = re.sub("[县区]?(人民)?政府$|街道办事处$", "", squeeze(unit)) or unit
            assert own in text, (task["number"], unit)
        assert task["leads"] or not case.is_list, task["number"]
        assert not set(task["leads"]) & set(task["cooperating"]), task["number"]


@pytest.mark.parametrize("case", [case for case in ALL if case.outcomes], ids=lambda case: case.name)
def test_outcomes_belong_to_the_tasks(case: Case) -> None:
    assert case.outcomes
    assert [task["number"] for task in case.outcomes] == [task["number"] for task in case.gold["tasks"]]
    for marked, task in zip(case.outcomes, case.gold["tasks"], strict=True):
        for outcome in marked["outcomes"]:
            assert outcome["stage"] in STAGES
            assert set(squeeze(outcome["object"])) <= set(squeeze(task["text"])), (task["number"], outcome)


def test_the_corpus_is_wide_enough() -> None:
    """At least twelve layouts, half of them unseen; lists and articles in both halves."""
    assert len(cases("seen")) >= 7
    assert len(cases("unseen")) >= 7
    for half in ("seen", "unseen"):
        assert {case.is_list for case in cases(half)} == {True, False}
    assert {case.document.suffix for case in ALL} == {".txt", ".md", ".docx", ".xlsx", ".html", ".pdf", ".csv"}
    for case in ALL:
        committed = len(case.gold["tasks"]) + len(case.gold.get("achieved", []))
        assert 12 <= committed <= 65, case.name
