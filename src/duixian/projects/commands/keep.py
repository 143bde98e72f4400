"""Entering projects, changing what is known of them, linking them with the promises they serve."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.projects.commands._planning import as_text, set_planned_investment
from duixian.projects.entries import LABELS, ProjectEntry, faults_of
from duixian.projects.enums import ProjectKind, ProjectStage
from duixian.projects.models import Project
from duixian.projects.rules import may_keep_ledger
from duixian.register.models import Task
from duixian.units.models import Government
from duixian.units.rules import require


@command
def enter_project(*, government: Government, entry: ProjectEntry, year: int, actor: Actor, now: datetime) -> Project:
    """Take a project into the ledger; with a planned investment it is in that year's plan.

    Raises InvalidInput with a message a field; a name or number that is already there is refused.
    """
    require(may_keep_ledger(actor, government))
    _check(government, entry, now, None)
    said = {"kind": ProjectKind.NEW, "stage": ProjectStage.PIPELINE} | entry.said()
    project = Project.objects.create(government=government, last_told_on=today_in(now), **said)
    set_planned_investment(project, year, entry.planned_investment, None)
    record(actor=actor, now=now, action="enter_project", target=project, after=as_text(entry))
    return project


@command
def change_project(*, project: Project, entry: ProjectEntry, year: int, actor: Actor, now: datetime) -> Project:
    """Change what is said in `entry`; what it leaves blank stays. A stage may be corrected here, backwards too."""
    require(may_keep_ledger(actor, project.government))
    _check(project.government, entry, now, project)
    said = entry.said()
    before = {name: getattr(project, name) for name, value in said.items() if getattr(project, name) != value}
    for name in before:
        setattr(project, name, said[name])
    project.save(update_fields=[*before] or None)
    standing = project.years.filter(year=year).first()
    planned_before = str(standing.planned_investment) if standing else ""
    set_planned_investment(project, year, entry.planned_investment, standing)
    record(
        actor=actor,
        now=now,
        action="change_project",
        target=project,
        before={name: str(value) for name, value in before.items()} | {"planned_investment": planned_before},
        after={name: str(said[name]) for name in before} | {"planned_investment": str(entry.planned_investment or "")},
    )
    return project


@command
def drop_project(*, project: Project, reason: str, actor: Actor, now: datetime) -> Project:
    """Take a project out of the ledger (终止、合并); its history stays, and no rate counts it any more."""
    require(may_keep_ledger(actor, project.government))
    if not reason.strip():
        raise InvalidInput("请写明移出台账的原因。", {"reason": "必填"})
    project.is_active = False
    project.note = f"{project.note}\n{reason}".strip()
    project.save(update_fields=["is_active", "note"])
    record(actor=actor, now=now, action="drop_project", target=project, after={"reason": reason})
    return project


@command
def link_tasks(*, project: Project, tasks: Sequence[Task], actor: Actor, now: datetime) -> Project:
    """Say which promises the project serves; the list replaces the one before."""
    require(may_keep_ledger(actor, project.government))
    if any(task.plan.government_id != project.government_id for task in tasks):
        raise InvalidInput("只能关联本级清单里的任务。", {"tasks": "不是本级任务"})
    before = sorted(str(t) for t in project.tasks.all())
    project.tasks.set(tasks)
    record(
        actor=actor,
        now=now,
        action="link_tasks",
        target=project,
        before={"tasks": before},
        after={"tasks": sorted(str(t) for t in tasks)},
    )
    return project


@command
def link_projects(*, task: Task, projects: Sequence[Project], actor: Actor, now: datetime) -> Task:
    """Say which projects a promise is made of, in one act; the list replaces the one before."""
    require(may_keep_ledger(actor, task.plan.government))
    if any(p.government_id != task.plan.government_id for p in projects):
        raise InvalidInput("只能关联本级台账里的项目。", {"projects": "不是本级项目"})
    before = task.linked_projects.count()
    task.linked_projects.set(projects)
    record(
        actor=actor,
        now=now,
        action="link_projects",
        target=task,
        before={"projects": before},
        after={"projects": [p.name for p in projects]},
    )
    return task


def _check(government: Government, entry: ProjectEntry, now: datetime, own: Project | None) -> None:
    faults = faults_of(entry, today_in(now)) | _taken(government, entry, own)
    for name in ("county", "lead_unit"):
        unit = getattr(entry, name)
        if unit is not None and unit.government_id != government.pk:
            faults[name] = f"{unit}不是{government}的单位"
    if faults:
        words = "；".join(f"{LABELS[name]}：{message}" for name, message in faults.items())
        raise InvalidInput(f"“{entry.name[:40]}”有{len(faults)}处要改：{words}。", faults)


def _taken(government: Government, entry: ProjectEntry, own: Project | None) -> dict[str, str]:
    """Which of name and number another project has; what a project has already is its own."""
    if own is not None and own.is_active and (own.name, own.number) == (entry.name, entry.number or own.number):
        return {}
    alike = Q(name=entry.name) | (Q(number=entry.number) if entry.number else Q())
    others = Project.objects.filter(alike, government=government, is_active=True)
    if own is not None:
        others = others.exclude(pk=own.pk)
    names, numbers = {p.name for p in others}, {p.number for p in others}
    faults = {"name": "台账里已有同名项目"} if entry.name in names else {}
    return faults | ({"number": "编号已用于别的项目"} if entry.number and entry.number in numbers else {})
