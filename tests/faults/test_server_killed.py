"""The short form of the harness; `make soak` runs the long one."""

from pathlib import Path

from tests.faults.killing import run


def test_what_was_acknowledged_is_there_and_once(tmp_path: Path) -> None:
    outcome = run(3, seed=20260728, data=tmp_path)
    assert outcome.acknowledged > 0
    assert outcome.versions >= outcome.acknowledged
