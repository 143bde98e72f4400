"""`duixian lint` as a person and as a program sees it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duixian.cli import main

TEXT = "2026年重点任务清单\n1.推进城市更新。(牵头单位:市甲局)\n2.新建公园3座。(牵头单位:市乙局)\n"


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "清单.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_json_is_a_list_of_findings(document: str) -> None:
    result = CliRunner().invoke(main, ["lint", document, "--json"])
    assert result.exit_code == 0
    (finding,) = json.loads(result.stdout)
    assert list(finding) == ["code", "task", "text", "span", "message", "proposal"]
    assert TEXT[slice(*finding["span"])] == finding["text"] == "推进城市更新"


def test_lines_for_a_person(document: str) -> None:
    shown = CliRunner().invoke(main, ["lint", document]).stdout
    assert "没有可核对的结果（1处）" in shown
    assert "第1项  推进城市更新" in shown
    assert "建议：" in shown


def test_nothing_to_mend_is_said(tmp_path: Path) -> None:
    path = tmp_path / "清单.txt"
    path.write_text("2026年重点任务清单\n一、市甲局牵头工作\n1.新建公园3座。\n2.新建广场2个。\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["lint", str(path)])
    assert (result.exit_code, "没有要改的" in result.stdout) == (0, True)
    assert json.loads(CliRunner().invoke(main, ["lint", str(path), "--json"]).stdout) == []


def test_standard_input() -> None:
    assert "第1项" in CliRunner().invoke(main, ["lint", "-"], input=TEXT).stdout


def test_a_document_that_cannot_be_read_is_one_line_and_status_two(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["lint", str(tmp_path / "没有.txt")])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
