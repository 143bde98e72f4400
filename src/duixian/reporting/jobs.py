"""Background work: does what is due, one act after the other, each whole or not at all.

The worker (`duixian run-jobs`) calls `run_due` every minute; `config/worker.py` holds the scheduler. The clock is read
here, once a turn, and handed on.
"""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from time import perf_counter

from django.conf import settings
from django.db import transaction

from duixian.audit.actors import SystemActor
from duixian.audit.command import CommandError, WrongState
from duixian.audit.heads import export_head
from duixian.config import clock
from duixian.periods import month_label, today_in
from duixian.reporting.commands import (
    expire_exception,
    expire_override,
    lock_round,
    open_round,
    remind_units,
)
from duixian.reporting.commands._ledger import begin, end
from duixian.reporting.due import Act, due_acts
from duixian.reporting.enums import JobKind, JobState
from duixian.reporting.models import GradeOverride, JobRun, LockException, Round
from duixian.reporting.recomputing import recompute_plan

# a chain of short acts, each its own transaction, so that nobody waits for the whole; broken off it starts anew
IN_BATCHES = {JobKind.RECOMPUTE}
WORKER = SystemActor("后台任务")
log = logging.getLogger(__name__)


def run_due(*, at_once: bool = False) -> list[JobRun]:
    """Do everything that is due now; `at_once` does not wait out the pause after a failure."""
    return run_due_at(clock.now(), at_once=at_once)


def run_due_at(now: datetime, *, at_once: bool = False) -> list[JobRun]:
    """The same for a given moment. What becomes due by an act (a round that opens late and is due) follows at once."""
    tried: set[str] = set()
    runs = []
    while act := _next(now, tried, at_once):
        tried.add(act.key)
        runs.append(_run(act, now))
    return runs


def _next(now: datetime, tried: set[str], at_once: bool) -> Act | None:
    acts = [act for act in due_acts(now) if act.key not in tried]
    resting = set()
    if not at_once:
        rows = JobRun.objects.filter(key__in=[act.key for act in acts], not_before__gt=now)
        resting = set(rows.values_list("key", flat=True))
    return next((act for act in acts if act.key not in resting), None)


def _run(act: Act, now: datetime) -> JobRun:
    """One try. The act and the note that it is done are one transaction: killed in between, neither has happened."""
    run = begin(act, now)
    started = perf_counter()

    def took() -> int:
        return round(1000 * (perf_counter() - started))

    try:
        with nullcontext() if act.kind in IN_BATCHES else transaction.atomic():
            message = DO[act.kind](act, now)
            end(run, JobState.DONE, message, took(), now)
    except WrongState as wait:
        end(run, JobState.WAITING, wait.message, took(), now)
    except CommandError as refusal:
        end(run, JobState.FAILED, refusal.message, took(), now)
    except Exception as error:
        log.exception("background work: %s", act.key)
        end(run, JobState.FAILED, f"程序出错（{type(error).__name__}）：{error}"[:500], took(), now)
    return run


def _open(act: Act, now: datetime) -> str:
    assert act.plan is not None
    assert act.month is not None
    opened = open_round(plan=act.plan, month=act.month, actor=WORKER, now=now)
    return f"{opened.due_on:%Y-%m-%d}上报截止，{opened.locks_on:%Y-%m-%d}锁定"


def _remind(act: Act, now: datetime) -> str:
    count = remind_units(round=Round.objects.get(pk=act.subject), actor=WORKER, now=now)
    return f"提醒{count}个单位" if count else "各单位都已报齐"


def _lock(act: Act, now: datetime) -> str:
    lock_round(round=Round.objects.get(pk=act.subject), actor=WORKER, now=now)
    return "应报未报的记为缺报"


def _expire(act: Act, now: datetime) -> str:
    if act.key.startswith("expire-override:"):
        word = GradeOverride.objects.select_related("task__plan__government").get(pk=act.subject)
        expire_override(override=word, actor=WORKER, now=now)
        return f"{word.end_words}，恢复测算结果"
    held = LockException.objects.select_related("round__plan__government").get(pk=act.subject)
    expire_exception(exception=held, actor=WORKER, now=now)
    return f"{held.expires_on:%Y-%m-%d}到期"


def _recompute(act: Act, now: datetime) -> str:
    assert act.plan is not None
    months = list(act.plan.rounds.filter(locked_at=None).order_by("month").values_list("month", flat=True))
    done = recompute_plan(plan=act.plan, months=months, actor=WORKER, now=now)
    return f"{'、'.join(map(month_label, months))}共{done.tasks}项，变{done.changes}处"


def _export(act: Act, now: datetime) -> str:
    head = export_head(settings.DATA / "audit-heads", today_in(now), now)
    return f"第{head.count}条，链尾{head.hash[:16]}"


DO: dict[JobKind, Callable[[Act, datetime], str]] = {
    JobKind.OPEN: _open,
    JobKind.REMIND: _remind,
    JobKind.LOCK: _lock,
    JobKind.EXPIRE: _expire,
    JobKind.RECOMPUTE: _recompute,
    JobKind.EXPORT: _export,
}
