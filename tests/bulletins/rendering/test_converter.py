"""What people are told when LibreOffice is missing, hangs or fails; and that nothing half-made is left."""

import os
import time
from pathlib import Path

import pytest

from duixian.bulletins.rendering import ConversionFailedError, ConversionTimeoutError, ConverterMissingError, to_pdf
from duixian.bulletins.rendering.fontconfig import write_fontconfig


def pretend(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """A stand-in for LibreOffice, alone on the path with the shell's own tools."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")


def test_missing_converter_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConverterMissingError, match=r"未安装LibreOffice.*另存为PDF"):
        to_pdf(b"", tmp_path / "out.pdf")


def test_hanging_converter_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, tmp_path, f"sleep 60 & echo $! > {tmp_path}/worker; wait")
    with pytest.raises(ConversionTimeoutError, match="超过1秒"):
        to_pdf(b"", tmp_path / "out.pdf", timeout=1)
    worker = int((tmp_path / "worker").read_text())
    time.sleep(0.2)
    status = Path(f"/proc/{worker}/stat")
    assert not status.exists() or status.read_text().split()[2] == "Z"


def test_failing_converter_keeps_the_old_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, tmp_path, "echo no such filter; exit 1")
    out = tmp_path / "out.pdf"
    out.write_bytes(b"earlier")
    with pytest.raises(ConversionFailedError, match="no such filter"):
        to_pdf(b"", out)
    assert out.read_bytes() == b"earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.pdf", "soffice"]


def test_substitutes_are_told_for_every_official_face(tmp_path: Path) -> None:
    rules = write_fontconfig(tmp_path).read_text(encoding="utf-8")
    for name in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"):
        assert f"<string>{name}</string></test>" in rules
    assert rules.count("<const>bold</const>") == 1
