"""Documents built to do harm (zip and XML bombs, endless nesting, one line of a thousand figures): each is read by a
process of its own, which ends in a reading or in one clear line, soon and within little memory."""

import io
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from duixian.reading import ReadingError, read, read_text
from tests.reading.fuzzing import LONGEST_SECONDS, as_docx, read_bytes

MOST_MEGABYTES = 1_000


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def streamed(name: str, begin: bytes, block: bytes, blocks: int) -> bytes:
    """A Word document with a part that unpacks to begin + block * blocks."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for other in source.namelist():
            if other != name:
                made.writestr(other, source.read(other))
        with made.open(name, "w") as part:
            part.write(begin)
            for _ in range(blocks):
                part.write(block)
    return out.getvalue()


def zip_bomb() -> bytes:
    """Half a megabyte that unpacks to half a gigabyte, in a part that no reading needs."""
    return streamed("word/bomb.xml", b"<?xml version='1.0'?><a>", b" " * 8_000_000, 64)


def big_document_part() -> bytes:
    """The document itself unpacks to half a gigabyte."""
    with zipfile.ZipFile(io.BytesIO(as_docx())) as source:
        begin = source.read("word/document.xml").split(b"<w:body>")[0]
    return streamed("word/document.xml", begin + b"<w:body>", b"<w:p/>" * 1_000_000, 80)


def xml_bomb() -> bytes:
    """Entities that grow tenfold nine times over."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    body = f'<!DOCTYPE w [<!ENTITY e0 "哈哈哈哈哈哈哈哈哈哈">{entities}]>'
    with zipfile.ZipFile(io.BytesIO(as_docx())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    document = parts["word/document.xml"].decode()
    head, rest = document.split("?>", 1)
    parts["word/document.xml"] = f"{head}?>{body}{rest.replace('青禾市', '&e9;', 1)}".encode()
    return archive(parts)


def outside_entity() -> bytes:
    """An entity that names a file of the machine."""
    with zipfile.ZipFile(io.BytesIO(as_docx())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    head, rest = parts["word/document.xml"].decode().split("?>", 1)
    made = f'{head}?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>{rest.replace("青禾市", "&x;", 1)}'
    return archive({**parts, "word/document.xml": made.encode()})


def nested_lists(depth: int = 1_000) -> bytes:
    inside = "".join(f"<ul><li>{i}.新增公园{i}个" for i in range(1, depth + 1))
    return f"<html><body>{inside}{'</li></ul>' * depth}</body></html>".encode()


def nested_tables(depth: int = 1_000) -> bytes:
    return ("<table><tr><td>1.新增公园3个" * depth + "</td></tr></table>" * depth).encode()


def nested_docx_tables(depth: int = 400) -> bytes:
    with zipfile.ZipFile(io.BytesIO(as_docx())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    opened = b"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>1.</w:t></w:r></w:p>"
    closed = b"<w:p/></w:tc></w:tr></w:tbl>"
    document = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + opened * depth + closed * depth, 1)
    return archive({**parts, "word/document.xml": document})


def wide_spans() -> bytes:
    return (
        "<table><tr><td rowspan=65534 colspan=1000>序号</td><td>工作任务</td></tr><tr><td>1</td></tr></table>".encode()
    )


def far_cell() -> bytes:
    """A sheet whose only cells are in its first and its last row and column."""
    book = openpyxl.Workbook()
    book.active["A1"] = "序号"
    book.active.cell(1_048_576, 16_384, "1.新增公园3个")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def long_sheet() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["序号", "工作任务", "责任单位", "完成时限"])
    for i in range(1, 5_001):
        sheet.append([i, f"新增贷款{i}亿元以上，建设公园{i}座，推进产业园建设。", "市甲局、市乙局", "6月底前"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def macro_docx() -> bytes:
    """Macros and a link outside: neither is touched."""
    with zipfile.ZipFile(io.BytesIO(as_docx())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    target = b'Target="http://192.0.2.1/t.dotm" TargetMode="External"/>'
    link = b'<Relationship Id="rId99" Type="http://x/attachedTemplate" ' + target
    rels = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", link + b"</Relationships>")
    return archive({**parts, "word/_rels/document.xml.rels": rels, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 500})


def pdf(stream: bytes = b"BT /F1 12 Tf 72 700 Td (1. x) Tj ET") -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%sendobj\n" % (i, o) for i, o in enumerate(objects, 1))
    return body + b"trailer<</Size 5/Root 1 0 R>>\n%%EOF"


HARM: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": (".docx", zip_bomb),
    "a part of half a gigabyte": (".docx", big_document_part),
    "XML bomb": (".docx", xml_bomb),
    "an entity of the machine": (".docx", outside_entity),
    "1,000 nested lists": (".html", nested_lists),
    "nested tables": (".html", nested_tables),
    "nested tables of Word": (".docx", nested_docx_tables),
    "spans wider than any page": (".html", wide_spans),
    "a cell far away": (".xlsx", far_cell),
    "macros and a link": (".docx", macro_docx),
    "half a PDF": (".pdf", lambda: pdf()[:200]),
    "a PDF of nothing": (".pdf", lambda: pdf(b"")),
    "a PDF that refers to itself": (".pdf", lambda: pdf().replace(b"/Parent 2 0 R", b"/Parent 3 0 R")),
    "one line of figures": (".txt", lambda: ("1." + "新增3个、" * 20_000).encode()),
    "clauses without an end": (".txt", lambda: ("今年新增贷款3亿元，" * 8_000).encode()),
    "brackets that never close": (".txt", lambda: ("1." + "（“(" * 50_000).encode()),
    "indented ever deeper": (
        ".md",
        lambda: "\n".join(f"{'  ' * i}- ({i})新增公园{i}个" for i in range(1_000)).encode(),
    ),
    "nothing but numerals": (".txt", lambda: ("一二三四五六七八九十" * 14_000).encode()),
    "nothing but digits": (".txt", lambda: b"9" * 140_000),
    "ten thousand figures in one item": (
        ".txt",
        lambda: ("1." + "、".join(f"新增贷款{i}亿元" for i in range(10_000))).encode(),
    ),
    "a limit before each work": (
        ".txt",
        lambda: ("1." + "，".join(f"{i % 12 + 1}月底前建成公园" for i in range(10_000))).encode(),
    ),
    "a table without an end to the right": (
        ".html",
        lambda: ("<table><tr>" + "<td colspan=1000>新增贷款3亿元</td>" * 300 + "</tr></table>").encode(),
    ),
    "nothing but empty lines": (".txt", lambda: ("\n" * 200_000 + "1.新增公园3个").encode()),
    "nothing but commas": (".txt", lambda: ("1.投资" + "1," * 40_000 + "亿元").encode()),
    "one number for all": (".txt", lambda: ("1.新增公园3个，改造小区20个\n" * 3_000).encode()),
    "numerals": (".txt", lambda: ("1.新增" + "一" * 20_000 + "个，" + "1," * 20_000 + "9" * 20_000 + "个").encode()),
}

_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from duixian.reading import ReadingError, read
try:
    print(len(read(sys.argv[1], year=2026).tasks), "tasks", file=sys.stderr)
except ReadingError as error:
    print("refused:", error, file=sys.stderr)
# unlike ru_maxrss this begins anew with the program
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def children_seconds() -> float:
    """Processor time of all processes started here and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", HARM)
def test_what_is_built_to_do_harm(name: str, tmp_path: Path) -> None:
    ending, build = HARM[name]
    file = tmp_path / f"文件{ending}"
    file.write_bytes(build())
    before = children_seconds()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(file)],
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS * 10,
        check=False,
    )
    used = children_seconds() - before
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(done.stderr.splitlines()) == 1, done.stderr
    # a machine shared with other tests is no hang: what counts is the work done
    assert used < LONGEST_SECONDS
    assert int(done.stdout) / 1024 < MOST_MEGABYTES


def test_the_machine_s_files_stay_unread(tmp_path: Path) -> None:
    file = tmp_path / "文件.docx"
    file.write_bytes(outside_entity())
    with suppress(ReadingError):
        assert "root:" not in read(file, year=2026).text


def test_every_row_of_a_long_sheet_is_read() -> None:
    assert len(read_bytes(long_sheet(), ".xlsx").tasks) == 5_000


def test_an_overlong_passage_keeps_every_figure_in_its_place() -> None:
    figures = "".join(f"新增公园{i}个，" for i in range(1, 1_001))
    text = f"1.{figures}完成。（牵头单位：市甲局；完成时限：6月底）\n2.新建学校1所。\n"
    reading = read_text(text, year=2026)
    task = reading.tasks[0]
    assert [int(q.value) for q in task.quantities] == list(range(1, 1_001))
    assert all(reading.text[q.span.start : q.span.end] == q.text for q in task.quantities)
    assert [d.text for d in task.deadlines] == ["6月底"]


def test_numbers_may_run_beyond_a_thousand() -> None:
    text = "\n".join(f"{i}.新增公园{i}个。（牵头单位：市甲局）" for i in range(1, 1_201))
    assert [task.number for task in read_text(text, year=2026).tasks][-1] == 1_200
