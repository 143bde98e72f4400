"""A worker that dies in the middle of a lock, run by test_killed.py as a program of its own.

`build` founds an installation with a round that is to be locked; `die` begins the lock, has done all its work, and
stands still before the transaction ends, telling so on standard output, until it is killed.
"""

import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from duixian.reporting import jobs  # noqa: E402
from duixian.reporting.due import Act  # noqa: E402
from duixian.reporting.enums import JobKind  # noqa: E402
from tests.cast import build_cast  # noqa: E402
from tests.factories.play import content_for, set_stage  # noqa: E402


def build() -> None:
    """March is open; one task is reported, the others are silent."""
    call_command("migrate", verbosity=0)
    stage = set_stage(build_cast())
    march = stage.open(3)
    stage.approve(march, stage.task("jobs"), content_for(stage.task("jobs"), "1.2"))


def die() -> None:
    """All of the lock is written, nothing is committed."""
    lock = jobs.DO[JobKind.LOCK]

    def locked_and_stuck(act: Act, now: object) -> str:
        lock(act, now)  # type: ignore[arg-type]
        print("in the middle", flush=True)
        time.sleep(120)
        return ""

    jobs.DO[JobKind.LOCK] = locked_and_stuck
    jobs.run_due()


{"build": build, "die": die}[sys.argv[1]]()
