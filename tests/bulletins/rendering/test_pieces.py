"""The pure pieces: safe text, Chinese numerals, numbering, indents of the signature, widths of columns."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.bulletins.content import Block, Column, Heading, Paragraph
from duixian.bulletins.rendering.measures import FULL_CHAR, TYPE_WIDTH
from duixian.bulletins.rendering.numbering import numbered
from duixian.bulletins.rendering.tables import fitting_stretch, grid_widths
from duixian.bulletins.rendering.tail import signature_indents, text_width
from duixian.bulletins.rendering.text import chinese_date, chinese_number, clean, closed

WILD = st.text(st.characters() | st.sampled_from("\x00\x0b\x1b\ud800\ufffe\u202e\u3000\u0085 \t\n国"), max_size=60)


@given(WILD)
def test_clean_text_is_legal_xml_without_runs_of_spaces(text: str) -> None:
    cleaned = clean(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", cleaned)
    assert not re.search(r"\s\s|\u3000", cleaned)
    assert cleaned == cleaned.strip() == clean(cleaned)


@given(
    st.text(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("0123456789%，。—×+“”"), max_size=60
    )
)
def test_clean_leaves_ordinary_text_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("　　按照\u3000要求", "按照要求"),
        ("市发改委\n牵头", "市发改委牵头"),
        ("GDP  growth", "GDP growth"),
        ("亮\x07灯\u200b", "亮灯"),
        ("任务\u202e项5第", "任务项5第"),
        ("=1+1", "=1+1"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (42, "四十二"), (99, "九十九")]
)
def test_chinese_numbers(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, 100, -1])
def test_chinese_numbers_end_where_headings_do(number: int) -> None:
    with pytest.raises(ValueError, match="标题序号"):
        chinese_number(number)


def test_dates_have_no_leading_zeros() -> None:
    assert chinese_date(date(2026, 7, 8)) == "2026年7月8日"


@pytest.mark.parametrize(
    "given_text", ["各县、区人民政府", "各县、区人民政府：", "各县、区人民政府:", "各县、区人民政府， "]
)
def test_addressees_end_in_one_colon(given_text: str) -> None:
    assert closed(given_text, "：", ":，") == "各县、区人民政府："


def test_numbers_start_again_under_each_higher_heading() -> None:
    blocks: list[Block] = [
        Heading(1, ""), Heading(2, ""), Heading(3, ""), Heading(3, ""), Paragraph("文"), Heading(4, ""),
        Heading(2, ""), Heading(3, ""), Heading(1, ""), Heading(2, ""), Heading(4, ""), Heading(4, ""),
    ]  # fmt: skip
    assert [number for number, _ in numbered(blocks)] == [
        "一、", "（一）", "1.", "2.", "", "（1）", "（二）", "1.", "二、", "（一）", "（1）", "（2）",
    ]  # fmt: skip


def test_sealed_name_is_centred_on_the_date() -> None:
    name, day = text_width("云川市人民政府办公室"), text_width("2026年7月28日")
    assert signature_indents(name, day, is_sealed=True) == (711, 1264)


@given(st.integers(1, 26), st.integers(8, 11))
def test_signature_stays_on_the_page(characters: int, date_length: int) -> None:
    name, day = characters * FULL_CHAR, text_width("2026年7月28日"[:date_length])
    for is_sealed in (True, False):
        of_name, of_date = signature_indents(name, day, is_sealed=is_sealed)
        assert of_name >= 0
        assert of_date >= 0
        assert of_name + name <= TYPE_WIDTH
        assert of_date + day <= TYPE_WIDTH


@given(st.integers(1, 20))
def test_unsealed_date_begins_two_characters_right_of_the_name(characters: int) -> None:
    name, day = characters * FULL_CHAR, text_width("2026年7月28日")
    of_name, of_date = signature_indents(name, day, is_sealed=False)
    assert (TYPE_WIDTH - of_date - day) - (TYPE_WIDTH - of_name - name) == 2 * FULL_CHAR
    assert min(of_name, of_date) == 632 or of_name == 632


@given(st.lists(st.decimals("0.5", 100, places=1), min_size=1, max_size=12))
def test_columns_fill_the_type_area_exactly(widths: list[Decimal]) -> None:
    grid = grid_widths(tuple(Column("列", width) for width in widths))
    assert sum(grid) == TYPE_WIDTH
    assert all(abs(made - TYPE_WIDTH * width / sum(widths)) <= 1 for made, width in zip(grid, widths, strict=True))


@pytest.mark.parametrize(
    ("text", "stretch"), [("超进度", 100), ("低0.4个百分点", 98), ("低0.4个百分点以下的各类指标一并列出", 100)]
)
def test_figure_a_little_too_wide_is_set_narrower(text: str, stretch: int) -> None:
    assert fitting_stretch(text, 1179, 180) == stretch
