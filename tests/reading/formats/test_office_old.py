"""Old Word files by way of LibreOffice, and what is said where it is not installed."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from duixian.reading import BrokenDocumentError, MissingSupportError
from tests.reading.formats.reading import lines, opened, rows

DOC_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le") + b"\x00" * 600


@pytest.mark.office
def test_old_files_are_read_like_the_new_one_they_were_made_from(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、市发改委（1项）")
    document.add_paragraph("1.新增贷款400亿元以上。")
    table = document.add_table(2, 2, style="Table Grid")
    for i, text in enumerate(["序号", "任务", "2", "修渠8公里"]):
        table.cell(i // 2, i % 2).text = text
    document.add_paragraph("（此件公开发布）")
    document.save(str(tmp_path / "源.docx"))
    for kind in ("doc", "rtf", "odt"):
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", tmp_path, tmp_path / "源.docx"]
        subprocess.run(command, check=True, capture_output=True)
    shutil.copy(tmp_path / "源.doc", tmp_path / "源.wps")
    for kind in ("doc", "wps", "rtf", "odt"):
        source = opened(tmp_path, f"读.{kind}", (tmp_path / f"源.{kind}").read_bytes())
        assert lines(source) == ["一、市发改委（1项）", "1.新增贷款400亿元以上。", "（此件公开发布）"]
        assert rows(source.tables[0]) == [["序号", "任务"], ["2", "修渠8公里"]]


@pytest.mark.office
def test_a_damaged_old_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenDocumentError, match=r"残\.doc"):
        opened(tmp_path, "残.doc", DOC_START)


def test_without_libreoffice_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingSupportError, match=r"LibreOffice:旧\.doc.*另存为 \.docx"):
        opened(tmp_path, "旧.doc", DOC_START)
