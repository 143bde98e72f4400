"""Evened-out words: width, capitals and spaces make no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.register.searching import MOST_TERMS, Piece, found_pieces, search_key, search_terms, search_words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ＰＭ２．５", "pm2.5"),
        ("PM 2.5", "pm2.5"),
        ("新 增\u3000就\n业", "新增就业"),
        ("４．８万人", "4.8万人"),
        ("（5G）基站", "(5g)基站"),
    ],
)
def test_one_key_for_one_meaning(text: str, key: str) -> None:
    assert search_key(text) == key


def test_no_word_runs_from_one_text_into_the_next() -> None:
    assert "就业" not in search_words(["成就", "业态"])


def test_a_pasted_page_is_cut() -> None:
    assert len(search_terms("甲 乙 丙 丁 戊 己 庚 辛 壬 癸")) == MOST_TERMS


def test_what_was_found_is_marked_where_it_was_printed() -> None:
    assert found_pieces("ＰＭ ２．５控制在30微克", ["pm2.5"]) == [
        Piece("ＰＭ ２．５", True),
        Piece("控制在30微克", False),
    ]


@given(st.text(max_size=30), st.text(min_size=1, max_size=3))
def test_cutting_loses_nothing(text: str, word: str) -> None:
    pieces = found_pieces(text, search_terms(word))
    assert "".join(piece.text for piece in pieces) == text
    found = "".join(search_key(piece.text) for piece in pieces if piece.is_found)
    assert bool(found) == any(term in search_key(text) for term in search_terms(word))
