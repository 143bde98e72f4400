"""The PDF as LibreOffice lays it out: the grid, the head, the rules, the tables, the marks, and no text lost."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from duixian.bulletins.content import Attachment, BulletinContent
from duixian.bulletins.rendering import render_docx, to_pdfs
from tests.bulletins.example import all_tasks, example_content
from tests.bulletins.rendering.measuring import Glyph, Page, pages_of

pytestmark = pytest.mark.office

HEADER_ROW = "".join(column.title for column in all_tasks().columns)
MARK = "模拟数据/simulated"


# as an annex grows row by row, its imprint goes to a page of its own
ANNEXES = range(19, 24)


def documents() -> dict[str, bytes]:
    """Everything this module looks at."""
    annexes = {n: Attachment(("进展情况表",), (replace(all_tasks(n), notes=()),)) for n in ANNEXES}
    contents = {
        "real": example_content(),
        "simulated": example_content(is_simulated=True),
        **{f"annex-{n}": replace(example_content(), body=(), attachments=(annex,)) for n, annex in annexes.items()},
    }
    return {name: render_docx(content) for name, content in contents.items()} | {"grid": full_lines()}


def full_lines() -> bytes:
    """Two pages of nothing but one character."""
    blank = docx.Document(io.BytesIO(render_docx(example_content())))
    body = blank.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    body.insert(0, OxmlElement("w:p"))
    blank.paragraphs[0].add_run("国" * (28 * 44))
    made = io.BytesIO()
    blank.save(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """All of them at once: each by itself would start LibreOffice twice."""
    folder = tmp_path_factory.mktemp("laid-out")
    to_pdfs({folder / f"{name}.pdf": document for name, document in documents().items()})
    return {path.stem: pages_of(path) for path in folder.iterdir()}


@pytest.fixture
def pages(laid_out: dict[str, list[Page]]) -> list[Page]:
    return laid_out["real"]


@pytest.fixture
def simulated(laid_out: dict[str, list[Page]]) -> list[Page]:
    return laid_out["simulated"]


def close(text: str) -> str:
    return re.sub(r"\s", "", text)


def text_of_docx(content: BulletinContent) -> str:
    body = docx.Document(io.BytesIO(render_docx(content))).element.body
    return close("".join(text.text or "" for text in body.iter(qn("w:t"))))


def text_of_pdf(pages: list[Page]) -> str:
    """Running text: without page numbers, the header's mark, and header rows that only return."""
    whole = ""
    for number, page in enumerate(pages, start=1):
        text = close(page.text)
        assert text.count(f"—{number}—") == 1
        whole += text.replace(f"—{number}—", "").replace(MARK, "")
    for header in (HEADER_ROW, "牵头部门任务数已完成超进度达进度欠进度其它"):
        first, *others = whole.split(header)
        whole = first + header + "".join(others)
    return whole


def find(page: Page, words: str) -> list[Glyph]:
    """The glyphs of the first place where the words stand on the page."""
    text = "".join(glyph.char for glyph in page.glyphs)
    start = text.index(words)
    return list(page.glyphs[start : start + len(words)])


def centre(glyphs: list[Glyph]) -> float:
    return (min(glyph.left for glyph in glyphs) + max(glyph.right for glyph in glyphs)) / 2


def test_grid_of_22_lines_by_28_characters(laid_out: dict[str, list[Page]]) -> None:
    pages = laid_out["grid"]
    assert len(pages) == 2
    for page in pages:
        lines = {baseline: text for baseline, text in page.lines().items() if "国" in text}
        assert [len(text) for text in lines.values()] == [28] * 22
        exact = sorted({glyph.baseline for glyph in page.glyphs if glyph.char == "国"})
        assert all(abs((after - before) / 25.4 * 72 - 28.95) < 0.1 for before, after in pairwise(exact))


@pytest.mark.parametrize("is_simulated", [False, True])
def test_no_text_is_lost(is_simulated: bool, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue("simulated" if is_simulated else "pages")
    assert text_of_pdf(made) == text_of_docx(example_content(is_simulated=is_simulated))


def test_head_and_rule(pages: list[Page]) -> None:
    first = pages[0]
    assert min(glyph.top for glyph in find(first, "云川市人民政府办公室文件")) == pytest.approx(72, abs=1)
    (rule,) = first.rules
    assert rule.color == (255, 0, 0)
    assert rule.pen == pytest.approx(1.5, abs=0.05)
    assert rule.right - rule.left == pytest.approx(156, abs=0.5)
    number_ends = max(glyph.bottom for glyph in find(first, "云政办发〔2026〕31号"))
    # 4 mm with the ink of the 仿宋 faces; brackets of what may stand in for them end higher.
    assert rule.middle - number_ends == pytest.approx(4.2, abs=0.4)
    assert "现将有关情况通报如下" in close(first.text)


def test_only_the_head_is_coloured(pages: list[Page]) -> None:
    colors = {drawing.color for page in pages[1:] for drawing in page.drawings}
    assert colors <= {(0, 0, 0)}


def test_page_numbers(pages: list[Page]) -> None:
    for number, page in enumerate(pages, start=1):
        below = [glyph for glyph in page.glyphs if glyph.baseline > 263]
        assert "".join(glyph.char for glyph in below) == f"—{number}—"
        dash = below[0]
        assert (dash.top + dash.bottom) / 2 == pytest.approx(269, abs=0.3)
        if number % 2:
            assert below[-1].right == pytest.approx(179.1, abs=0.6)
        else:
            assert below[0].left == pytest.approx(32.9, abs=0.6)


def test_text_stays_in_the_type_area(pages: list[Page]) -> None:
    outside = [
        (number, glyph)
        for number, page in enumerate(pages, start=1)
        for glyph in page.glyphs
        if glyph.baseline < 263 and not (glyph.left > 27.9 and glyph.right < 184.2 and glyph.top > 36.9)
    ]
    assert outside == []


def test_header_row_opens_every_page_of_the_table(pages: list[Page]) -> None:
    start = next(index for index, page in enumerate(pages) if close(page.text).startswith("附件1"))
    # The notes may have a page of their own after the last row.
    end = next(index for index, page in enumerate(pages) if close(page.text).startswith(("注：1.", "附件2")))
    assert end - start >= 3
    assert HEADER_ROW in close(pages[start].text)
    assert all(close(page.text).startswith(HEADER_ROW) for page in pages[start + 1 : end])


def test_attachment_page(pages: list[Page]) -> None:
    page = next(page for page in pages if close(page.text).startswith("附件1"))
    lines = list(page.lines().items())
    assert lines[0][1] == "附件1"
    tag, title = find(page, "附件1")[0], find(page, "2026年市政府工作报告")[0]
    assert title.baseline - tag.baseline == pytest.approx(2 * 28.95 / 72 * 25.4, abs=2)


def test_signature_goes_with_text_and_is_centred(pages: list[Page]) -> None:
    page = next(page for page in pages if "（此件公开发布）" in close(page.text))
    assert "三季度通报中逐项反映" in close(page.text)
    name = find(page, "云川市人民政府办公室")
    day = find(page, "2026年7月28日")
    # Exact with the 仿宋 faces; digits of what may stand in for them are wider, so the date reaches further left.
    assert centre(name) == pytest.approx(centre(day), abs=1.6)
    assert day[0].baseline - name[0].baseline == pytest.approx(28.95 / 72 * 25.4, abs=0.3)


def test_imprint_closes_the_last_page(pages: list[Page]) -> None:
    assert not any("抄送：" in page.text for page in pages[:-1])
    rules = pages[-1].rules
    assert [round(rule.pen, 2) for rule in rules] == [1.0, 0.75, 1.0]
    assert rules[-1].middle == pytest.approx(262, abs=0.3)
    assert all(rule.right - rule.left == pytest.approx(156, abs=0.5) for rule in rules)


def test_imprint_never_covers_a_table(laid_out: dict[str, list[Page]]) -> None:
    """As an annex grows row by row, the imprint stays under it, and goes to a page of its own where no room is left."""
    lengths = set()
    for tasks in ANNEXES:
        pages = laid_out[f"annex-{tasks}"]
        upper_rule = [rule for rule in pages[-1].rules if rule.pen == pytest.approx(1.0, abs=0.05)][-2]
        above = [glyph for glyph in pages[-1].glyphs if glyph.baseline < upper_rule.middle]
        assert find(pages[-1], "抄送")[0].top > upper_rule.middle
        assert all(glyph.bottom < upper_rule.top for glyph in above)
        # So the rows are above the imprint, all of them, and not behind it.
        below = [glyph for glyph in pages[-1].glyphs if glyph.top > upper_rule.middle]
        assert "".join(glyph.char for glyph in below if glyph.baseline < 263).startswith("抄送")
        lengths.add(len(pages))
    assert lengths == {3, 4}


def test_every_simulated_page_is_marked(simulated: list[Page]) -> None:
    for page in simulated:
        assert MARK in close(page.text)
        (watermark,) = [
            drawing for drawing in page.drawings if drawing.is_filled and drawing.bottom - drawing.top > 100
        ]
        assert watermark.right - watermark.left > 100
        red, green, blue = watermark.color
        # Grey, light enough to read a table through it and dark enough to be seen.
        assert red == green == blue
        assert 200 <= red <= 235


def test_simulated_pages_carry_no_red(simulated: list[Page]) -> None:
    assert not any(drawing.color == (255, 0, 0) for page in simulated for drawing in page.drawings)
