"""Words looked up at a place: what a pattern of the same words, longest first, would find."""

import re

import pytest

from duixian.reading.lexicon.matching import Words

LISTED = ("建", "建设", "新建", "加快", "加快推进", "推进", "实施")
WORDS = Words(LISTED)
ANY = "(?:" + "|".join(sorted(LISTED, key=len, reverse=True)) + ")"
TEXTS = ("加快推进新建公园", "加快建设", "建", "公园", "", "实施新建推进", "新新建", "推进加快推")


@pytest.mark.parametrize("text", TEXTS)
def test_every_place_is_read_as_the_pattern_reads_it(text: str) -> None:
    places = [(start, end) for end in range(len(text) + 1) for start in range(end + 1)]
    for start, end in places:
        begins = re.compile(ANY).match(text, start, end)
        ends = re.compile(ANY + "$").search(text, start, end)
        assert WORDS.end(text, start, end) == (begins.end() if begins else start)
        assert WORDS.begin(text, start, end) == (ends.start() if ends else end)
        assert WORDS.make_up(text[start:end]) == bool(re.fullmatch(ANY + "+", text[start:end]))


def test_a_longer_word_that_runs_past_the_end_gives_way_to_a_shorter_one() -> None:
    assert WORDS.end("加快推进", 0, 3) == 2
