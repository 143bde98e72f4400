"""Characters put right on evidence: tests/specs/documents/repairs.json, and what becomes of them in a reading."""

import json
from pathlib import Path
from typing import Any

import pytest

from duixian.reading import Reading, read, read_text
from duixian.reading import places as divisions
from duixian.reading.repair import repairs_of
from tests.corpus.documents import cases as corpus
from tests.shared import SHARED, needs_shared

SPECS = Path(__file__).parent.parent / "specs" / "documents" / "repairs.json"


@pytest.mark.parametrize("case", json.loads(SPECS.read_text("utf-8")), ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    made = repairs_of(case["text"])
    assert [[repair.before, repair.after] for repair in made] == case["repairs"]
    for repair in made:
        assert case["text"][repair.start : repair.end] == repair.before


def repaired(reading: Reading) -> list[str]:
    return [warning.message for warning in reading.warnings if warning.code == "repaired"]


def test_names_are_repaired_and_texts_stand_as_printed() -> None:
    reading = read_text("沁源县2026年任务清单\n1.开工建设电留区快速通道。（牵头单位：电留区政府）\n")
    (task,) = reading.tasks
    assert reading.text.count("电留") == 2
    assert task.text == "开工建设电留区快速通道。"
    assert reading.text[task.span.start : task.span.end] == task.text
    assert task.leads == ("屯留区政府",)
    (outcome,) = task.outcomes
    assert outcome.object == "屯留区快速通道"
    assert "电留区" in outcome.text
    assert reading.text[outcome.span.start : outcome.span.end] == outcome.text


def test_every_repair_is_said_with_its_place_and_its_evidence() -> None:
    reading = read_text("沁源县2026年任务清单\n1.开工建设电留区快速通道。（牵头单位：电留区政府）\n")
    warnings = [warning for warning in reading.warnings if warning.code == "repaired"]
    assert len(warnings) == 2
    for warning in warnings:
        assert warning.span
        assert reading.text[warning.span.start : warning.span.end] == "电留区"
        assert "电留区" in warning.message
        assert "长治市有屯留区" in warning.message


def test_a_figure_with_a_letter_is_read_and_printed_as_it_stands() -> None:
    reading = read_text("2026年任务清单\n1.改造农村公路15O公里，6月底前完成。（牵头单位：县交通局）\n")
    (amount,) = reading.tasks[0].quantities
    assert amount.value == 150
    assert amount.text == "改造农村公路15O公里"


def test_without_the_list_of_divisions_nothing_is_repaired_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divisions, "divisions", dict)
    assert repaired(read_text("沁源县2026年任务清单\n1.开工建设电留区快速通道。（牵头单位：县政府）\n")) == []


@pytest.mark.parametrize("case", [*corpus("seen"), *corpus("unseen")], ids=lambda case: case.name)
def test_nothing_in_the_corpus_is_repaired(case: Any) -> None:
    assert repaired(read(case.document)) == []


@needs_shared
def test_the_real_pages_have_one_slip_and_no_false_repair() -> None:
    messages = [m for file in sorted((SHARED / "documents").glob("*.txt")) for m in repaired(read(file))]
    assert len(messages) == 1
    assert "“电留”按“屯留”读" in messages[0]
