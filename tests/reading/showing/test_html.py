"""The page: all words of the document, escaped, with what was read of them; calls nobody; works without its script."""

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.reading import ReadingError, read, read_text
from duixian.reading.showing.html import as_html
from tests.reading.documents import LIST
from tests.shared import SHARED, needs_shared

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">\'"&'


def words_of(page: str) -> str:
    """The left side's words: what the document says, without white space, numbers of marks left out."""
    cells = re.findall(r'<div class="src">(.*?)</div><div class="got">', page, re.DOTALL)
    bare = re.sub(r"<sup>.*?</sup>|<summary>.*?</summary>", "", "".join(cells))
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", bare)).split())


def test_the_original_is_complete_and_in_order() -> None:
    assert words_of(as_html(read_text(LIST))) == "".join(LIST.split())


@needs_shared
@pytest.mark.parametrize("name", ["documents/004-changzhi-city-task-list.txt", "documents/001-qinyuan-county-plan.txt"])
def test_real_documents_are_complete(name: str) -> None:
    reading = read(SHARED / name)
    assert words_of(as_html(reading)) == "".join(reading.text.split())


_PIECES = st.sampled_from(
    [
        "1.",
        "新增贷款400亿元以上",
        "，",
        "。",
        "\n",
        "市甲局牵头工作(2项)",
        "(牵头单位:市甲局)",
        "<b>",
        "&",
        "力争上半年开工",
        "年底前",
        "2025年完成3座",
    ]
)


@given(st.one_of(st.lists(_PIECES, min_size=1, max_size=30).map("".join), st.text(max_size=80)))
@settings(max_examples=150)
def test_any_document_is_shown_whole_and_escaped(text: str) -> None:
    try:
        reading = read_text(text, year=2026)
    except ReadingError:
        return
    page = as_html(reading)
    shown = re.sub("[\x00-\x1f\x7f\ufffe\uffff\ufffd\ud800-\udfff]", "", reading.text)
    assert words_of(page).replace("\ufffd", "") == "".join(shown.split())


def test_nothing_in_the_document_becomes_markup() -> None:
    page = as_html(
        read_text(f"{HOSTILE}2026年清单\n一、{HOSTILE}局牵头工作(1项)\n1.新建{HOSTILE}公园3座。\n", name=HOSTILE)
    )
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("<script>") == 1


def test_a_dollar_sign_is_no_placeholder() -> None:
    assert "$title" in as_html(read_text("$title ${css}\n1.新建公园3座。(牵头单位:市甲局)"))


def test_the_page_calls_nobody() -> None:
    page = as_html(read_text(LIST))
    assert not re.search(r"https?://|url\(|@import|src=", page)
    assert "default-src 'none'" in page


def test_warnings_come_first_and_link_to_their_place() -> None:
    page = as_html(read_text(LIST.replace("（2项）\n1.", "（3项）\n1.")))
    asked, rows = page.index("须核"), page.index('class="cols row')
    assert asked < rows
    target = re.search(r'<a href="#(r\d+)">原文</a>', page)
    assert target
    assert f'id="{target[1]}"><div class="src"><div>一、市发改委牵头工作（3项）' in page


def test_both_sides_are_linked_without_script() -> None:
    page = as_html(read_text(LIST))
    for link in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{link}"' in page
    assert page.count('id="s') == 6


def test_claims_are_held_against_the_reading() -> None:
    page = as_html(read_text(LIST.replace("共计5项", "共计6项")))
    assert re.search(r"具体任务</td><td class=\"num\">6项</td><td class=\"num\">5项</td><td class=bad>不符", page)


def test_a_click_on_either_side_shows_the_other(page: "Page", tmp_path: Path) -> None:
    file = tmp_path / "页.html"
    file.write_text(as_html(read_text(LIST)), "utf-8")
    page.goto(file.as_uri())
    page.click(".src .amount >> nth=0")
    assert page.locator(".got .on").inner_text().startswith("①")
    page.click(".got .line[data-f] >> nth=-1")
    assert page.locator(".src .on").count() > 0
    page.keyboard.press("Escape")
    assert page.locator(".on").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 1366
