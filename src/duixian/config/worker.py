"""The worker: APScheduler has what is due done every minute, one turn at a time, in one process of its own.

The scheduler only beats; what is due stands in the database (`reporting/due.py`), so nothing is lost with the process.
"""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from apscheduler.schedulers.blocking import BlockingScheduler
from django.conf import settings
from django.db import close_old_connections

from duixian.config import clock
from duixian.config.beat import note_turn
from duixian.periods import SHANGHAI
from duixian.reporting.jobs import run_due
from duixian.reporting.models import JobRun

SECONDS_A_TURN = 60
# how soon a worker notices that the server it belongs to is gone
SECONDS_ALONE = 5
STOPS_WITHIN = 30


def run_once() -> list[JobRun]:
    """Do everything that is due now, also what is resting after a failure; waits for a turn that is under way."""
    with _turn():
        return run_due(at_once=True)


def run_worker() -> None:
    """Work until stopped (SIGTERM, Ctrl+C); the act under way is finished first."""
    scheduler = BlockingScheduler(timezone=SHANGHAI)
    parent = os.getppid()

    def stop(*_: object) -> None:
        if scheduler.running:
            scheduler.shutdown(wait=True)

    def watch() -> None:
        # the server was killed and took nobody with it
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    together = {"trigger": "interval", "coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler.add_job(_beat, seconds=SECONDS_A_TURN, id="due", **together)
    scheduler.add_job(_beat, id="first", misfire_grace_time=None)
    scheduler.add_job(watch, seconds=SECONDS_ALONE, id="watch", **together)
    scheduler.start()


def _beat() -> None:
    close_old_connections()
    try:
        with _turn():
            run_due()
    finally:
        close_old_connections()


@contextmanager
def _turn() -> Iterator[None]:
    """One turn at a time in one installation; the lock falls with the process, also when it is killed."""
    with (settings.DATA / "worker.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
        note_turn(settings.DATA, clock.now())


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker of its own process for as long as the server runs; it is stopped with it."""
    command = [sys.executable, "-m", "duixian.cli", "run-jobs", "--data", str(settings.DATA)]
    worker = subprocess.Popen(command)  # noqa: S603 - our own program
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            worker.kill()
