"""The tools of the house do what they say: the temporary PostgreSQL, and the lines for what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import LONGEST
from tests.house.sources import ROOT

HAS_POSTGRES = bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"))


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of the scripts and keep what it prints."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


@pytest.mark.skipif(not HAS_POSTGRES, reason="没有 PostgreSQL")
def test_temporary_postgres_answers_passes_the_exit_status_on_and_is_gone_afterwards() -> None:
    finished = run("scripts/with-postgres", "bash", "-c", 'echo "$TEST_DATABASE_URL"; exit 3')
    assert finished.returncode == 3, finished.stderr
    socket = finished.stdout.strip().removeprefix("postgres://duixian@").removesuffix("/postgres").replace("%2F", "/")
    assert socket.startswith("/tmp/duixian-postgres.")
    assert not Path(socket).exists()


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with the few programs the script itself needs: no browser, no office, no package manager."""
    for name in ("bash", "env", "dirname", "fc-list"):
        if found := shutil.which(name):
            (tmp_path / name).symlink_to(found)
    return str(tmp_path)


def test_what_is_missing_is_named_and_only_a_strict_run_fails(bare_path: str) -> None:
    lenient = run("scripts/install-test-tools", PATH=bare_path, DUIXIAN_STRICT="")
    assert lenient.returncode == 0
    assert "缺少 Chromium:相关测试将跳过" in lenient.stdout
    assert "apt-get install" in lenient.stdout
    strict = run("scripts/install-test-tools", PATH=bare_path, DUIXIAN_STRICT="1")
    assert strict.returncode == 1
    assert "DUIXIAN_STRICT=1" in strict.stderr


def test_files_that_are_begun_first_are_there() -> None:
    assert [name for name in LONGEST if not (ROOT / name).is_file()] == []
