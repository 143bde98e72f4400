"""What a project's people tell of it: stage, money, words; and its nodes."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.indicators.limits import is_keepable
from duixian.periods import today_in
from duixian.projects.enums import ProjectStage
from duixian.projects.models import Project, ProjectMilestone, ProjectProgress
from duixian.projects.queries import latest_invested
from duixian.projects.rules import may_tell
from duixian.units.rules import require

#: the date that a stage leaves behind
DATE_OF = {
    ProjectStage.SIGNED: "signed_on",
    ProjectStage.STARTED: "started_on",
    ProjectStage.RESUMED: "resumed_on",
    ProjectStage.COMPLETED: "completed_on",
    ProjectStage.IN_PRODUCTION: "in_production_on",
}
LONGEST_WORDS = 2000


@command
def record_progress(
    *,
    project: Project,
    on: date,
    actor: Actor,
    now: datetime,
    stage: ProjectStage | None = None,
    invested: Decimal | None = None,
    words: str = "",
    problem: str = "",
) -> ProjectProgress:
    """Tell what a project came to by a day: its stage, the money of the year so far (万元), words, what blocks it.

    A stage reached for the first time dates itself. Raises InvalidInput with a message a field.
    """
    require(may_tell(actor, project))
    project.refresh_from_db()
    if not project.is_active:
        raise WrongState(f"“{project}”已移出台账，不再填报进展。")
    stage = stage or project.current_stage
    faults = _faults(project, on, stage, invested, words + problem, today_in(now))
    if faults:
        raise InvalidInput("；".join(faults.values()) + "。", faults)
    before = {"stage": project.stage, "last_told_on": project.last_told_on}
    told = ProjectProgress.objects.create(
        project=project,
        on=on,
        stage=stage,
        invested=invested,
        words=words,
        problem=problem,
        told_by=f"{actor.audit_name}（{actor.audit_unit}）"[:100] if actor.audit_unit else actor.audit_name,
        told_at=now,
    )
    _move_on(project, stage, on)
    record(
        actor=actor,
        now=now,
        action="record_progress",
        target=project,
        before=before,
        after={"on": on, "stage": stage, "invested": invested, "words": words, "problem": problem},
    )
    return told


def _faults(
    project: Project, on: date, stage: ProjectStage, invested: Decimal | None, words: str, today: date
) -> dict[str, str]:
    faults = {}
    if on > today:
        faults["on"] = f"{on}还没有到"
    if not stage.may_follow(project.current_stage):
        faults["stage"] = f"阶段不能从“{project.get_stage_display()}”退回“{stage.label}”，原来报错的请督查室更正"
    if invested is not None and (invested < 0 or not is_keepable(invested)):
        faults["invested"] = "完成投资应为不小于0的数，单位万元"
    earlier = latest_invested(project, on)
    if invested is not None and earlier is not None and invested < earlier:
        faults["invested"] = f"本年完成投资是累计数，不应少于此前报的{earlier.normalize():f}万元"
    if len(words) > LONGEST_WORDS:
        faults["words"] = f"最多{LONGEST_WORDS}字"
    return faults


def _move_on(project: Project, stage: ProjectStage, on: date) -> None:
    fields = ["last_told_on"]
    # an older week told late says nothing of today's stage
    is_latest = on >= project.last_told_on or not project.progress.filter(on__gt=on).exists()
    project.last_told_on = max(project.last_told_on, on)
    if is_latest and stage != project.stage:
        project.stage = stage
        fields.append("stage")
    name = DATE_OF.get(stage)
    known: date | None = getattr(project, name) if name else None
    # works resume every spring; everything else happens once
    if name and (known is None or (name == "resumed_on" and known.year < on.year)):
        setattr(project, name, on)
        fields.append(name)
    project.save(update_fields=fields)


@command
def set_milestones(
    *, project: Project, nodes: Sequence[tuple[str, date]], actor: Actor, now: datetime
) -> list[ProjectMilestone]:
    """Replace the nodes not yet done by these (name, due day)."""
    require(may_tell(actor, project))
    for name, _due in nodes:
        if not 0 < len(name.strip()) <= 200:
            raise InvalidInput("请写明节点名称，最多200字。", {"name": "1—200字"})
    before = [f"{m} {m.due_on}" for m in project.milestones.filter(done_on=None)]
    project.milestones.filter(done_on=None).delete()
    made = [ProjectMilestone.objects.create(project=project, name=name, due_on=due) for name, due in nodes]
    record(
        actor=actor,
        now=now,
        action="set_milestones",
        target=project,
        before={"nodes": before},
        after={"nodes": [f"{m} {m.due_on}" for m in made]},
    )
    return made


@command
def mark_milestone_done(*, milestone: ProjectMilestone, on: date, actor: Actor, now: datetime) -> ProjectMilestone:
    """Say that a node was reached on a day."""
    require(may_tell(actor, milestone.project))
    if on > today_in(now):
        raise InvalidInput(f"{on}还没有到。", {"done_on": "还没有到"})
    milestone.done_on = on
    milestone.save(update_fields=["done_on"])
    record(
        actor=actor,
        now=now,
        action="mark_milestone_done",
        target=milestone.project,
        after={"node": milestone.name, "on": on},
    )
    return milestone
