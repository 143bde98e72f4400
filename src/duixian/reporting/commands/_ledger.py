"""The rows of background work: begun before the act, ended in the act's own transaction.

Bookkeeping of the worker and no act of anybody's: what an act changes has its entry in the trail by its own commands.
"""

from datetime import datetime, timedelta

from duixian.reporting.due import Act
from duixian.reporting.enums import JobState
from duixian.reporting.models import JobRun

# a failure is tried again after 2, 4, 8 ... minutes, at the longest after this many
LONGEST_PAUSE = 60


def begin(act: Act, now: datetime) -> JobRun:
    """Note that the act is being tried; what stands as RUNNING when a worker starts was cut off, and undone."""
    defaults = {"kind": act.kind, "label": act.label, "plan": act.plan, "due_at": act.due_at, "started_at": now}
    run, _ = JobRun.objects.get_or_create(key=act.key, defaults=defaults | {"state": JobState.RUNNING})
    run.state, run.started_at, run.finished_at, run.duration_ms = JobState.RUNNING, now, None, None
    run.attempts += 1
    run.save()
    return run


def end(run: JobRun, state: JobState, message: str, duration_ms: int, now: datetime) -> None:
    """Note how the try ended, and when a failure may be tried again."""
    run.state, run.message, run.duration_ms, run.finished_at = state, message, duration_ms, now
    pause = timedelta(minutes=min(2**run.attempts, LONGEST_PAUSE) if run.attempts < 10 else LONGEST_PAUSE)
    run.not_before = now + pause if state is JobState.FAILED else None
    run.save()
