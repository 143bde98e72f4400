"""The real list of 177 tasks held against the hand-made gold of its first 60, and against its own claims."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from duixian.reading import Reading, read
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

LIST = SHARED / "documents/004-changzhi-city-task-list.txt"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(LIST)


@pytest.fixture(scope="module")
def output(reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("reading") / "004.json"
    file.write_text(json.dumps(reading.to_dict(), ensure_ascii=False), "utf-8")
    return file


def _tool(name: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, SHARED / "tools" / name, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_177_tasks_under_42_headings_without_a_warning(reading: Reading) -> None:
    assert [task.number for task in reading.tasks] == list(range(1, 178))
    assert len(reading.sections) == 42
    assert sum(section.declared or 0 for section in reading.sections) == 177
    assert reading.warnings == ()


def test_amounts_limits_and_units_hold_against_gold(output: Path) -> None:
    gold = SHARED / "dev-gold/004-first-60.json"
    floors = [
        "tasks=1",
        "leads=1",
        "coop=1",
        "head=1",
        "sect=1",
        "amounts=0.99",
        "strict=0.98",
        "dates=0.98",
        "indic=0.97",
    ]
    _tool("score_reading.py", "--json", output, f"{LIST}={gold}", "--why", *(f"--floor={floor}" for floor in floors))


def test_outcomes_hold_against_gold(output: Path) -> None:
    _tool("score_outcomes.py", SHARED / "dev-gold/004-outcomes-first-60.json", output, "--why", "--floor", "0.95")


def test_links_of_amounts_hold_against_gold(reading: Reading) -> None:
    gold = json.loads((SHARED / "dev-gold/004-outcomes-first-60.json").read_text("utf-8"))
    wrong = []
    for expected in gold:
        left = list(reading.tasks[expected["number"] - 1].quantities)
        for link in expected["quantity_links"]:
            mine = next(q for q in left if link["quantity_text"] in q.text or q.text in link["quantity_text"])
            left.remove(mine)
            made = {
                "by": mine.by.isoformat() if mine.by else None,
                "stage": mine.stage,
                "polarity": mine.polarity,
                "accrual": mine.accrual,
            }
            wrong += [(link, made)] if any(made[key] != link[key] for key in made) else []
    assert wrong == []


def test_every_span_cuts_its_words_out_of_the_text(reading: Reading) -> None:
    for task in reading.tasks:
        assert reading.text[task.span.start : task.span.end].startswith(task.text[:6])
        for part in (*task.quantities, *task.deadlines, *task.relations, *task.outcomes):
            assert reading.text[part.span.start : part.span.end] == part.text


def test_every_task_promises_something_or_is_known_not_to(reading: Reading) -> None:
    silent = [t.number for t in reading.tasks if not (t.quantities or t.outcomes or t.relations)]
    assert silent == []
