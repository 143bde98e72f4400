"""The program's face: every refusal is one line in Chinese, with the exit status the caller can act upon."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from duixian.cli import main
from duixian.cli_errors import BadInput, installation_in, why

USAGE = [
    (["bulletin"], "缺少参数QUARTER"),
    (["bulletin", "2026Q2"], "缺少选项--out"),
    (["serve", "--port", "abc"], "选项--port不对：应是1至65535的整数"),
    (["serve", "--nope"], "没有选项--nope"),
    (["nope"], "没有命令nope"),
    (["audit", "nope"], "没有命令nope"),
]


@pytest.mark.parametrize(("arguments", "words"), USAGE, ids=[" ".join(a) for a, _ in USAGE])
def test_a_slip_in_the_command_is_one_line(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(words)
    assert result.stderr.rstrip().endswith("--help")
    assert result.stderr.count("\n") == 1


def test_help_is_in_chinese_throughout() -> None:
    lines = CliRunner().invoke(main, ["--help"]).stdout.split("Commands:")[1].strip().splitlines()
    assert len(lines) >= 8
    assert all(any("一" <= sign <= "龥" for sign in line) for line in lines), lines


def test_a_demonstration_is_found_inside_the_folder_it_was_built_in(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="不是兑现的安装目录"):
        installation_in(tmp_path)
    for name in ("demo-sample", "demo-1234abcd"):
        (tmp_path / name).mkdir()
    (tmp_path / "demo-sample" / "secret_key").touch()
    assert installation_in(tmp_path) == tmp_path / "demo-sample"
    (tmp_path / "demo-1234abcd" / "secret_key").touch()
    with pytest.raises(BadInput, match="2个示例"):
        installation_in(tmp_path)
    (tmp_path / "secret_key").touch()
    assert installation_in(tmp_path) == tmp_path


def test_the_system_is_quoted_in_words() -> None:
    assert why(FileNotFoundError(2, "No such file or directory")) == "没有这个位置"
    assert why(OSError(9999, "unheard of")) == "unheard of"


def duixian(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program by itself, with an installation of its own."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("DUIXIAN", "DATABASE", "DJANGO", "TEST_"))}
    command = [sys.executable, "-m", "duixian.cli", *arguments, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, env=keep, timeout=120)


def test_an_installation_from_nothing(tmp_path: Path) -> None:
    """Founded, refused a weak password and a wrong government, and told at once of a port that is taken."""
    data = tmp_path / "city"
    given = ["--government", "云溪市", "--office", "市政府督查室"]
    weak = duixian(data, "init", *given, "--password", "1")
    assert weak.returncode == 2
    assert "密码太短，至少10个字符" in weak.stderr
    assert duixian(data, "init", *given, "--password", "云溪-口令-2026").returncode == 0
    listed = tmp_path / "清单.txt"
    listed.write_text("云溪市2026年任务清单\n\n一、市人社局牵头工作（1项）\n1.城镇新增就业4.3万人。\n", "utf-8")
    elsewhere = duixian(data, "import", str(listed), "--year", "2026", "--government", "白川市")
    assert elsewhere.returncode == 2
    assert "没有名为“白川市”的政府" in elsewhere.stderr
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        served = duixian(data, "serve", "--port", str(taken.getsockname()[1]))
    assert served.returncode == 2
    assert served.stderr.startswith("端口")
    assert served.stderr.count("\n") == 1
