"""Every table in docs/rules is a test: what the page says is what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import pages

ROWS = [row for path in pages.page_paths() for row in pages.rows_of(path)]


def test_there_are_pages() -> None:
    named = {path.stem for path in pages.page_paths()}
    assert named >= set(pages.PAGES) | {"outcome", "light", "task"}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_page_says_what_the_code_does(row: pages.Row) -> None:
    pages.checker(row.page)(row)


@pytest.mark.parametrize("path", pages.page_paths(), ids=lambda path: path.stem)
def test_a_page_names_its_source_and_is_told_in_english_too(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "## 依据" in text
    assert "## 算例" in text
    assert "## In English" in text


def test_the_index_leads_to_every_page() -> None:
    index = (pages.FOLDER / "README.md").read_text(encoding="utf-8")
    missing = [path.name for path in pages.page_paths() if f"({path.name})" not in index]
    assert not missing


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "flow.md"
    page.write_text("# 累计\n\n没有表。\n", encoding="utf-8")
    with pytest.raises(pages.NotUnderstoodError, match="no table"):
        pages.rows_of(page)


@pytest.mark.parametrize(
    "row",
    [
        {"目标": "78公里", "天气": "晴", "等次": "达进度", "亮灯": "绿"},
        {"目标": "78公里", "取向": "随意", "等次": "达进度", "亮灯": "绿"},
        {"目标": "七十八公里", "等次": "达进度", "亮灯": "绿"},
        {"目标": "78公里", "数据": "6月 1"},
    ],
    ids=["column", "word", "figure", "no result"],
)
def test_a_row_not_understood_is_refused(row: dict[str, str]) -> None:
    with pytest.raises(pages.NotUnderstoodError):
        pages.check_target(pages.Row("flow", 1, row))


def test_a_row_that_is_wrong_fails() -> None:
    row = {"目标": "78公里", "数据": "6月 19.5", "等次": "达进度", "亮灯": "绿"}
    with pytest.raises(AssertionError):
        pages.check_target(pages.Row("flow", 1, row))


def test_an_unknown_page_is_refused() -> None:
    with pytest.raises(pages.NotUnderstoodError, match="nobody reads"):
        pages.checker("weather")
