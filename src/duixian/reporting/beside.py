"""Computing in processes beside this one: each reads for itself, and what it found comes back through a pipe.

Only this process writes. A process beside ends with its pipe, so none outlives a worker that is killed.
"""

import gc
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from duixian.reporting.commands._computing import Computed

# pages and whoever saves come first
NICER = 10


@dataclass(frozen=True, slots=True)
class Order:
    """What a process beside is to compute."""

    plan: int
    tasks: list[int]
    months: list[date]
    now: datetime


def can_be_seen_beside() -> bool:
    """Whether another process sees what this one sees: not inside a transaction, nor in a database kept in memory."""
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    return not connection.in_atomic_block and not in_memory


@contextmanager
def computed_beside(orders: Sequence[Order], processes: int) -> Iterator[Iterator["Computed"]]:
    """What these orders come to, in their order; each process has its next order before its answer is taken up."""
    with ExitStack() as stack:
        pipes = [stack.enter_context(_process()) for _ in range(processes)]
        yield _answers(orders, pipes)


def _answers(orders: Sequence[Order], pipes: Sequence[Connection]) -> Iterator["Computed"]:
    for order, pipe in zip(orders, pipes, strict=False):
        pipe.send(order)
    for number in range(len(orders)):
        pipe = pipes[number % len(pipes)]
        answer = pipe.recv()
        if isinstance(answer, str):
            raise RuntimeError(answer)
        if number + len(pipes) < len(orders):
            pipe.send(orders[number + len(pipes)])
        yield answer


@contextmanager
def _process() -> Iterator[Connection]:
    """A process of its own program, so that nothing of whoever asks for it is run again; it sees the same data."""
    here, there = Pipe()
    same = {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, "DUIXIAN_DATA": str(settings.DATA)}
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", __spec__.name, str(there.fileno())],
        pass_fds=[there.fileno()],
        env=os.environ | same,
    )
    there.close()
    try:
        yield here
    finally:
        here.close()
        process.terminate()
        process.wait()


def serve(pipe: Connection) -> None:
    """Answer orders until the pipe ends; a fault goes back as text."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICER)
    django.setup()
    # what is loaded by now stays: no use in looking through it for garbage
    gc.freeze()
    while True:
        try:
            order = pipe.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            pipe.send(_computed(order))
        except Exception:
            pipe.send(traceback.format_exc())


def _computed(order: Order) -> "Computed":
    # models can be loaded only once the process is set up
    from duixian.register.models import Plan
    from duixian.reporting.commands._computing import compute

    plan = Plan.objects.get(pk=order.plan)
    return compute(plan=plan, tasks=order.tasks, months=order.months, now=order.now)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
