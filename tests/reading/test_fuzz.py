"""Documents that nobody wrote: each ends in a reading or in one clear line, soon and within little memory.

Mutated documents of every kind that can be built here; `make soak` runs 10,000 of them. What is built to do harm (zip
and XML bombs, endless nesting, one line of a thousand figures) is read by a process of its own, its memory measured.
"""

import csv
import io
import json
import resource
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.reading import Reading, ReadingError, read, read_text
from duixian.reading.lint import lint
from duixian.reading.showing.explain import as_lines
from duixian.reading.showing.html import as_html
from tests.reading.documents import LIST

LONGEST_SECONDS = 30
MOST_MEGABYTES = 1_000
#: A quarter of the profile's examples for each of four kinds: together its number (10,000 in a soak).
EXAMPLES = max(25, settings.default.max_examples // 4) if settings.default else 25

_FIELD = """
一、 1. （一） ① ## 新增 贷款 400 亿元 以上 6% 上半年 开工 （责任单位：市甲局） 市甲局牵头工作（2项） 。 ， 、 分别 均 由 提高到 每个县区
“ ” （ ） 百分之 2026年 10月底前 等 个 高于 同步 全覆盖 ≥ 至 — 附件 机密 | ---
"""
#: The field's own words, and characters that files should not hold.
WORDS = (*_FIELD.split(), "\n", "\t", "\x0c", "\ufeff")


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail instead of hanging."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def ends_well(work: Callable[[], Reading]) -> None:
    """A reading whose spans are inside its text and that can be shown in every way, or one line for people."""
    with within(LONGEST_SECONDS):
        try:
            reading = work()
        except ReadingError as error:
            message = str(error)
            assert message, "an error without a word"
            assert "\n" not in message
            return
        json.dumps(reading.to_dict(), allow_nan=False)
        for task in (*reading.tasks, *reading.results):
            parts = (*task.quantities, *task.deadlines, *task.relations, *task.outcomes, *task.projects)
            for span in (task.span, *(part.span for part in parts)):
                assert 0 <= span.start <= span.end <= len(reading.text)
        for finding in lint(reading):
            assert finding.span is None or 0 <= finding.span[0] <= finding.span[1] <= len(reading.text)
        as_html(reading)
        as_lines(reading)


# --- mutations ------------------------------------------------------------------------------------

Edit = tuple[str, float, float, int]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "double", "move", "put", "swap"]),
        st.floats(0, 1),
        st.floats(0, 0.2),
        st.integers(0, len(WORDS) * 50),
    ),
    min_size=1,
    max_size=12,
)


def mutated(text: str, edits: list[Edit]) -> str:
    """The text after some cuts, doublings, moves and insertions of the field's own words."""
    for kind, place, share, number in edits:
        at = int(place * len(text))
        end = min(len(text), at + 1 + int(share * len(text)))
        part = text[at:end]
        word = WORDS[number % len(WORDS)] * (1 + number // len(WORDS))
        rest = text[end:]
        text = {
            "cut": text[:at] + rest,
            "double": text[:end] + part + rest,
            "move": part + text[:at] + rest,
            "put": text[:at] + word + text[at:],
            "swap": text[:at] + word + rest,
        }[kind][:60_000]
    return text


def mutated_bytes(data: bytes, edits: list[Edit]) -> bytes:
    """The same for bytes; every word stands for its own bytes."""
    return mutated(data.decode("latin-1"), edits).encode("latin-1", "ignore")


@cache
def as_html_page() -> str:
    """The list as a web page with a table in it."""
    rows = "".join(f"<tr><td>{i}</td><td>{escape(line)}</td></tr>" for i, line in enumerate(LIST.splitlines()))
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in LIST.splitlines())
    return f"<html><head><title>清单</title></head><body><div>{paragraphs}</div><table>{rows}</table></body></html>"


@cache
def as_docx() -> bytes:
    """The list as a Word document with a table."""
    document = docx.Document()
    for line in LIST.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=4, cols=4)
    titles = ("序号", "工作任务", "责任单位", "完成时限")
    rows = [(str(i), "新建公园3座。", "市甲局", "6月底") for i in (1, 2, 3)]
    for row, words in enumerate((titles, *rows)):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def as_sheet() -> bytes:
    """A list as a workbook."""
    book = openpyxl.Workbook()
    book.active.append(["序号", "工作任务", "责任单位", "完成时限"])
    for i in range(1, 6):
        book.active.append([i, f"新增贷款{i}亿元以上，上半年开工。", "市甲局", "6月底前"])
    book.active.merge_cells("C2:C4")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(archive: bytes, part: str, edits: list[Edit]) -> bytes:
    """An office document with one of its XML parts mutated inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                content = mutated(content.decode(), edits).encode("utf-8", "replace")
            made.writestr(name, content)
    return out.getvalue()


def read_bytes(data: bytes, ending: str) -> Reading:
    """Read these bytes from a file with this ending."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"文件{ending}"
        file.write_bytes(data)
        return read(file, year=2026)


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


# --- built to do harm -----------------------------------------------------------------------------


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
