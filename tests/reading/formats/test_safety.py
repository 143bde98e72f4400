"""Files that are damaged, mislabelled or made to do harm: each ends in a reading or in one clear line, and soon."""

import io
import resource
import time
import zipfile
from pathlib import Path
from random import Random

import docx
import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duixian.reading import (
    BrokenDocumentError,
    MissingSupportError,
    NotADocumentError,
    ReadingError,
    TooLargeError,
    read,
)
from duixian.reading.formats import _bytes_of, load
from duixian.reading.formats.numbering import _printed
from duixian.reading.formats.ofd import load as load_ofd
from tests.reading.formats.makers import Sheet, ofd, pdf, zipped
from tests.reading.formats.reading import assert_exact, lines, opened


def a_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、市发改委（1项）")
    document.add_paragraph("1.新增贷款400亿元以上。")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "序号", "修渠8公里"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def an_xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["序号", "任务", "时限"])
    book.active.append([1, "新建学校3所", "6月底"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def an_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("甲")
    for c, text in enumerate(["序号", "任务", "时限"]):
        sheet.write(0, c, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_sheet() -> Sheet:
    sheet = Sheet()
    sheet.write(72, 90, 12, "1.新增贷款400亿元以上。")
    sheet.grid([60, 100, 300], [120, 150, 180])
    sheet.write(110, 130, 12, "修渠8公里")
    return sheet


SEEDS = {
    "a.docx": a_docx(),
    "a.xlsx": an_xlsx(),
    "a.xls": an_xls(),
    "a.csv": "序号,任务\n1,修渠8公里\n".encode(),
    "a.html": "<html><body><h1>清单</h1><table><tr><td>序号</td><td>任务</td></tr></table><ol><li>修渠</ol>".encode(),
    "a.pdf": pdf([a_sheet()]),
    "a.ofd": ofd([a_sheet()]),
}


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(SEEDS)), seed=st.integers(0, 2**32), edits=st.integers(1, 40))
def test_bytes_changed_at_random_end_in_a_reading_or_one_line(tmp_path: Path, name: str, seed: int, edits: int) -> None:
    random = Random(seed)
    data = bytearray(SEEDS[name])
    for _ in range(edits):
        at = random.randrange(len(data))
        match random.randrange(4):
            case 0:
                data[at] = random.randrange(256)
            case 1:
                del data[at : at + random.randrange(1, 30)]
            case 2:
                data[at:at] = random.randbytes(random.randrange(1, 30))
            case _:
                data[at:at] = data[max(0, at - random.randrange(200)) : at]
        if len(data) < 10:
            break
    # what is packed is changed only where the archive still opens: so change also what is inside
    file = tmp_path / name
    file.write_bytes(bytes(data))
    _read_or_refuse(file)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["a.docx", "a.xlsx", "a.ofd"]), seed=st.integers(0, 2**32))
def test_xml_changed_inside_a_sound_archive(tmp_path: Path, name: str, seed: int) -> None:
    random = Random(seed)
    with zipfile.ZipFile(io.BytesIO(SEEDS[name])) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    for part in random.sample(sorted(parts), min(3, len(parts))):
        content = bytearray(parts[part])
        for _ in range(random.randrange(1, 6)):
            at = random.randrange(len(content)) if content else 0
            if random.random() < 0.5:
                content[at : at + 1] = random.choice([b"0", b"9999999999", b"-1", b"<", b'"', b"", b"NaN", b"x"])
            else:
                del content[at : at + random.randrange(60)]
        parts[part] = bytes(content)
    file = tmp_path / name
    file.write_bytes(zipped(parts))
    _read_or_refuse(file)


def _read_or_refuse(file: Path) -> None:
    begin, memory = time.monotonic(), _most_memory()
    message = file.name
    try:
        assert_exact(load(file))
    except ReadingError as error:
        message = str(error)
    assert file.name in message
    assert "\n" not in message
    assert time.monotonic() - begin < 30
    assert _most_memory() - memory < 512


def _most_memory() -> int:
    """The most memory this process has ever held, in megabytes; other tests before may have needed much."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.xls", "a.pdf", "a.ofd", "a.doc", "a.wps", "a.png", "a.tif"])
def test_a_file_that_is_not_what_its_name_says(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenDocumentError, match=rf"不是真正的 \.{name[2:]}:{name}"):
        opened(tmp_path, name, "这里只有文字,没有别的。")
    with pytest.raises((BrokenDocumentError, NotADocumentError)):
        opened(tmp_path, name, b"PK\x03\x04" + b"\x00" * 200)


def test_a_picture_or_pdf_under_a_false_name_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotADocumentError, match=r"其实是 \.pdf 文件"):
        opened(tmp_path, "a.docx", SEEDS["a.pdf"])
    with pytest.raises(NotADocumentError, match=r"其实是 \.docx 文件"):
        opened(tmp_path, "a.png", SEEDS["a.docx"])


def test_an_office_file_under_another_office_name_is_read_for_what_it_is(tmp_path: Path) -> None:
    assert lines(opened(tmp_path, "新.doc", SEEDS["a.docx"])) == ["一、市发改委（1项）", "1.新增贷款400亿元以上。"]
    assert opened(tmp_path, "新.xls", SEEDS["a.xlsx"]).tables


def test_macros_and_links_to_outside_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(io.BytesIO(a_docx())) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    relations = parts["word/_rels/document.xml.rels"].decode()  # type: ignore[union-attr]
    outside = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        ' Target="http://127.0.0.1:9/evil.dotm" TargetMode="External"/></Relationships>'
    )
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", outside)
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + b"\x00" * 600
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("the network was asked"))
    for name in ("宏.docx", "宏.docm"):
        assert lines(opened(tmp_path, name, zipped(parts)))[1] == "1.新增贷款400亿元以上。"


@pytest.mark.parametrize(("name", "part"), [("a.docx", "word/document.xml"), ("a.ofd", "OFD.xml")])
def test_archives_that_unpack_without_end(tmp_path: Path, name: str, part: str) -> None:
    bomb = zipped({part: b"<a>" + b" " * 100_000_000 + b"</a>"})
    with pytest.raises(TooLargeError, match="展开后过大"):
        opened(tmp_path, name, bomb)
    # an archive may also lie about what it unpacks to
    small = bytearray(zipped({part: b"<a>" + b"x" * 90_000_000}))
    with zipfile.ZipFile(io.BytesIO(bytes(small))) as archive:
        size = archive.infolist()[0].file_size.to_bytes(4, "little")
    lying = bytes(small).replace(size, (100).to_bytes(4, "little"))
    with pytest.raises((TooLargeError, BrokenDocumentError)):
        opened(tmp_path, name, lying)


def test_an_archive_of_a_hundred_thousand_parts(tmp_path: Path) -> None:
    crowd = zipped({f"p{i}.xml": "" for i in range(20_000)} | {"word/document.xml": "<a/>"})
    with pytest.raises(TooLargeError):
        opened(tmp_path, "a.docx", crowd)


def test_xml_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{i} "{lower * 10}">' for i in range(1, 10) for lower in [f"&l{i - 1};"])
    entities = f'<!DOCTYPE w [<!ENTITY l0 "哈">{laughs}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    with zipfile.ZipFile(io.BytesIO(a_docx())) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    document = parts["word/document.xml"].decode()  # type: ignore[union-attr]
    head, _, rest = document.partition("?>")
    parts["word/document.xml"] = f"{head}?>{entities}{rest}".replace("新增贷款", "&l9;&f;新增贷款")
    file = tmp_path / "a.docx"
    file.write_bytes(zipped(parts))
    try:
        text = load(file).text
    except ReadingError:
        return
    assert "哈" not in text
    assert len(text) < 200


W_P = "<w:p><w:pPr>{}</w:pPr><w:r><w:t>1.新建公园3个。</w:t></w:r></w:p>"
NUMBERED = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'


@pytest.mark.parametrize(
    "odd",
    [
        W_P.format('<w:outlineLvl w:val="甲"/>'),
        W_P.format(f'<w:outlineLvl w:val="{"9" * 5_000}"/>'),
        W_P.format('<w:pStyle w:val="heading²"/>'),
        W_P.format(NUMBERED.format("²")),
        W_P.format(NUMBERED.format("9" * 5_000)),
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="甲"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>',
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>',
    ],
)
def test_numbers_of_a_word_file_that_are_none(tmp_path: Path, odd: str) -> None:
    document = docx.Document()
    document.add_paragraph("2.改造小区20个。")
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + odd.encode())
    file = tmp_path / "清单.docx"
    file.write_bytes(zipped(parts))
    assert "改造小区20个" in read(file).text


def test_a_list_of_a_thousand_is_numbered_in_digits() -> None:
    assert [_printed(n, "chineseCounting") for n in (0, 21, 999, 1_000)] == ["零", "二十一", "九百九十九", "1000"]


def test_a_device_that_never_ends_is_refused() -> None:
    with pytest.raises(TooLargeError):
        _bytes_of(Path("/dev/zero"))


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_password_is_told(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"清单.{ending}"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(BrokenDocumentError, match="密码"):
        read(file)


def test_ofd_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.reading.formats.ofd.find_spec", lambda _: None)
    with pytest.raises(MissingSupportError, match="pip install lxml"):
        load_ofd(ofd([Sheet()]), "清单.ofd")
