"""The .docx as XML: every measure of the form, and the same bytes for the same content."""

import io
import re
import time
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from duixian.bulletins.content import Attachment, BulletinContent, Heading, Paragraph, Properties
from duixian.bulletins.rendering import render_docx
from tests.bulletins.example import TASKS, UNITS, example_content

SIMULATED = "模拟数据 / simulated"


@cache
def example(*, is_simulated: bool = False) -> Document:
    return opened(example_content(is_simulated=is_simulated))


def opened(content: BulletinContent) -> Document:
    return docx.Document(io.BytesIO(render_docx(content)))


def body(document: Document) -> BaseOxmlElement:
    return document.element.body


def texts(document: Document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == style]


def attributes(element: BaseOxmlElement | None) -> dict[str, str]:
    assert element is not None
    return {re.sub(r"\{.*\}", "", str(name)): str(value) for name, value in element.attrib.items()}


def style_part(name: str, *path: str) -> dict[str, str]:
    found = example().styles[name].element
    for tag in path:
        found = found.find(qn(tag))
        assert found is not None, f"{name}: {tag}"
    return attributes(found)


def xml_parts(content: BulletinContent) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(render_docx(content))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_page_and_grid() -> None:
    assert len(example().sections) == 1
    section = body(example()).sectPr
    assert attributes(section.find(qn("w:pgSz"))) == {"w": "11906", "h": "16838"}
    assert attributes(section.find(qn("w:pgMar"))) == {
        "top": "2098", "right": "1474", "bottom": "1984", "left": "1588",
        "header": "851", "footer": "1447", "gutter": "0",
    }  # fmt: skip
    grid = {"type": "linesAndChars", "linePitch": "579", "charSpace": "-849"}
    assert attributes(section.find(qn("w:docGrid"))) == grid


def test_normal_realises_the_grid() -> None:
    assert style_part("Normal", "w:pPr", "w:spacing") == {"line": "579", "lineRule": "exact"}
    assert style_part("Normal", "w:rPr", "w:spacing") == {"val": "-6"}
    for properties in ("w:pPr", "w:rPr"):
        assert style_part("Normal", properties, "w:snapToGrid") == {"val": "0"}
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN", "w:overflowPunct"):
        assert style_part("Normal", "w:pPr", tag) == {"val": "0"}
    settings = example().settings.element
    assert attributes(settings.find(qn("w:characterSpacingControl"))) == {"val": "doNotCompress"}
    assert settings.find(qn("w:evenAndOddHeaders")) is not None


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [
        ("Normal", "仿宋_GB2312", "32"),
        ("发文机关标志", "方正小标宋简体", "96"),
        ("公文标题", "方正小标宋简体", "44"),
        ("附件标题", "方正小标宋简体", "44"),
        ("页码", "宋体", "28"),
    ],
)
def test_faces_and_sizes(style: str, font: str, half_points: str) -> None:
    named = style_part(style, "w:rPr", "w:rFonts")
    assert {named[slot] for slot in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
    assert style_part(style, "w:rPr", "w:sz") == {"val": half_points}
    if font == "方正小标宋简体":
        assert example().styles[style].element.find(f".//{qn('w:b')}") is None


@pytest.mark.parametrize(("style", "font"), [("一级标题", "黑体"), ("二级标题", "楷体_GB2312"), ("附件标识", "黑体")])
def test_heading_faces(style: str, font: str) -> None:
    assert style_part(style, "w:rPr", "w:rFonts")["eastAsia"] == font


def test_no_theme_brings_latin_fonts_back() -> None:
    parts = xml_parts(example_content())
    assert not [name for name in parts if "theme" in name or "thumbnail" in name or "customXml" in name]
    assert not [name for name, data in parts.items() if b"asciiTheme" in data]


def test_head() -> None:
    assert texts(example(), "发文机关标志") == ["云川市人民政府办公室文件"]
    assert texts(example(), "发文字号") == ["云政办发〔2026〕31号"]
    (title,) = texts(example(), "公文标题")
    assert title.split("\n") == list(example_content().title_lines)
    (addressees,) = texts(example(), "主送机关")
    assert addressees.endswith("单位：")
    assert style_part("发文字号", "w:pPr", "w:pBdr", "w:bottom")["color"] == "FF0000"


def test_red_head_of_a_long_name_stays_on_one_line() -> None:
    document = opened(replace(example_content(), red_head="云川高新技术产业开发区管理委员会办公室文件"))
    stretch = document.paragraphs[0]._p.find(f".//{qn('w:w')}")
    assert int(attributes(stretch)["val"]) * 48 * 20 <= 156 / 25.4 * 72 * 100


def test_unnumbered_bulletin_keeps_its_rule() -> None:
    assert texts(opened(replace(example_content(), doc_number=None)), "发文字号") == [""]


def test_number_without_red_head_is_not_lost() -> None:
    document = opened(replace(example_content(), red_head=None))
    assert [paragraph.text for paragraph in document.paragraphs[:2]] == ["云政办发〔2026〕31号", example_title()]
    assert document.paragraphs[0]._p.find(f".//{qn('w:pBdr')}") is None


def example_title() -> str:
    return "\n".join(example_content().title_lines)


def test_headings_are_numbered_and_run_in_before_their_text() -> None:
    assert texts(example(), "一级标题") == ["一、总体情况", "二、进度滞后的任务及原因", "三、下一步工作要求"]
    run_in = [p for p in example().paragraphs if p.runs and p.runs[0].style and p.runs[0].style.name == "三级标题字"]
    assert len(run_in) == 9
    assert run_in[0].runs[0].text == "1.第3项老旧小区改造全部启动（市政府办公室）。"
    assert run_in[0].runs[1].text.startswith("年度目标350亿元以上")


def test_note_of_attachments_equals_their_titles() -> None:
    tags, titles = texts(example(), "附件标识"), texts(example(), "附件标题")
    notes = texts(example(), "附件说明") + texts(example(), "附件说明续")
    assert tags == ["附件1", "附件2"]
    assert [note.split("\t")[1] for note in notes] == [title.replace("\n", "") for title in titles]
    assert [note.split("\t")[0] for note in notes] == ["附件：1.", "2."]
    assert example().styles["附件标识"].element.find(f".//{qn('w:pageBreakBefore')}") is not None


def test_a_single_attachment_has_no_number() -> None:
    single = replace(example_content(), attachments=(Attachment(("进展情况表",), (Paragraph("略"),)),))
    assert texts(opened(single), "附件说明（单个）") == ["附件：进展情况表"]
    assert texts(opened(single), "附件标识") == ["附件"]


def test_annex_table() -> None:
    annex = example().tables[1]._tbl
    rows = list(annex.tr_lst)
    assert len(rows) == 1 + TASKS + len(UNITS)
    assert len(annex.findall(f".//{qn('w:tblHeader')}")) == 1
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    grid = [int(attributes(column)["w"]) for column in annex.find(qn("w:tblGrid"))]
    assert sum(grid) == 8844
    assert attributes(annex.find(f"{qn('w:tblPr')}/{qn('w:tblW')}"))["w"] == "8844"
    assert not annex.findall(f".//{qn('w:shd')}")


def test_imprint_is_the_last_table() -> None:
    table = example().tables[-1]
    properties = table._tbl.find(qn("w:tblPr"))
    place = attributes(properties.find(qn("w:tblpPr")))
    assert (place["tblpYSpec"], place["vertAnchor"], place["horzAnchor"]) == ("bottom", "margin", "page")
    borders = properties.find(qn("w:tblBorders"))
    assert [attributes(borders.find(qn(f"w:{side}")))["sz"] for side in ("top", "insideH", "bottom")] == ["8", "6", "8"]
    assert table.rows[0].cells[0].text == "抄送：市委办公室，市人大常委会办公室，市政协办公室，市纪委监委。"
    assert [cell.text for cell in table.rows[1].cells] == ["云川市人民政府办公室", "2026年7月28日印发"]


@pytest.mark.parametrize("is_simulated", [False, True])
def test_page_numbers_on_the_outer_side(is_simulated: bool) -> None:
    section = example(is_simulated=is_simulated).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert [field.text for field in paragraph._p.iter(qn("w:instrText"))] == [" PAGE "]
        assert attributes(paragraph._p.pPr.find(qn("w:ind"))) == {side: "280"}


def test_simulated_bulletin_is_marked_and_bare() -> None:
    document = example(is_simulated=True)
    assert not texts(document, "发文机关标志")
    assert not texts(document, "发文字号")
    for header in (document.sections[0].header, document.sections[0].even_page_header):
        assert header.paragraphs[0].text == SIMULATED
        assert header._element.find(".//{urn:schemas-microsoft-com:vml}shape/{*}textpath").get("string") == SIMULATED
    assert not any(
        b"FF0000" in data
        for name, data in xml_parts(example_content(is_simulated=True)).items()
        if "styles" not in name
    )


def test_real_bulletin_is_not_marked() -> None:
    assert not any(b"simulated" in data for data in xml_parts(example_content()).values())


def test_properties_carry_the_hashes() -> None:
    custom = xml_parts(example_content())["docProps/custom.xml"].decode()
    assert "a" * 64 in custom
    assert "b" * 64 in custom
    core = example().core_properties
    assert (core.title, core.author) == (example_content().title, "云川市人民政府办公室")
    assert core.created is not None
    assert core.created.date() == date(2026, 7, 28)
    draft = replace(example_content(), properties=Properties())
    assert "docProps/custom.xml" not in xml_parts(draft)


def test_same_content_same_bytes_at_any_time() -> None:
    first = render_docx(example_content())
    time.sleep(2.1)  # a zip file's clock ticks every two seconds
    assert render_docx(BulletinContent.from_dict(example_content().to_dict())) == first


def test_hostile_text_is_written_as_text() -> None:
    wild = "A<w:br/>&\x00\x1b\ud800 {PAGE} =SUM(A1)  ]]>\u202e"
    content = replace(example_content(), opening=(wild,), body=(Heading(1, wild), Paragraph(wild)))
    written = opened(content).paragraphs[4].text
    assert written == "A<w:br/>& {PAGE} =SUM(A1) ]]>"


def test_no_run_of_two_spaces_nor_wide_space() -> None:
    words = [text.text or "" for text in body(example()).iter(qn("w:t"))]
    assert not [word for word in words if re.search(r"\s\s|\u3000", word)]


def test_dates_have_no_zeros() -> None:
    assert texts(example(), "成文日期") == ["2026年7月28日"]
