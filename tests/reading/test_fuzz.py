"""Documents that nobody wrote: each ends in a reading or in one clear line, and soon.

Mutated documents of every kind that can be built here; `make soak` runs 10,000 of them.
"""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.reading import read_text
from tests.reading.documents import LIST
from tests.reading.fuzzing import (
    EDITS,
    Edit,
    as_docx,
    as_html_page,
    as_sheet,
    ends_well,
    mutated,
    mutated_bytes,
    read_bytes,
    with_part,
)

#: A quarter of the profile's examples for each of four kinds: together its number (10,000 in a soak).
EXAMPLES = max(25, settings.default.max_examples // 4) if settings.default else 25


@given(EDITS)
@settings(max_examples=EXAMPLES)
def test_mutated_texts(edits: list[Edit]) -> None:
    ends_well(lambda: read_text(mutated(LIST, edits), year=2026))


@given(EDITS, st.sampled_from([".html", ".md", ".csv", ".txt"]))
@settings(max_examples=EXAMPLES)
def test_mutated_pages_and_tables(edits: list[Edit], ending: str) -> None:
    rows = io.StringIO()
    csv.writer(rows).writerows([str(i), line, "市甲局"] for i, line in enumerate(LIST.splitlines()))
    original = {".html": as_html_page(), ".csv": rows.getvalue()}.get(ending, LIST)
    ends_well(lambda: read_bytes(mutated(original, edits).encode("utf-8", "replace"), ending))


PARTS = [
    (".docx", "word/document.xml"),
    (".docx", "word/styles.xml"),
    (".docx", "[Content_Types].xml"),
    (".docx", "word/_rels/document.xml.rels"),
    (".xlsx", "xl/worksheets/sheet1.xml"),
    (".xlsx", "xl/workbook.xml"),
]


@given(EDITS, st.sampled_from(PARTS))
@settings(max_examples=EXAMPLES)
def test_mutated_office_documents(edits: list[Edit], part: tuple[str, str]) -> None:
    ending, name = part
    original = as_docx() if ending == ".docx" else as_sheet()
    ends_well(lambda: read_bytes(with_part(original, name, edits), ending))


@given(EDITS, st.sampled_from([".docx", ".xlsx", ".pdf", ".txt", ".html", ".xls", ".ofd", ".doc", ".png"]))
@settings(max_examples=EXAMPLES)
def test_mutated_bytes_under_any_ending(edits: list[Edit], ending: str) -> None:
    original = {".xlsx": as_sheet(), ".txt": LIST.encode("gb18030"), ".html": as_html_page().encode()}
    ends_well(lambda: read_bytes(mutated_bytes(original.get(ending, as_docx()), edits), ending))
