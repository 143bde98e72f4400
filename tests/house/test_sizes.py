"""Sizes that stay readable, and names that say one thing."""

from tests.house import rules
from tests.house.sources import all_sources

LONGEST_FUNCTION = 80
LONGEST_FILE = 400


def test_no_function_is_too_long_to_see_at_once() -> None:
    assert [finding for source in all_sources() for finding in rules.long_functions(source, LONGEST_FUNCTION)] == []


def test_no_file_is_too_long_to_know() -> None:
    lengths = {source.path: source.text.count("\n") for source in all_sources()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_name_means_something_else_to_django() -> None:
    assert [finding for source in all_sources() for finding in rules.confusing_names(source)] == []
