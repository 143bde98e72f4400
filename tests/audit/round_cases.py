"""What the commands on rounds and background work need, for the examples of every command: (prepare, who may)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from duixian.reporting.commands import grant_exception, set_round_calendar
from duixian.reporting.days import RoundDays
from duixian.reporting.enums import JobKind, JobState
from duixian.reporting.models import JobRun, LockException, Round
from tests.cast import FOUNDER, at
from tests.factories.play import Stage, month

OFFICE = frozenset({"office_head", "office_staff"})
Case = tuple[Callable[[Stage], dict[str, Any]], frozenset[str]]


def _march(stage: Stage) -> Round:
    return stage.open(3)


def _locked(stage: Stage) -> dict[str, Any]:
    round = stage.lock(_march(stage), day=4)
    return {"round": round, "unit": stage.cast.labour.unit, "reason": "系统升级，补报。"}


def _granted(stage: Stage, last_day: date) -> LockException:
    return grant_exception(**_locked(stage), expires_on=last_day, actor=FOUNDER, now=at(4, 4))


def _own_days(stage: Stage) -> dict[str, Any]:
    set_round_calendar(plan=stage.plan, month=month(3), days=RoundDays(due=4), actor=FOUNDER, now=at(4, 4))
    return {"plan": stage.plan, "month": month(3)}


def _failed(stage: Stage) -> dict[str, Any]:
    run = JobRun.objects.create(
        key="export:2026-04-05",
        kind=JobKind.EXPORT,
        label="导出审计链尾",
        due_at=at(4, 5),
        started_at=at(4, 5),
        state=JobState.FAILED,
        not_before=at(4, 5) + timedelta(hours=1),
    )
    return {"run": run}


CASES: dict[str, Case] = {
    "set_round_calendar": (lambda stage: {"plan": _march(stage).plan, "days": RoundDays(due=6)}, OFFICE),
    "clear_round_calendar": (_own_days, OFFICE),
    "remind_units": (lambda stage: {"round": _march(stage)}, OFFICE),
    "grant_exception": (lambda stage: _locked(stage) | {"expires_on": date(2026, 4, 10)}, OFFICE),
    "revoke_exception": (lambda stage: {"exception": _granted(stage, date(2026, 4, 10))}, OFFICE),
    "expire_exception": (lambda stage: {"exception": _granted(stage, date(2026, 4, 5))}, OFFICE),
    # the trail is the whole installation's: every office of it may have its export tried again
    "retry_job": (_failed, OFFICE | {"system_admin", "outsider"}),
}
