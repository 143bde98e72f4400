"""Cases of the language as data: tests/specs/*.json.

A case is one commitment's words and all that is to be read from them. Lists are compared whole; a quantity's fields
that a case leaves out have the defaults below. A known gap stays in the file with "gap": the reason, and must fail.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from duixian.reading import DocumentHead, ReadTask
from duixian.reading.items import read_passage
from duixian.reading.responsible import Duties
from duixian.reading.serialise import task_to_dict
from duixian.reading.source import passage_of

SPECS = Path(__file__).parent.parent / "specs"
DEFAULTS = {
    "quantities": {
        "value_max": None,
        "comparator": "=",
        "kind": "amount",
        "direction": None,
        "strive": False,
        "per": None,
    }
}


def cases() -> list[Any]:
    """Every case of every file, known gaps as strict expected failures."""
    made = []
    for file in sorted(SPECS.glob("*.json")):
        for case in json.loads(file.read_text("utf-8")):
            marks = [pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
            made.append(pytest.param(case, id=f"{file.stem}:{case['text'][:24]}", marks=marks))
    return made


def read_case(case: dict[str, Any]) -> ReadTask:
    """The case's words read as one commitment of a list."""
    head = DocumentHead(year=case.get("year", 2026), kind="task_list")
    return read_passage(1, None, passage_of([(case["text"], 0)]), Duties(), head, is_result=case.get("result", False))


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    read = task_to_dict(read_case(case))
    for part in ("quantities", "deadlines", "relations", "outcomes", "projects"):
        if part not in case:
            continue
        expected = [{**DEFAULTS.get(part, {}), **item} for item in case[part]]
        made = [_cut(item, keys) for item, keys in zip(read[part], map(set, expected), strict=False)]
        made += [{"also": item} for item in read[part][len(expected) :]]
        assert made == expected
    if "full" in case:
        assert read["full"] == case["full"]


def _cut(item: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """What was read, in the fields the case speaks of; `start` and `end` are its span."""
    start, end = item["span"]
    return {key: value for key, value in {**item, "start": start, "end": end}.items() if key in keys}


@pytest.mark.parametrize("file", sorted(SPECS.glob("*.json")), ids=lambda file: file.stem)
def test_offsets_cut_their_words(file: Path) -> None:
    """A slip in a case's own offsets is found here, not blamed on the reader."""
    for case in json.loads(file.read_text("utf-8")):
        _check_offsets(case)


def _check_offsets(case: dict[str, Any]) -> None:
    for part in ("quantities", "deadlines", "relations", "outcomes"):
        for item in case.get(part, ()):
            if "start" in item:
                assert case["text"][item["start"] : item["end"]] == item["text"]
