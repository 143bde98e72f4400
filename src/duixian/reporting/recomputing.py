"""A whole plan computed anew: found by reading alone, kept in acts so short that nobody waits for them."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from time import sleep

from duixian.audit.actors import Actor
from duixian.register.models import Plan
from duixian.reporting.beside import Order, can_be_seen_beside, computed_beside
from duixian.reporting.commands._computing import Computed, compute
from duixian.reporting.commands.recompute import Recomputed, recompute_tasks
from duixian.reporting.rules import may_run_rounds
from duixian.units.rules import require

# tasks in one transaction: short enough that whoever saves meanwhile waits a moment at most
BATCH = 100
# seconds between two of them: on SQLite whoever waits to write looks up ten times a second, and must find a gap
PAUSE = 0.02
# from so many tasks on, processes beside are worth the second they take to start
MANY = 1000
MOST_BESIDE = 2


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
    beside: int | None = None,
) -> Recomputed:
    """Grade every task of a plan anew in each month it was graded for, batch by batch, each a short act of its own.

    Safe to run twice and to break off: what stands as computed is not touched, and `after` (the `last` of a progress)
    skips what was done. Months are judged by the day they were judged by; what a lock found not reported stays so.
    `beside`: how many processes compute while this one writes; None: as many as are worth it.
    """
    require(may_run_rounds(actor, plan))
    found = list(plan.tasks.in_force().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True))
    orders = [Order(plan.pk, found[n : n + BATCH], list(months), now) for n in range(0, len(found), BATCH)]
    result = Recomputed()
    kept: list[int] = []
    with _computed(plan, orders, _worth_it(len(found)) if beside is None else beside) as computed:
        for batch in computed:
            known = _with_own(batch, kept)
            done = recompute_tasks(plan=plan, tasks=batch.tasks, months=months, actor=actor, now=now, computed=known)
            kept.append(done.entry)
            result = result.plus(done)
            if progress is not None:
                progress(Progress(result.tasks, len(found), batch.tasks[-1]))
            if batch.tasks[-1] != found[-1]:
                pause(PAUSE)
    return result


def _worth_it(tasks: int) -> int:
    """How many processes beside: none for few tasks, on one core, or where another process would not see them."""
    cores = os.cpu_count() or 1
    return min(MOST_BESIDE, cores) if tasks >= MANY and cores > 1 and can_be_seen_beside() else 0


def _computed(plan: Plan, orders: list[Order], beside: int) -> AbstractContextManager[Iterator[Computed]]:
    if beside:
        return computed_beside(orders, beside)
    return nullcontext(compute(plan=plan, tasks=o.tasks, months=o.months, now=o.now) for o in orders)


def _with_own(batch: Computed, kept: Sequence[int]) -> Computed:
    """What this run has kept since the batch was read is of other tasks: it changes nothing there."""
    return replace(batch, entries=batch.entries + sum(number > batch.entries for number in kept))
