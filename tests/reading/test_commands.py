"""`duixian read` and `duixian text`."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duixian.cli_reading import read, text
from duixian.reading.showing.tables import neutralised
from tests.reading.documents import LIST


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "清单.txt"
    file.write_text(LIST, "utf-8")
    return file


def test_json_is_one_object_a_line(document: Path) -> None:
    done = CliRunner().invoke(read, [str(document), str(document), "--json"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert len(json.loads(lines[0])["tasks"]) == 5


def test_text_is_printed_exactly(document: Path) -> None:
    done = CliRunner().invoke(text, [str(document)])
    assert done.stdout == LIST


def test_standard_input(document: Path) -> None:
    done = CliRunner().invoke(read, ["-", "--json"], input=document.read_bytes())
    assert len(json.loads(done.stdout)["tasks"]) == 5


def test_a_stream_without_end_is_refused(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.reading.formats.MAX_BYTES", 100)
    done = CliRunner().invoke(read, ["-", "--json"], input=document.read_bytes())
    assert done.exit_code == 2
    assert "标准输入" in done.stderr
    assert "过大" in done.stderr


def test_csv_has_a_row_per_task(document: Path) -> None:
    done = CliRunner().invoke(read, [str(document), "--csv"])
    rows = list(csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert len(rows) == 6
    assert rows[2][3:6] == ["北岭水库上半年开工。", "市发改委", "市水利局、各县（市、区）政府"]


def test_a_person_reads_lines(document: Path) -> None:
    done = CliRunner().invoke(read, [str(document)])
    assert "地区生产总值 增 ~ 6%" in done.stdout


@pytest.mark.parametrize("arguments", [["没有.txt"], ["没有.txt", "--json"]])
def test_bad_input_is_one_line_and_status_2(arguments: list[str]) -> None:
    done = CliRunner().invoke(read, arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_nothing_is_printed_when_one_of_several_fails(document: Path) -> None:
    done = CliRunner().invoke(read, [str(document), "没有.txt", "--json"])
    assert (done.exit_code, done.stdout) == (2, "")


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2", "@SUM", "\t=1", "＝1", " =1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert neutralised(cell).startswith("'")


def test_other_cells_stay() -> None:
    assert neutralised("新建公园6处") == "新建公园6处"
