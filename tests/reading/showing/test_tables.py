"""Tables for a spreadsheet: complete, figures as numbers, and never a formula."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.workbook import Workbook

from duixian.cli_reading import read as command
from duixian.reading import read_text
from duixian.reading.showing.tables import TASK_COLUMNS, as_csv, as_xlsx
from tests.reading.documents import LIST

FORMULA = "=HYPERLINK(1)"


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(book: Workbook) -> Iterator[object]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from row


def test_a_workbook_holds_tasks_amounts_outcomes_and_warnings() -> None:
    book = opened(as_xlsx([read_text(LIST.replace("共计5项", "共计6项"), name="清单.txt")]))
    assert book.sheetnames == ["任务", "量化目标", "事项", "提示"]
    tasks, amounts, warnings = book["任务"], book["量化目标"], book["提示"]
    assert [cell.value for cell in tasks[1]] == list(TASK_COLUMNS)
    assert tasks.max_row == 6
    assert tasks["B3"].value == 2
    assert [cell.value for cell in amounts[2]][4:7] == ["地区生产总值", "左右", 6]
    assert "共 6 项" in warnings["C2"].value


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = f"{start}1+1清单\n1.{start}cmd新建公园3座。(牵头单位:{start}市甲局)\n2.{start}A1(牵头单位:市甲局)\n"
    reading = read_text(text, year=2026, name=FORMULA)
    book = opened(as_xlsx([reading]))
    assert {cell.data_type for cell in cells(book)} <= {"s", "inlineStr", "n", "d"}  # type: ignore[attr-defined]
    for row in csv.reader(io.StringIO(as_csv([reading]))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_what_a_workbook_cannot_hold_is_replaced() -> None:
    reading = read_text("清单\n1.新建\x0b公园\x013座" + "很长" * 20_000 + "。(牵头单位:市甲局)\n", year=2026)
    assert "\ufffd" in str(opened(as_xlsx([reading]))["任务"]["D2"].value)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "清单.txt"
    file.write_text(LIST, "utf-8")
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_files_are_written_and_nothing_is_printed(document: Path, tmp_path: Path) -> None:
    out = {kind: tmp_path / f"出.{kind}" for kind in ("csv", "xlsx", "html")}
    done = run(document, "--csv", out["csv"], "--xlsx", out["xlsx"], "--html", out["html"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert out["csv"].read_text("utf-8-sig").count("\n") == 6
    assert opened(out["xlsx"].read_bytes()).sheetnames[0] == "任务"
    assert out["html"].read_text("utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["出.csv", "出.html", "出.xlsx", "清单.txt"]


def test_csv_without_a_file_is_printed_wherever_it_stands(document: Path) -> None:
    assert run(document, "--csv").stdout == run("--csv", document).stdout
    assert run(document, "--csv").stdout.startswith("\ufeff文件,编号")


def test_json_may_be_printed_beside_a_page(document: Path, tmp_path: Path) -> None:
    done = run(document, "--json", "--html", tmp_path / "页.html")
    assert done.stdout.startswith('{"document"')
    assert (tmp_path / "页.html").exists()


@pytest.mark.parametrize("option", ["--csv", "--xlsx", "--html"])
def test_what_is_read_is_never_overwritten(tmp_path: Path, option: str) -> None:
    file = tmp_path / "清单.csv"
    file.write_text("序号,任务,牵头单位\n1,新建公园3座,市甲局\n2,新建广场2个,市乙局\n", "utf-8")
    before = file.read_bytes()
    done = run(file, option, file)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert file.read_bytes() == before


def test_nothing_is_written_when_a_document_cannot_be_read(document: Path, tmp_path: Path) -> None:
    done = run(document, tmp_path / "没有.txt", "--xlsx", tmp_path / "出.xlsx")
    assert done.exit_code == 2
    assert not (tmp_path / "出.xlsx").exists()


@pytest.mark.parametrize("target", ["没有这个文件夹/出.html", "."])
def test_a_place_that_cannot_be_written_is_one_line(document: Path, tmp_path: Path, target: str) -> None:
    done = run(document, "--html", tmp_path / target)
    assert done.exit_code == 2
    assert done.stdout == ""


def test_one_page_shows_one_document(document: Path, tmp_path: Path) -> None:
    done = run(document, document, "--html", tmp_path / "页.html")
    assert done.exit_code == 2
    assert "一次只写一份" in done.stderr


def test_a_command_without_documents_says_so() -> None:
    done = run()
    assert done.exit_code == 2
    assert "没有指明要读的文件" in done.stderr


def test_explain_names_rules(document: Path) -> None:
    assert "amount.noun-before：名词在数前面" in run(document, "--explain").stdout
