"""`duixian read` and `duixian text`: the reader on the command line, without a database, a network or Django."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from duixian import reading as reader
from duixian.cli_files import write_whole
from duixian.reading import Quantity, Reading, ReadingError

#: What the caller did wrong, against what went wrong here.
BAD_INPUT = 2


@click.command("read", short_help="读一份文件，列出它承诺了什么。")
@click.argument("documents", nargs=-1, metavar="DOC...")
@click.option("--json", "as_json", is_flag=True, help="一份一行 JSON。One JSON object per document, one per line.")
@click.option(
    "--csv",
    "csv_file",
    metavar="[FILE]",
    is_flag=False,
    flag_value="-",
    help="每项任务一行的表格，不给文件名则打印。One row per task; printed without FILE.",
)
@click.option(
    "--xlsx",
    "xlsx_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写成工作簿：任务、量化目标、事项、提示。A workbook.",
)
@click.option(
    "--html",
    "html_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写成一个网页：原文与读出并排。One page: the original beside the reading.",
)
@click.option("--explain", "explained", is_flag=True, help="逐个字段说明依据的规则。Names the rule behind each field.")
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    help="文件未写明时采用的计划年度。Used only where the document does not say.",
)
def read(
    documents: tuple[str, ...],
    as_json: bool,
    csv_file: str | None,
    xlsx_file: Path | None,
    html_file: Path | None,
    explained: bool,
    year: int | None,
) -> None:
    """Read planning documents and print what they commit to. DOC may be - for text on standard input.

    \b
    Example:
      duixian read 任务清单.txt --json > 清单.json
      duixian read 清单.docx --xlsx 清单.xlsx
      duixian read 清单.pdf --html 核对.html
      duixian read 清单.txt --explain
    """
    documents, csv_file = _documents(documents, csv_file)
    if html_file and len(documents) != 1:
        _fail("--html 一次只写一份文件。请对每份文件分别运行。")
    outputs = [Path(csv_file)] if csv_file not in (None, "-") else []
    outputs += [path for path in (xlsx_file, html_file) if path]
    _spare(documents, outputs)
    readings = [read_document(document, year) for document in documents]
    _write_files(readings, None if csv_file == "-" else csv_file, xlsx_file, html_file)
    if csv_file == "-":
        sys.stdout.write("\ufeff" + as_csv(readings))
    elif as_json:
        for reading in readings:
            click.echo(json.dumps(reading.to_dict(), ensure_ascii=False))
    elif explained:
        from duixian.reading.showing.explain import as_lines as as_explained

        click.echo("\n\n".join(as_explained(reading) for reading in readings))
    elif not outputs:
        for reading in readings:
            click.echo(as_lines(reading))


def _documents(documents: tuple[str, ...], csv_file: str | None) -> tuple[tuple[str, ...], str | None]:
    """--csv may stand before the documents without a file of its own: what does not end in .csv is a document."""
    if csv_file is not None and csv_file != "-" and not (documents and csv_file.lower().endswith(".csv")):
        documents, csv_file = (csv_file, *documents), "-"
    if not documents:
        _fail("没有指明要读的文件。例：duixian read 任务清单.docx")
    return documents, csv_file


def _spare(documents: tuple[str, ...], outputs: list[Path]) -> None:
    """Never write over what is to be read."""
    for path in outputs:
        if any(document != "-" and Path(document).resolve() == path.resolve() for document in documents):
            _fail(f"{path} 是要读的文件，不会覆盖它。请换一个输出文件名。")


def _write_files(readings: list[Reading], csv_file: str | None, xlsx_file: Path | None, html_file: Path | None) -> None:
    """All files are made before the first is written, and each is written whole."""
    made: list[tuple[Path, bytes]] = []
    try:
        if csv_file:
            made.append((Path(csv_file), ("\ufeff" + as_csv(readings)).encode()))
        if xlsx_file:
            from duixian.reading.showing.tables import as_xlsx

            made.append((xlsx_file, as_xlsx(readings)))
    except ReadingError as error:
        _refuse(error)
    if html_file:
        from duixian.reading.showing.html import as_html

        made.append((html_file, as_html(readings[0]).encode("utf-8", "replace")))
    for path, content in made:
        try:
            write_whole(path, content)
        except OSError as error:
            _fail(f"写不了 {path}：{error.strerror}。请换一个能写的位置。")


def as_csv(readings: list[Reading]) -> str:
    """All tasks of some readings as one table, safe to open in a spreadsheet."""
    from duixian.reading.showing.tables import as_csv as table

    return table(readings)


@click.command("text", short_help="打印文件的文字，与位置的数法一致。")
@click.argument("document", metavar="DOC")
def text(document: str) -> None:
    """Print a document's text exactly as spans count it.

    \b
    Example:
      duixian text 任务清单.docx | head
    """
    sys.stdout.write(_read_source(document))


def read_document(document: str, year: int | None) -> Reading:
    """Read a file, or standard input for -; on a document that cannot be read, say so in one line and exit 2."""
    try:
        return (
            reader.read_text(_standard_input(), year=year, name="标准输入")
            if document == "-"
            else reader.read(Path(document), year=year)
        )
    except ReadingError as error:
        _refuse(error)


def _read_source(document: str) -> str:
    from duixian.reading.formats import load
    from duixian.reading.formats.plain import source_of

    try:
        return source_of(_standard_input(), None).text if document == "-" else load(Path(document)).text
    except ReadingError as error:
        _refuse(error)


def _standard_input() -> str:
    from duixian.reading.formats import MAX_BYTES, too_large
    from duixian.reading.formats.plain import decode

    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large("标准输入")
    return decode(data, "标准输入")


def _refuse(error: ReadingError) -> NoReturn:
    _fail(str(error))


def _fail(message: str) -> NoReturn:
    click.echo(f"错误:{message}".replace("\n", " "), err=True)
    raise SystemExit(BAD_INPUT)


def as_lines(reading: Reading) -> str:
    """A reading for a person at a terminal: warnings first, then every commitment with its figures and limits."""
    lines = [reading.document.title or reading.document.source or ""]
    lines += [f"! {warning.message}" for warning in reading.warnings]
    for task in reading.tasks:
        who = "、".join(task.leads)
        lines.append(f"{task.number}. {task.text}" + (f" [{who}]" if who else ""))
        lines += [f"   · {quantity_in_words(q)}" for q in task.quantities]
        lines += [f"   · {d.date.isoformat()}前 {d.action}" for d in task.deadlines]
    return "\n".join(lines)


def quantity_in_words(q: Quantity) -> str:
    """An amount in one line: 新增贷款 >= 400亿元."""
    value = f"{q.value.normalize():f}" + (f"—{q.value_max.normalize():f}" if q.value_max is not None else "")
    sign = {"range": "", "=": "= "}.get(q.comparator.value, q.comparator.value + " ")
    moved = {"up": "增 ", "down": "降 "}.get(q.direction or "", "")
    return f"{q.indicator} {moved}{sign}{value}{q.unit}"


@click.group()
def group() -> None:
    """The reader by itself: python -m duixian.cli_reading read DOC."""


group.add_command(read)
group.add_command(text)

if __name__ == "__main__":
    group()
