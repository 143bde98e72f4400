"""A worker that dies in the middle of a lock, run by test_killed.py as a program of its own.

`build` founds an installation with a round that is to be locked; `die` begins the lock, has done all its work, and
stands still before the transaction ends, telling so on standard output, until it is killed. `die_recomputing` does the
same in the middle of computing the plan anew, with two processes beside it.
"""

import sys
import time
from functools import partial

import django

django.setup()

from django.conf import settings  # noqa: E402

from duixian.config.migrating import bring_up_to_date  # noqa: E402
from duixian.reporting import jobs, recomputing  # noqa: E402
from duixian.reporting.due import Act  # noqa: E402
from duixian.reporting.enums import JobKind  # noqa: E402
from duixian.reporting.models import Standing  # noqa: E402
from tests.cast import build_cast  # noqa: E402
from tests.factories.play import content_for, month, set_stage  # noqa: E402


def build() -> None:
    """March is open; the first and the last task are reported, the others are silent."""
    # nobody signs in here, and a slow hash for everybody is half of the time
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    bring_up_to_date()
    stage = set_stage(build_cast())
    march = stage.open(3)
    tasks = list(stage.plan.tasks.order_by("order"))
    for task in (tasks[0], tasks[-1]):
        stage.approve(march, task, content_for(task, "1.2", is_confirmed=True))


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


def die_recomputing() -> None:
    """Every standing of March is wrong; eight tasks are put right, the rest is not."""
    Standing.objects.filter(month=month(3)).update(light="RED", reason="乱")

    def stuck_after_two(progress: recomputing.Progress) -> None:
        if progress.done == 8:
            print("in the middle", flush=True)
            time.sleep(120)

    recomputing.BATCH = 4
    jobs.recompute_plan = partial(recomputing.recompute_plan, beside=2, progress=stuck_after_two)  # type: ignore[assignment]
    jobs.run_due()


{"build": build, "die": die, "die_recomputing": die_recomputing}[sys.argv[1]]()
