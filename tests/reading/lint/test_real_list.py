"""The real list: a drafter can work through what is found in a quarter of an hour, and the known flaws are among it."""

from collections import Counter

import pytest

from duixian.reading import Reading, read
from duixian.reading.lint import lint
from tests.shared import SHARED, needs_shared


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(SHARED / "documents" / "004-changzhi-city-task-list.txt")


@needs_shared
def test_findings_of_the_real_list(reading: Reading) -> None:
    findings = lint(reading)
    counts = Counter(f.code for f in findings)
    assert counts["county_as_department"] == 1
    assert [f.task for f in findings if f.code == "object_two_leads"] == [170]
    assert [f.task for f in findings if f.code == "base_missing"] == [29]
    assert {128, 151} <= {f.task for f in findings if f.code == "limit_missing"}
    # what has a figure, a date or a state to see is left alone
    assert {24, 139} <= {f.task for f in findings if f.code == "end_missing"}
    assert not {1, 9, 28, 56, 133, 158} & {f.task for f in findings}
    assert set(counts) == {"county_as_department", "object_two_leads", "base_missing", "limit_missing", "end_missing"}
    assert len(findings) < 0.4 * len(reading.tasks)


@needs_shared
def test_every_span_holds_the_words(reading: Reading) -> None:
    for finding in lint(reading):
        assert finding.span is not None
        assert reading.text[finding.span[0] : finding.span[1]] == finding.text
