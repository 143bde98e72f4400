"""Printed pages with a text layer, PDF and OFD alike: columns, tables, running heads, rows joined into lines."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.reading import BrokenDocumentError, NotADocumentError, read
from duixian.reading.formats.printed import Box, Fragment, Page, Rule, assemble
from duixian.reading.formats.printed.grid import grids_of
from tests.reading.formats.makers import Sheet, ofd, pdf, width_of, zipped
from tests.reading.formats.reading import lines, opened, rows

TITLE = "云泽市人民政府办公室关于印发2026年重点工作任务清单的通知"
NOTICE = "经市政府同意，现将《2026年重点工作任务清单》印发给你们，请结合实际认真抓好贯彻落实，确保各项任务按时完成。"
TASKS = [
    "1.新增贷款400亿元以上，建成保障性住房2.5万套，城镇新增就业4.3万人，农村劳动力转移就业2万人以上。",
    "2.推动沁河国家水网骨干工程上半年开工，完成水土流失治理面积46万亩，建设高标准农田20万亩。",
    "3.新建学校3所。",
    "4.空气质量优良天数比例达到80%以上，PM2.5平均浓度控制在每立方米35微克以下，国考断面优良水体比例保持100%。",
    "5.新改建农村公路1000公里，改造危旧桥梁30座，开通城际公交线路4条，新增公共充电桩1500个。",
]
WRITERS = [("清单.pdf", pdf), ("清单.ofd", ofd)]
Writer = Callable[[list[Sheet]], bytes]


def in_pages(paragraphs: list[str], columns: int = 1, per_column: int = 14, indent: float = 2.0) -> list[Sheet]:
    """Paragraphs set in columns over as many pages as they need, with a running head and page numbers."""
    size, gap = 12.0, 24.0
    width = (595 - 2 * 72 - gap * (columns - 1)) / columns
    width -= width % size
    flow: list[tuple[str, float]] = []
    for paragraph in paragraphs:
        sheet = Sheet()
        sheet.paragraph(0, 0, size, width, paragraph, indent)
        flow += [(text, x) for x, _, _, text in sheet.words]
    sheets: list[Sheet] = []
    for start in range(0, len(flow), per_column * columns):
        page = Sheet()
        if len(flow) > per_column * columns:
            page.write(72, 40, 9, "云泽市人民政府公报")  # what stands on one page alone cannot be told from a title
        page.center(800, 9, f"— {len(sheets) + 1} —")
        for i, (text, x) in enumerate(flow[start : start + per_column * columns]):
            page.write(72 + (i // per_column) * (width + gap) + x, 90 + (i % per_column) * 20, size, text)
        sheets.append(page)
    return sheets


@pytest.mark.parametrize(("name", "writer"), WRITERS)
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("indent", [0.0, 2.0])
@pytest.mark.parametrize("per_column", [5, 7, 30])
def test_rows_become_the_lines_they_were_over_columns_and_pages(
    tmp_path: Path, name: str, writer: Writer, columns: int, indent: float, per_column: int
) -> None:
    paragraphs = [NOTICE, "一、市发改委（3项）", *TASKS[:3], "二、市生态环境局（2项）", *TASKS[3:]]
    source = opened(tmp_path, name, writer(in_pages(paragraphs, columns, per_column, indent)))
    assert lines(source) == paragraphs


def test_a_title_of_two_rows_is_one_line_and_the_signature_is_not_joined(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.center(80, 20, TITLE[:14])
    sheet.center(112, 20, TITLE[14:])
    y = sheet.paragraph(72, 160, 14, 448, NOTICE)
    sheet.write(340, y + 30, 14, "云泽市人民政府办公室")
    sheet.write(368, y + 54, 14, "2026年1月29日")
    source = opened(tmp_path, "a.pdf", pdf([sheet]))
    assert lines(source) == [TITLE, NOTICE, "云泽市人民政府办公室", "2026年1月29日"]


HEADER = ["序号", "任务", "牵头单位", "时限"]
XS = [60.0, 100.0, 330.0, 430.0, 530.0]


def tabled(records: list[list[str]], y: float, height: float = 44.0, sheet: Sheet | None = None) -> Sheet:
    """A ruled table; words wrap in their cells."""
    sheet = sheet or Sheet()
    ys = [y + height * i for i in range(len(records) + 1)]
    sheet.grid(XS, ys)
    for r, record in enumerate(records):
        for c, text in enumerate(record):
            inner = XS[c + 1] - XS[c] - 10
            sheet.paragraph(XS[c] + 5, ys[r] + 4, 11, inner - inner % 11, text, 0)
    return sheet


@pytest.mark.parametrize(("name", "writer"), WRITERS)
def test_a_ruled_table_goes_on_over_the_page_with_its_header_repeated(
    tmp_path: Path, name: str, writer: Writer
) -> None:
    first = [HEADER, ["1", TASKS[1][2:], "市水利局", "6月底前"], ["2", "新建学校3所。", "市教育局", "年底前"]]
    second = [HEADER, ["3", "修渠8公里。", "市水利局", "9月底前"]]
    source = opened(tmp_path, name, writer([tabled(first, 600, 50), tabled(second, 80)]))
    assert [rows(table) for table in source.tables] == [[*first, second[1]]]


def test_a_row_cut_by_the_pages_end_is_made_whole(tmp_path: Path) -> None:
    first = [HEADER, ["1", "新建学校3所，改造学校", "市教育局", "年底前"]]
    second = [["", "5所。", "", ""], ["2", "修渠8公里。", "市水利局", "9月底前"]]
    source = opened(tmp_path, "a.pdf", pdf([tabled(first, 600), tabled(second, 80)]))
    whole = ["1", "新建学校3所，改造学校5所。", "市教育局", "年底前"]
    assert [rows(table) for table in source.tables] == [[HEADER, whole, second[1]]]


def test_a_table_that_reaches_the_pages_edge_keeps_its_header_and_numbers(tmp_path: Path) -> None:
    """The header printed on every page is no running head, 6月底前 at the top of two pages is a limit."""
    first = [HEADER, ["1", TASKS[1][2:], "市水利局", "6月底前"], ["2", "新建学校3所。", "市教育局", "6月底前"]]
    second = [HEADER, ["3", "修渠8公里。", "市水利局", "9月底前"]]
    third = [HEADER, ["4", "植树6万亩。", "市林业局", "4月底前"]]
    source = opened(tmp_path, "a.pdf", pdf([tabled(first, 30, 60), tabled(second, 30), tabled(third, 30)]))
    assert [rows(table) for table in source.tables] == [[*first, second[1], third[1]]]


def test_a_signature_s_date_is_not_joined_to_what_follows(tmp_path: Path) -> None:
    sheet = Sheet()
    y = sheet.paragraph(72, 160, 14, 448, NOTICE)
    sheet.write(366, y + 30, 14, "云泽市人民政府办公室")
    sheet.write(410, y + 54, 14, "2026年1月29日")
    sheet.write(100, y + 78, 14, "（此件公开发布）")
    source = opened(tmp_path, "a.pdf", pdf([sheet]))
    assert lines(source)[-2:] == ["2026年1月29日", "（此件公开发布）"]


def test_words_before_and_after_a_table_stay_there(tmp_path: Path) -> None:
    sheet = tabled([HEADER, ["1", "修渠8公里。", "市水利局", "年底前"]], 200)
    sheet.center(100, 20, "2026年重点任务清单")
    sheet.write(60, 320, 11, "注：时限未注明的均为年底前。")
    source = opened(tmp_path, "a.pdf", pdf([sheet]))
    kinds = [type(block).__name__ for block in source.blocks]
    assert kinds == ["Line", "Table", "Line"]
    assert lines(source) == ["2026年重点任务清单", "注：时限未注明的均为年底前。"]


def test_merged_cells_are_one_cell() -> None:
    # two rows and three columns; the first column is merged downwards, the first row's others across
    rules = [Rule(0, y, 300, y) for y in (0, 80)] + [Rule(100, 40, 300, 40)]
    rules += [Rule(x, 0, x, 80) for x in (0, 100, 300)] + [Rule(200, 40, 200, 80)]
    (grid,) = grids_of(rules, 2)
    assert [(c.row, c.column, c.rows, c.columns) for c in grid.cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


def test_a_row_that_the_page_cuts_reaches_as_far_as_its_upright_lines() -> None:
    level = [Rule(0, y, 300, y) for y in (0, 40)]
    upright = [Rule(x, 0, x, 70) for x in (0, 100, 200, 300)]
    (grid,) = grids_of([*level, *upright], 2)
    assert grid.height == 2
    assert [(c.row, c.column) for c in grid.cells] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


def test_a_headline_comes_first_though_it_covers_only_some_columns_and_a_caption_does_not_cut_sentences() -> None:
    size, width = 10.0, 160.0
    texts = ["".join(chr(0x4E00 + 97 * k + i) for i in range(16 * 12)) for k in range(4)]
    fragments = [Fragment("全市重点工作推进会召开", Box(190, 40, 530, 70), 30.0)]
    for k, text in enumerate(texts):
        for i in range(12):
            if k in (1, 2) and 5 <= i <= 7:
                continue  # a photograph
            left, top = 20 + k * 185, 90 + i * 16
            fragments.append(Fragment(text[i * 16 : i * 16 + 16], Box(left, top, left + width, top + size), size))
    fragments.append(Fragment("图为会议现场。", Box(330, 202, 400, 211), 9.0))
    page = Page(780, 600, tuple(fragments))
    found = lines(assemble([page], "x"))
    assert found[0] == "全市重点工作推进会召开"
    whole = "".join(found[1:]).replace("图为会议现场。", "")
    expected = [t if k in (0, 3) else t[: 16 * 5] + t[16 * 8 :] for k, t in enumerate(texts)]
    assert whole == "".join(expected)
    assert not any("图为" in line and len(line) > 20 for line in found)


def test_a_column_of_numbers_beside_text_is_no_column_to_be_read_alone() -> None:
    fragments = []
    for i in range(8):
        fragments.append(Fragment(f"{i + 1}.", Box(50, 50 + i * 20, 58, 60 + i * 20), 10.0))
        text = f"第{'一二三四五六七八'[i]}项任务要按时完成并报送结果"
        fragments.append(Fragment(text, Box(80, 50 + i * 20, 80 + 10 * len(text), 60 + i * 20), 10.0))
    found = lines(assemble([Page(595, 842, tuple(fragments))], "x"))
    assert [line.split("  ")[0] for line in found] == [f"{i + 1}." for i in range(8)]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_all_the_same(tmp_path: Path, angle: int) -> None:
    data = pdf(in_pages(TASKS)).replace(b"/Type/Page/", b"/Type/Page/Rotate %d/" % angle)
    assert lines(opened(tmp_path, "a.pdf", data)) == TASKS
    # drawn sideways, and shown upright
    turned = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[angle]
    sideways = pdf(in_pages(TASKS), before=f"{turned} cm").replace(b"0 0 595.0 842.0", b"0 0 842.0 842.0")
    assert lines(opened(tmp_path, "b.pdf", sideways)) == TASKS


def test_a_file_cut_short_or_locked_is_told_in_one_line(tmp_path: Path) -> None:
    data = pdf(in_pages(TASKS))
    for cut in (30, 200, 900):
        with pytest.raises(BrokenDocumentError, match=r"残\.pdf"):
            opened(tmp_path, "残.pdf", data[:cut])
    locked = data.replace(
        b"trailer<<",
        b"trailer<</Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>>/ID[<00><00>]"
        % (b"11" * 32, b"22" * 32),
    )
    with pytest.raises(BrokenDocumentError, match="密码"):
        opened(tmp_path, "锁.pdf", locked)


def test_an_ofd_with_entities_or_without_its_parts_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "甲甲甲"><!ENTITY c "&b;&b;&b;">]><OFD><DocRoot>&c;</DocRoot></OFD>'
    with pytest.raises(NotADocumentError, match="实体"):
        opened(tmp_path, "弹.ofd", zipped({"OFD.xml": bomb}))
    outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><OFD><DocRoot>&b;</DocRoot></OFD>'
    with pytest.raises(NotADocumentError, match="实体"):
        opened(tmp_path, "外.ofd", zipped({"OFD.xml": outside}))
    with pytest.raises(BrokenDocumentError, match="缺失"):
        opened(tmp_path, "缺.ofd", zipped({"OFD.xml": "<OFD><DocRoot>../../etc/passwd</DocRoot></OFD>"}))


def test_an_ofd_with_repeated_steps_a_template_and_other_prefixes(tmp_path: Path) -> None:
    page = (
        '<Page xmlns="http://www.ofdspec.org/2016"><Template TemplateID="9"/><Content><Layer>'
        '<TextObject Boundary="20 30 170 6" Size="5"><TextCode X="0" Y="4.5" DeltaX="g 8 5">1.新建学校三所。</TextCode>'
        '</TextObject><TextObject Boundary="20 40 60 6" Size="1" CTM="5 0 0 5 0 0"><TextCode X="0" Y="0.9" '
        'DeltaX="1 1 1 1 1">2.修渠八公</TextCode></TextObject></Layer></Content></Page>'
    )
    template = (
        '<Page xmlns="http://www.ofdspec.org/2016"><Content><Layer><TextObject Boundary="80 10 60 8" Size="6">'
        '<TextCode X="0" Y="5">任务清单</TextCode></TextObject></Layer></Content></Page>'
    )
    parts = {
        "OFD.xml": "<OFD><DocBody><DocRoot>/Doc_0/Document.xml</DocRoot></DocBody></OFD>",
        "Doc_0/Document.xml": '<Document><CommonData><TemplatePage ID="9" BaseLoc="Tpls/t.xml"/></CommonData>'
        '<Pages><Page ID="1" BaseLoc="Pages/p.xml"/></Pages></Document>',
        "Doc_0/Pages/p.xml": page,
        "Doc_0/Tpls/t.xml": template,
    }
    assert lines(opened(tmp_path, "a.ofd", zipped(parts))) == ["任务清单", "1.新建学校三所。", "2.修渠八公"]


def test_a_list_in_print_is_read_like_the_list_in_text(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(in_pages(["一、市发改委牵头工作（5项）", *TASKS], 2, 9)))
    assert [task.text for task in read(file, year=2026).tasks] == [task[2:] for task in TASKS]


places = st.tuples(
    st.integers(0, 500), st.integers(0, 800), st.integers(4, 40), st.text("任务1.一、（）。 A", max_size=12)
)


@settings(max_examples=60)
@given(st.lists(places, max_size=40), st.lists(st.tuples(*[st.integers(0, 500)] * 3, st.booleans()), max_size=25))
def test_whatever_stands_wherever_no_character_is_lost(
    words: list[tuple[int, int, int, str]], drawn: list[tuple[int, int, int, bool]]
) -> None:
    fragments = tuple(
        Fragment(text.strip(), Box(x, y, x + width_of(text, size), y + size), size)
        for x, y, size, text in words
        if text.strip() and not (y < 110 or y + size > 730)  # nothing that could be taken for a running head
    )
    rules = tuple(Rule(a, b, a + n, b) if level else Rule(a, b, a, b + n) for a, b, n, level in drawn)
    text = assemble([Page(595, 842, fragments, rules)], "x").text
    assert sorted("".join(text.split())) == sorted("".join("".join(f.text for f in fragments).split()))
