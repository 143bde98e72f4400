"""A county's plan of the sample city, set as a newspaper page of four columns and read from its picture."""

import io
import os
from collections import Counter
from pathlib import Path

import pytest

import duixian
from duixian.reading import Reading, read
from tests.reading.formats.makers import FONT, Sheet, picture

COUNTIES = Path(duixian.__file__).parent / "demo" / "city" / "counties"
COLUMNS, SIZE, WIDTH, GUTTER, MARGIN, TOP = 4, 11.0, 165.0, 20.0, 40.0, 110.0


@pytest.fixture(autouse=True)
def _needs_font() -> None:
    if not FONT.exists():
        missing = f"没有中文字体 {FONT}(Debian 的 fonts-noto-cjk)"
        if os.environ.get("DUIXIAN_STRICT") == "1":
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)


def as_newspaper(text: str) -> Sheet:
    """The title across the page, the paragraphs under it down one column after the other."""
    title, *paragraphs = [line for line in text.split("\n") if line.strip()]
    flow = Sheet()
    y = 0.0
    for paragraph in paragraphs:
        y = flow.paragraph(0, y, SIZE, WIDTH, paragraph)
    depth = -(-len(flow.words) // COLUMNS)
    sheet = Sheet(2 * MARGIN + COLUMNS * WIDTH + (COLUMNS - 1) * GUTTER, TOP + depth * 1.6 * SIZE + MARGIN)
    sheet.center(40, 26, title)
    for i, (x, _, _, words) in enumerate(flow.words):
        sheet.write(MARGIN + i // depth * (WIDTH + GUTTER) + x, TOP + i % depth * 1.6 * SIZE, SIZE, words)
    return sheet


def amounts(reading: Reading) -> Counter[tuple[object, ...]]:
    return Counter((q.base_value, q.base_unit) for task in reading.tasks for q in task.quantities)


def test_a_county_plan_is_read_from_its_newspaper_page(tmp_path: Path) -> None:
    document = COUNTIES / "石簪县.txt"
    out = io.BytesIO()
    picture(as_newspaper(document.read_text("utf-8")), 2.2).save(out, "PNG")
    page = tmp_path / "报纸.png"
    page.write_bytes(out.getvalue())
    printed, recognised = amounts(read(document)), amounts(read(page))
    assert printed.total() >= 30
    right = (printed & recognised).total()
    assert 2 * right / (printed.total() + recognised.total()) >= 0.90
