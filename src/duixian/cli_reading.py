"""`duixian read` and `duixian text`: the reader on the command line, without a database, a network or Django."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from duixian import reading as reader
from duixian.reading import Quantity, Reading, ReadingError, ReadTask

#: What the caller did wrong, against what went wrong here.
BAD_INPUT = 2

#: A cell that begins with one of these is run as a formula by a spreadsheet; a quote before it makes it words.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

_COLUMNS = (
    "文件",
    "编号",
    "章节",
    "任务",
    "牵头单位",
    "配合单位",
    "包联领导",
    "量化目标",
    "时限",
    "事项与阶段",
    "待核",
)


@click.command("read")
@click.argument("documents", nargs=-1, required=True, metavar="DOC...")
@click.option("--json", "form", flag_value="json", help="一份一行 JSON。One JSON object per document, one per line.")
@click.option("--csv", "form", flag_value="csv", help="每项任务一行的表格。One row per task.")
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    help="文件未写明时采用的计划年度。Used only where the document does not say.",
)
def read(documents: tuple[str, ...], form: str | None, year: int | None) -> None:
    """Read planning documents and print what they commit to. DOC may be - for text on standard input.

    \b
    Example:
      duixian read 任务清单.txt --json > 清单.json
      duixian read 清单.docx --csv > 清单.csv
    """
    readings = [read_document(document, year) for document in documents]
    if form == "csv":
        sys.stdout.write("\ufeff" + as_csv(readings))
    elif form == "json":
        for reading in readings:
            click.echo(json.dumps(reading.to_dict(), ensure_ascii=False))
    else:
        for reading in readings:
            click.echo(as_lines(reading))


@click.command("text")
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
    from duixian.reading.formats.plain import decode

    return decode(sys.stdin.buffer.read(), "标准输入")


def _refuse(error: ReadingError) -> NoReturn:
    click.echo(f"错误:{error}".replace("\n", " "), err=True)
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


def as_csv(readings: list[Reading]) -> str:
    """All tasks of some readings as one table, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for reading in readings:
        for task in reading.tasks:
            writer.writerow([neutralised(cell) for cell in _row(reading, task)])
    return out.getvalue()


def _row(reading: Reading, task: ReadTask) -> list[str]:
    return [
        reading.document.source or "",
        str(task.number),
        task.section or "",
        task.text,
        "、".join(task.leads),
        "、".join(task.cooperating),
        "、".join(task.sponsors),
        ";".join(quantity_in_words(q) for q in task.quantities),
        ";".join(f"{d.date.isoformat()} {d.action}" for d in task.deadlines),
        ";".join(f"{o.object}:{o.stage.value}" for o in task.outcomes),
        ";".join(note.why for note in task.review),
    ]


def neutralised(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.lstrip(" ").startswith(_FORMULA) else cell


@click.group()
def group() -> None:
    """The reader by itself: python -m duixian.cli_reading read DOC."""


group.add_command(read)
group.add_command(text)

if __name__ == "__main__":
    group()
