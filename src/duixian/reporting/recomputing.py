"""A whole plan computed anew, in acts so short that whoever saves meanwhile waits a moment at most."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from time import sleep

from duixian.audit.actors import Actor
from duixian.register.models import Plan
from duixian.reporting.commands.recompute import Recomputed, recompute_tasks
from duixian.reporting.rules import may_run_rounds
from duixian.units.rules import require

# tasks in one transaction: short enough that whoever saves meanwhile waits a moment at most
BATCH = 25
# seconds between two of them: on SQLite whoever waits to write looks up ten times a second, and must find a gap
PAUSE = 0.12


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come. `last` is given as `after` to go on from there."""

    done: int
    total: int
    last: int


def recompute_plan(
    *,
    plan: Plan,
    months: Sequence[date],
    actor: Actor,
    now: datetime,
    progress: Callable[[Progress], None] | None = None,
    after: int = 0,
    pause: Callable[[float], object] = sleep,
) -> Recomputed:
    """Grade every task of a plan anew in each month it was graded for, batch by batch, each a short act of its own.

    Safe to run twice and to break off: what stands as computed is not touched, and `after` (the `last` of a progress)
    skips what was done. Months are judged by the day they were judged by; what a lock found not reported stays so.
    """
    require(may_run_rounds(actor, plan))
    found = list(plan.tasks.in_force().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True))
    result = Recomputed()
    for start in range(0, len(found), BATCH):
        pks = found[start : start + BATCH]
        result = result.plus(recompute_tasks(plan=plan, tasks=pks, months=months, actor=actor, now=now))
        if progress is not None:
            progress(Progress(start + len(pks), len(found), pks[-1]))
        if start + BATCH < len(found):
            pause(PAUSE)
    return result
