"""`duixian demo` as a program: builds once, whole or not at all; bad input is one clear line and leaves nothing."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.house.sources import ROOT

SAMPLE = "demo-sample"
# a program that dies without a chance to tidy up, in the middle of building
KILLED = """
import os, sys
from pathlib import Path
from duixian.cli_installation import migrate, open_installation
from duixian.demo.run import prepare_demo
from duixian.periods import parse_month

def say(line):
    if "立项" in line:
        os._exit(9)

folder = Path(sys.argv[1])
prepare_demo(folder, None, parse_month("2026-01"), open_database=lambda: open_installation(folder, must_exist=False),
             migrate=migrate, say=say)
"""


def duixian(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The program with nothing of the caller's installation."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DUIXIAN", "DATABASE", "DJANGO", "TEST_"))}
    command = [sys.executable, "-m", "duixian.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)


def demo(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return duixian("demo", "--data", data, "--no-serve", *arguments)


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / SAMPLE / "duixian.sqlite3")) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def january(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The sample city up to January, after a first start was killed half-way; with what was printed."""
    data = tmp_path_factory.mktemp("data")
    killed = subprocess.run([sys.executable, "-c", KILLED, data / SAMPLE], cwd=ROOT, check=False, timeout=300)
    assert killed.returncode == 9
    built = demo(data, "--until", "2026-01")
    assert built.returncode == 0, built.stderr
    assert built.stderr == ""
    return data, built.stdout


def test_a_killed_build_is_built_anew_and_whole(january: tuple[Path, str]) -> None:
    data, _ = january
    assert rows(data, "select count(*) from register_plan") == [(1,)]
    assert rows(data, "select count(*) from reporting_report")[0][0] > 50  # type: ignore[operator]
    assert duixian("audit", "verify", "--data", data / SAMPLE).returncode == 0


def test_accounts_are_printed_one_for_every_role(january: tuple[Path, str]) -> None:
    _, printed = january
    lines = printed.strip().splitlines()
    assert "口令" in lines[0]
    roles = {line.split()[0] for line in lines[3:]}
    assert len(roles) == 8
    assert all(re.fullmatch(r"\S+\s+[a-z]+\s+\S+\s+\S+", line) for line in lines[3:])


def test_second_start_builds_nothing_and_prints_the_same(january: tuple[Path, str]) -> None:
    data, printed = january
    before = rows(data, "select count, hash from audit_audithead")
    again = demo(data)
    assert (again.returncode, again.stdout, again.stderr) == (0, printed, "")
    assert rows(data, "select count, hash from audit_audithead") == before


def test_another_last_month_is_refused_where_one_is_built(january: tuple[Path, str]) -> None:
    data, _ = january
    refused = demo(data, "--until", "2026-03")
    assert refused.returncode == 2
    assert "已经模拟到2026-01" in refused.stderr


def test_two_builds_tell_the_same(january: tuple[Path, str], tmp_path: Path) -> None:
    data, printed = january
    assert demo(tmp_path, "--until", "2026-01").stdout == printed
    for query in (
        "select at, actor_name, action, object_label, before, after from audit_auditentry order by number",
        "select task_id, part, month, grade, light, reason from reporting_standing order by task_id, part, month",
    ):
        assert rows(data, query) == rows(tmp_path, query)


def test_it_serves_pages_and_their_styles(january: tuple[Path, str], free_port: int) -> None:
    data, _ = january
    command = [sys.executable, "-m", "duixian.cli", "demo", "--data", str(data), "--port", str(free_port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        address = f"http://127.0.0.1:{free_port}"
        assert server.stdout is not None
        assert any(address in line for line in iter(server.stdout.readline, ""))
        page = opened(f"{address}/login/")
        style = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert style is not None
        assert "{" in opened(address + style[1])
    finally:
        server.terminate()
        server.wait(20)


def opened(address: str) -> str:
    """The page, waited for until the server listens."""
    for _ in range(100):
        try:
            with urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except ConnectionError:
            time.sleep(0.1)
        except OSError as error:
            if "refused" not in str(error):
                raise
            time.sleep(0.1)
    raise AssertionError(f"nothing listens at {address}")


@pytest.fixture
def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        (["--until", "2026-13"], None, "2026-13"),
        (["--until", "六月"], None, "六月"),
        (["--until", "2025-12"], None, "不在计划年度内"),
        (["--until", "2027-01"], None, "不在计划年度内"),
        (["--list", "没有这个文件.txt"], None, "没有这个文件.txt"),
        (["--list", "{list}"], "", "文件是空的"),
        (["--list", "{list}"], "机密★启封前\n关于印发2026年任务清单的通知\n1.新增就业4万人。\n", "机密"),
        (["--list", "{list}"], "2026年，全市新增就业4.3万人。\n", "牵头单位"),
    ],
)
def test_bad_input_is_one_clear_line_and_leaves_nothing(
    tmp_path: Path, arguments: list[str], content: str | None, said: str
) -> None:
    document, data = tmp_path / "list.txt", tmp_path / "data"
    if content is not None:
        document.write_text(content, "utf-8")
    refused = demo(data, *(argument.format(list=document) for argument in arguments))
    assert refused.returncode == 2, refused
    assert said.format(list=document) in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert refused.stdout == ""
    assert not data.exists() or not any(data.iterdir())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = demo(tmp_path / "file" / "data")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1


def test_a_real_installation_is_not_built_over(tmp_path: Path) -> None:
    founded = ("--government", "云岫市", "--office", "市政府督查室", "--password", "yunxiu-2026-anquan")
    assert duixian("init", "--data", tmp_path / SAMPLE, *founded).returncode == 0
    before = rows(tmp_path, "select count, hash from audit_audithead")
    refused = demo(tmp_path)
    assert refused.returncode == 2
    assert "正式数据" in refused.stderr
    assert rows(tmp_path, "select count, hash from audit_audithead") == before
