"""What a person may do about background work: have something that failed tried again at once."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import WrongState, command
from duixian.audit.trail import record
from duixian.reporting.models import JobRun
from duixian.reporting.rules import may_retry
from duixian.units.rules import require


@command
def retry_job(*, run: JobRun, actor: Actor, now: datetime) -> JobRun:
    """重试: the worker takes it up at its next turn instead of waiting out its pause."""
    require(may_retry(actor, run))
    run = JobRun.objects.select_for_update().get(pk=run.pk)
    if not run.current_state.may_retry:
        raise WrongState(f"“{run.label}”{run.get_state_display()}，不必重试。")
    run.not_before = None
    run.save(update_fields=["not_before"])
    record(actor=actor, now=now, action="retry_job", target=run, after={"state": run.state, "attempts": run.attempts})
    return run
