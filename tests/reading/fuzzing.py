"""What the tests of hostile documents share: sound documents of every kind, and how to spoil them."""

import io
import json
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import docx
import openpyxl
from hypothesis import strategies as st

from duixian.reading import Reading, ReadingError, read
from duixian.reading.lint import lint
from duixian.reading.showing.explain import as_lines
from duixian.reading.showing.html import as_html
from tests.reading.documents import LIST

LONGEST_SECONDS = 30
_FIELD = """
一、 1. （一） ① ## 新增 贷款 400 亿元 以上 6% 上半年 开工 （责任单位：市甲局） 市甲局牵头工作（2项）
。 ， 、 分别 均 由 提高到 每个县区 “ ” （ ） 百分之 2026年 10月底前 等 个 高于 同步 全覆盖 ≥ 至 — 附件 机密 | ---
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
