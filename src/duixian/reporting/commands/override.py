"""人工认定: a person of the office puts a grade in place of the computed one; it ends by itself."""

from datetime import date, datetime

from duixian.assessing import Grade, Light
from duixian.assessing.wording import verdict_words
from duixian.audit.actors import Actor, SystemActor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import month_label, today_in
from duixian.register.models import Task
from duixian.reporting.commands._rows import insert, prepared
from duixian.reporting.commands._standing_rows import ChangeRow, change_to, overlay, uncover
from duixian.reporting.commands._standings import holds, mark_of, mark_task
from duixian.reporting.commands._words import text_fault
from duixian.reporting.models import GradeChange, GradeOverride, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import overrides_due
from duixian.reporting.rules import may_override
from duixian.units.rules import require

EXPIRY = SystemActor("人工认定到期")
LONGEST_REASON = GradeOverride._meta.get_field("reason").max_length or 0
# what a person may say: a light goes with its grade; 缺报 is a fact and no judgement
VERDICTS = (
    (Grade.COMPLETED, Light.BLUE),
    (Grade.AHEAD, Light.GREEN),
    (Grade.ON_PACE, Light.GREEN),
    (Grade.BEHIND, Light.YELLOW),
    (Grade.BEHIND, Light.RED),
    (Grade.OTHER, None),
)
OVERLAID = (
    *("grade", "light", "reason", "computed_grade", "computed_light", "computed_reason"),
    "assessed_at",
)


@command
def override_grade(
    *,
    task: Task,
    grade: Grade,
    light: Light | None,
    reason: str,
    actor: Actor,
    now: datetime,
    until_month: date | None = None,
    expires_on: date | None = None,
) -> GradeOverride:
    """Put a grade and light in place of the computed ones, from the month the task stands at.

    It ends with the stocktake of `until_month` or after the day `expires_on`: one of the two. Side effects: the
    month's standing shows the person's word with the computed grade beside it, and the change is kept with its reason.
    """
    require(may_override(actor, task.plan))
    if task.graded_month is None:
        raise WrongState(f"{task}还没有评定过，不必人工认定。")
    _check_verdict(grade, light)
    _check_reason(reason)
    _check_end(task.graded_month, until_month, expires_on, today_in(now))
    if task.overrides.filter(ended_at=None).exists():
        raise WrongState(f"{task}已有一份人工认定，撤销以后才能再作认定。")
    word = GradeOverride.objects.create(
        task=task,
        month=task.graded_month,
        until_month=until_month,
        expires_on=expires_on,
        grade=grade,
        light=light or "",
        reason=reason.strip().rstrip("。"),
        set_by=actor.audit_name,
        set_at=now,
    )
    before = _show(word, now)
    after = {"month": word.month, "grade": grade, "light": light or "", "reason": reason, "until": word.end_words}
    record(actor=actor, now=now, action="override_grade", target=task, before=before, after=after)
    return word


def _check_verdict(grade: Grade, light: Light | None) -> None:
    if (grade, light) not in VERDICTS:
        raise InvalidInput("等次与灯不相配，请从所列的几种中选。", {"verdict": "不相配"})


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput("请写明认定的理由，台账和通报里看得到。", {"reason": "必填"})
    fault = text_fault(reason, LONGEST_REASON)
    if fault:
        raise InvalidInput(f"理由{fault}", {"reason": fault})


def _check_end(month: date, until_month: date | None, expires_on: date | None, today: date) -> None:
    if (until_month is None) == (expires_on is None):
        raise InvalidInput("请写明到哪一天或到哪个月的盘点为止，二者选一。", {"end": "二者选一"})
    if expires_on is not None and expires_on < today:
        raise InvalidInput(f"到期日不能早于今天（{today}）。", {"expires_on": "早于今天"})
    if until_month is not None and (until_month.day != 1 or until_month < month):
        raise InvalidInput(f"截止的盘点不能早于{month_label(month)}。", {"until_month": f"早于{month_label(month)}"})


def _show(word: GradeOverride, now: datetime) -> dict[str, str]:
    """Lay it over the standing of its month; returns what stood there, for the trail."""
    row = Standing.objects.get(task=word.task, part=TASK_PART, month=word.month)
    before = {"grade": row.grade, "light": row.light}
    known = Standing(grade=row.grade, light=row.light)
    overlay(row, word, word.task.plan.light_words())
    row.assessed_at = now
    row.save(update_fields=OVERLAID)
    _keep(change_to(row, known, now))
    mark_task(word.task, mark_of(row, is_held=True))
    return before


@command
def lift_override(*, override: GradeOverride, note: str, actor: Actor, now: datetime) -> GradeOverride:
    """End it before its time, with a reason; months locked while it held keep it."""
    require(may_override(actor, override.task.plan))
    _check_reason(note)
    return _end(override, note.strip(), actor, now, "lift_override")


@command
def expire_override(*, override: GradeOverride, actor: Actor, now: datetime) -> GradeOverride:
    """End it because its day or its round has passed."""
    require(may_override(actor, override.task.plan))
    if not overrides_due(now).filter(pk=override.pk).exists():
        raise WrongState(f"{override}还没有到期。")
    return _end(override, f"{override.end_words}，到期", actor, now, "expire_override")


def _end(word: GradeOverride, note: str, actor: Actor, now: datetime, action: str) -> GradeOverride:
    word = GradeOverride.objects.select_for_update().select_related("task__plan").get(pk=word.pk)
    if word.ended_at is not None:
        raise WrongState(f"{word}已经结束。")
    word.ended_at, word.ended_by, word.end_note = now, actor.audit_name, note
    word.save(update_fields=["ended_at", "ended_by", "end_note"])
    after = _restore(word, now)
    before = {"grade": word.grade, "light": word.light}
    record(actor=actor, now=now, action=action, target=word.task, before=before, after=after | {"note": note})
    return word


def _restore(word: GradeOverride, now: datetime) -> dict[str, str]:
    """Show again what was computed: in every month that was not locked under it, and on the task."""
    task = word.task
    locks = dict(Round.objects.filter(plan=task.plan_id).values_list("month", "locked_at"))
    rows = {row.month: row for row in task.standings.filter(part=TASK_PART).exclude(computed_grade="")}
    for month, row in rows.items():
        if word.covers(month) and not word.shows(month, locks.get(month), now):
            _uncover(row, word, now)
    assert task.graded_month is not None
    stands = task.standings.get(part=TASK_PART, month=task.graded_month)
    mark = mark_of(stands, is_held=holds(stands, task.overrides.all(), now))
    mark_task(task, mark)
    return {"grade": str(mark["grade"]), "light": str(mark["light"])}


def _uncover(row: Standing, word: GradeOverride, now: datetime) -> None:
    known = Standing(grade=row.grade, light=row.light)
    uncover(row)
    row.assessed_at = now
    row.save(update_fields=OVERLAID)
    verdict = verdict_words(word.grade, word.light, word.task.plan.light_words())
    words = f"人工认定（{verdict}）结束：{word.end_note}；恢复测算结果，{row.reason}"
    _keep(change_to(row, known, now, reason=words))


def _keep(change: ChangeRow) -> None:
    insert(GradeChange, prepared(GradeChange, [change]))
