"""The server is killed at random moments while eight units submit; what was acknowledged must be there, once.

    python -m tests.faults.killing --kills 50 [--seed 1]

Each unit goes round: the liaison writes a sentence nobody wrote before and sends it up, the head signs, the office
sends it back. A sentence counts as acknowledged when the head's browser got the answer. SIGKILL goes to the server's
own group of processes, which this module started; everything listens on 127.0.0.1 alone.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.browsing import LOST, Browser
from tests.faults.installing import UNITS

UP_WITHIN = 300
DONE = 302


class Server:
    """duixian serve, in a group of processes of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "duixian.cli", "serve", "--data", str(self.data)]
        with (self.data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--port", str(self.port), "--workers", "2"], stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + UP_WITHIN
        while time.monotonic() < until:
            assert self._process.poll() is None, (self.data / "server.log").read_text("utf-8")
            with contextlib.suppress(*LOST):
                if Browser(self.root).open("/login/")[0] == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("the server did not come up")

    def kill(self) -> None:
        """SIGKILL to the master and its workers at once, as when the power fails."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


@dataclass
class Unit:
    """One unit's people going round; what they wrote, and what was acknowledged as signed."""

    number: int
    people: tuple[Browser, Browser, Browser]
    stop: threading.Event
    written: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    trouble: str = ""

    def run(self) -> None:
        """Go round until told to stop; a lost connection is tried again."""
        try:
            while not self.stop.is_set():
                try:
                    self._round(*self.people)
                except LOST:
                    time.sleep(0.1)
        except Exception as error:
            self.trouble = repr(error)

    def _round(self, liaison: Browser, head: Browser, office: Browser) -> None:
        month = f"/stocktake/units/{self.number + 1}/"
        form = liaison.fields(month)
        account = next((name for name in form if name.endswith("-account")), None)
        if account:
            words = f"第{len(self.written)}次：单位{self.number}。"
            self.written.append(words)
            liaison.open(month, list((form | {account: words, "act": "send-all"}).items()))
        waiting = head.fields("/stocktake/sign-off/")
        if "sign" in waiting:
            status, _html = head.open("/stocktake/sign-off/", list((waiting | {"act": "sign"}).items()))
            if status == DONE:
                self.acknowledged.append(self.written[-1])
        self._send_back(office)

    def _send_back(self, office: Browser) -> None:
        """So that the unit can go round again; the report's id is the unit's own in the head's page."""
        queue = office.fields("/stocktake/review/")
        if "csrfmiddlewaretoken" in queue and "report" in queue:
            given = {k: v for k, v in queue.items() if k.startswith(("report", "revision-", "csrf"))}
            office.open("/stocktake/review/", list((given | {"act": "send-back", "note": "再核。"}).items()))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    kills: int
    written: int
    acknowledged: int
    versions: int


def run(kills: int, seed: int, data: Path, *, moments: tuple[float, float] = (0.3, 3.0)) -> Outcome:
    """Kill the server so often; raises AssertionError where something acknowledged is lost or doubled."""
    sessions = json.loads(_program(data))
    chance, server, stop = random.Random(seed), Server(data), threading.Event()
    units = [Unit(number, _people(number, server.root, sessions), stop) for number in range(UNITS)]
    threads = [threading.Thread(target=unit.run, daemon=True) for unit in units]
    try:
        server.start()
        for thread in threads:
            thread.start()
        _wait_for_work(units, threads)
        for _ in range(kills):
            time.sleep(chance.uniform(*moments))
            server.kill()
            server.start()
        _wait_for_work(units, threads)
    finally:
        stop.set()
        for thread in threads:
            thread.join(UP_WITHIN)
        server.kill()
    return _checked(kills, units, data)


def _people(number: int, root: str, sessions: dict[str, str]) -> tuple[Browser, Browser, Browser]:
    """The unit's liaison and head, and an officer."""
    liaison, head, office = (Browser(root, sessions[n]) for n in (f"liaison{number}", f"head{number}", "office"))
    return liaison, head, office


def _wait_for_work(units: list[Unit], threads: list[threading.Thread]) -> None:
    """Until something more was acknowledged: a server nobody uses proves nothing by being killed."""
    before, until = sum(len(u.acknowledged) for u in units), time.monotonic() + UP_WITHIN
    while sum(len(u.acknowledged) for u in units) == before and time.monotonic() < until:
        assert any(t.is_alive() for t in threads), [u.trouble for u in units]
        time.sleep(0.1)


def _program(data: Path, *more: str) -> str:
    command = [sys.executable, "-m", "tests.faults.installing", str(data), *more]
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _checked(kills: int, units: list[Unit], data: Path) -> Outcome:
    assert not [u.trouble for u in units if u.trouble]
    found = json.loads(_program(data, "told"))
    words = Counter(account for _report, _number, account in found["versions"])
    acknowledged = [words_ for unit in units for words_ in unit.acknowledged]
    lost = [said for said in acknowledged if not words[said]]
    assert not lost, f"acknowledged and not there: {lost}"
    doubled = [said for said, times in words.items() if times > 1]
    assert not doubled, f"there twice: {doubled}"
    assert found["signed"] == len(found["versions"]), "a signature without its entry in the trail, or the other way"
    assert found["broken"] is None, f"the trail breaks at {found['broken']}"
    numbers: dict[int, list[int]] = {}
    for report, number, _account in found["versions"]:
        numbers.setdefault(report, []).append(number)
    assert all(n == list(range(1, len(n) + 1)) for n in numbers.values()), numbers
    return Outcome(kills, sum(len(u.written) for u in units), len(acknowledged), len(found["versions"]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Kills the server while eight units submit.")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="duixian-kill-") as folder:
        print(run(given.kills, given.seed, Path(folder)))
