"""A worker killed in the middle of an act leaves nothing half-done, and the next one finishes it."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from duixian.periods import SHANGHAI
from tests.cast import at
from tests.house.sources import ROOT


def environment(data: Path) -> dict[str, str]:
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("DUIXIAN", "DATABASE", "DJANGO", "TEST_"))}
    return keep | {
        "DUIXIAN_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "duixian.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }


def program(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment(data), cwd=ROOT, capture_output=True, text=True, timeout=300)


def stored(data: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "duixian.sqlite3") as database:
        return database.execute(query).fetchall()


LOCKED = "SELECT count(*) FROM reporting_round WHERE locked_at IS NOT NULL"
SILENT = "SELECT count(*) FROM reporting_standing WHERE grade = 'NOT_REPORTED'"
RUNS = "SELECT state, attempts FROM reporting_jobrun WHERE kind = 'LOCK'"


WRONG = "SELECT count(*) > 0 FROM reporting_standing WHERE reason = '乱'"
RECOMPUTED = "SELECT count(*) FROM audit_auditentry WHERE action = 'recompute_tasks'"


def set_clock(data: Path, moment: datetime) -> None:
    (data / "clock_offset").write_text(str(int((moment - datetime.now(SHANGHAI)).total_seconds())), "ascii")


def kill_in_the_middle(data: Path, what: str) -> set[int]:
    """Start a worker that stands still in the middle, and kill it there; returns what it had started."""
    command = [sys.executable, "-m", "tests.reporting.killed", what]
    dying = subprocess.Popen(command, env=environment(data), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert dying.stdout is not None
    with dying:
        assert dying.stdout.readline() == "in the middle\n"
        started = set(_children(dying.pid)) if Path("/proc/self/task").exists() else set()
        dying.send_signal(signal.SIGKILL)
    return started


def once(data: Path) -> subprocess.CompletedProcess[str]:
    return program(data, "-m", "duixian.cli", "run-jobs", "--once", "--data", str(data))


def killed_in_the_middle_of_computing_anew(data: Path) -> None:
    """What was put right stays so, the next turn puts right the rest, one more finds nothing to do."""
    beside = kill_in_the_middle(data, "die_recomputing")
    assert stored(data, WRONG) == [(1,)]
    assert stored(data, RECOMPUTED) == [(2,)]
    assert stored(data, RUNS.replace("LOCK", "RECOMPUTE")) == [("RUNNING", 1)]
    until = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in beside) and time.monotonic() < until:
        time.sleep(0.1)
    assert [pid for pid in beside if Path(f"/proc/{pid}").exists()] == []
    again = once(data)
    assert again.returncode == 0, again.stderr
    assert "重新评定没有锁定的月份" in again.stdout
    assert stored(data, WRONG) == [(0,)]
    assert stored(data, RUNS.replace("LOCK", "RECOMPUTE")) == [("DONE", 2)]
    assert once(data).stdout == ""


def test_killed_in_the_middle(tmp_path: Path) -> None:
    data = tmp_path / "city"
    data.mkdir()
    (data / "secret_key").write_text("only for this test, and long enough to be taken for one of its own", "ascii")
    set_clock(data, at(4, 10))
    built = program(data, "-m", "tests.reporting.killed", "build")
    assert built.returncode == 0, built.stderr
    killed_in_the_middle_of_computing_anew(data)
    set_clock(data, at(4, 20))
    kill_in_the_middle(data, "die")
    assert stored(data, LOCKED) == stored(data, SILENT) == [(0,)]
    assert stored(data, RUNS) == [("RUNNING", 1)]
    again = once(data)
    assert again.returncode == 0, again.stderr
    assert "锁定2026年3月盘点：已办" in again.stdout
    assert stored(data, LOCKED) == [(1,)]
    assert stored(data, SILENT) == [(10,)]
    assert stored(data, RUNS) == [("DONE", 2)]
    assert stored(data, "SELECT count(*) FROM audit_auditentry WHERE action = 'lock_round'") == [(1,)]
    once_more = once(data)
    assert (once_more.returncode, once_more.stdout) == (0, "")
    proved = program(data, "-m", "duixian.cli", "audit", "verify", "--data", str(data))
    assert proved.returncode == 0, proved.stderr
    table = data / "3月.xlsx"
    taken = program(data, "-m", "duixian.cli", "stocktake", "2026-03", "--data", str(data), "--out", str(table))
    assert (taken.returncode, table.read_bytes()[:2]) == (0, b"PK"), taken.stderr
    untaken = program(data, "-m", "duixian.cli", "stocktake", "2026-09", "--data", str(data), "--out", str(table))
    assert untaken.returncode == 2
    assert "2026-09 还没有盘点。已有的月份：2026-03。" in untaken.stderr


def _children(pid: int) -> dict[int, str]:
    """Pid -> command line of what a program has started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child): Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ") for child in found}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="没有 /proc")
def test_the_server_brings_its_worker_and_takes_it_along(tmp_path: Path) -> None:
    data = tmp_path / "city"
    given = ["--government", "云溪市", "--office", "市政府督查室", "--password", "云溪-口令-2026"]
    founded = program(data, "-m", "duixian.cli", "init", "--data", str(data), *given)
    assert founded.returncode == 0, founded.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "duixian.cli", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(command, env=environment(data), cwd=ROOT)
    try:
        until = time.monotonic() + 120
        while not (data / "worker.beat").exists() and time.monotonic() < until:
            time.sleep(0.2)
        workers = [pid for pid, line in _children(server.pid).items() if "run-jobs" in line]
        assert len(workers) == 1
        assert list((data / "audit-heads").glob("*.json")) or not stored(data, "SELECT 1 FROM reporting_jobrun")
    finally:
        server.terminate()
        server.wait(90)
    assert not Path(f"/proc/{workers[0]}").exists()
