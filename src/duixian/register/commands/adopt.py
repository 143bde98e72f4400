"""立项: a reading becomes a plan with units, tasks, targets and outcomes, whole or not at all."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.audit.trail import record
from duixian.indicators.limits import DECIMALS, DIGITS, is_keepable
from duixian.reading import Quantity, Reading, ReadTask
from duixian.register.commands._measures import add_measures, add_relations
from duixian.register.enums import OPEN_STAGES, PartyRole, TaskKind
from duixian.register.models import Plan, Section, SourceDocument, Task, TaskParty
from duixian.register.rules import may_adopt
from duixian.units.commands import create_group, create_unit
from duixian.units.models import Government, Unit, UnitGroup
from duixian.units.naming import guess_kind, is_group_name
from duixian.units.queries import Directory, directory_of
from duixian.units.rules import require


@dataclass(slots=True)
class Adoption:
    """What came of adopting: the plan, units that were new, and remarks for a person."""

    plan: Plan
    new_units: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@command
def adopt_reading(
    *,
    reading: Reading,
    government: Government,
    year: int,
    actor: Actor,
    now: datetime,
    create_missing_units: bool = False,
) -> Adoption:
    """Adopt every task of `reading` as the government's plan of `year`.

    Unknown units are refused by name unless `create_missing_units`; a printed name that means a known unit never makes
    a second one. Raises InvalidInput where a plan of that year exists, nothing was read, or an item has no lead.
    """
    require(may_adopt(actor, government))
    _check_adoptable(reading, government, year)
    plan = _create_plan(reading, government, year, now)
    adoption = Adoption(plan, remarks=[w.message for w in reading.warnings])
    directory = _directory_for(reading, government, create_missing_units, adoption, actor, now)
    sections = _create_sections(reading, plan, directory)
    for order, item in enumerate(reading.tasks, 1):
        task = _create_task(item, order, plan, sections[_section_name(item)], directory)
        add_measures(task=task, item=item, reading=reading, directory=directory, actor=actor, now=now)
    for task, item in zip(plan.tasks.order_by("order"), reading.tasks, strict=True):
        add_relations(task=task, item=item, reading=reading, directory=directory, actor=actor, now=now)
    record(
        actor=actor,
        now=now,
        action="adopt_reading",
        target=plan,
        after={
            "tasks": len(reading.tasks),
            "sections": len(sections),
            "sha256": plan.source.sha256,
            "new_units": adoption.new_units,
        },
    )
    return adoption


def _check_adoptable(reading: Reading, government: Government, year: int) -> None:
    if not reading.tasks:
        raise InvalidInput("文件中没有读出任务，无法立项。请核对文件是否为任务清单。")
    if government.plans.filter(year=year).exists():
        raise InvalidInput(f"{government.name}{year}年的任务清单已经立项，不能重复立项。")
    leaderless = [str(t.number) for t in reading.tasks if not t.leads]
    if leaderless:
        raise InvalidInput(f"第{'、'.join(leaderless[:20])}项没有读出牵头单位，请在文件中补明后再立项。")
    if "\0" in reading.text:
        raise InvalidInput("文件中含有空字符（像是损坏的文本），不能立项。请另存为 UTF-8 文本后再试。")
    for task in reading.tasks:
        for quantity in task.quantities:
            _check_figures(task, quantity)


def _check_figures(task: ReadTask, quantity: Quantity) -> None:
    """A figure no register can keep is a slip of the pen or of the scanner: nobody owes it."""
    for value in (quantity.value, quantity.value_max):
        if value is not None and not (is_keepable(value) and round(value, DECIMALS) == value):
            raise InvalidInput(
                f"第{task.number}项“{quantity.text[:40]}”的数超过{DIGITS}位或小数超过{DECIMALS}位，"
                "请核对原文，改正后再立项。"
            )


def _create_plan(reading: Reading, government: Government, year: int, now: datetime) -> Plan:
    head = reading.document
    source = SourceDocument.objects.create(
        government=government,
        title=(head.title or f"{government.name}{year}年任务清单")[:300],
        doc_number=head.doc_number or "",
        issuer=head.issuer or "",
        written_on=head.written_on,
        published_on=head.published_on,
        file_name=head.source or "",
        sha256=head.sha256 or "",
        text=reading.text,
        reading=reading.to_dict(),
        read_at=now,
    )
    declared = reading.declared
    return Plan.objects.create(
        government=government,
        year=year,
        title=source.title,
        source=source,
        adopted_at=now,
        declared_tasks=declared.tasks if declared else None,
        declared_lead_units=declared.lead_units if declared else None,
        warnings=[{"code": w.code, "message": w.message} for w in reading.warnings],
    )


def _directory_for(
    reading: Reading, government: Government, create_missing: bool, adoption: Adoption, actor: Actor, now: datetime
) -> Directory:
    """A directory in which every printed name is found."""
    unknown = []
    for name in _printed_names(reading):
        directory = directory_of(government)
        if directory.find(name) is not None:
            continue
        if is_group_name(name):
            create_group(government=government, name=name, actor=actor, now=now)
        elif create_missing:
            create_unit(government=government, name=name, kind=guess_kind(name), actor=actor, now=now)
            adoption.new_units.append(name)
        else:
            unknown.append(name)
    if unknown:
        raise InvalidInput(f"以下单位尚未登记：{'、'.join(unknown)}。请先登记单位或补登别名，再立项。")
    return directory_of(government)


def _printed_names(reading: Reading) -> list[str]:
    """Leads first, so that the name of a heading becomes the unit's name and not a cooperating item's short form."""
    leads = [name for task in reading.tasks for name in task.leads]
    cooperating = [name for task in reading.tasks for name in task.cooperating]
    return list(dict.fromkeys("".join(name.split()) for name in (*leads, *cooperating)))


def _section_name(item: ReadTask) -> str:
    return item.section or "未分组"


def _create_sections(reading: Reading, plan: Plan, directory: Directory) -> dict[str, Section]:
    """Headings in printed order; a heading that is a unit's name groups that unit's tasks."""
    printed = {s.name: s for s in reading.sections}
    names = dict.fromkeys([*(s.name for s in reading.sections), *map(_section_name, reading.tasks)])
    used = {_section_name(t) for t in reading.tasks}
    sections = {}
    for order, name in enumerate((n for n in names if n in used), 1):
        heading = printed.get(name)
        unit = directory.find(name)
        sections[name] = Section.objects.create(
            plan=plan,
            order=order,
            name=name[:200],
            heading=(heading.heading if heading else name)[:300],
            declared=heading.declared if heading else None,
            unit=unit if isinstance(unit, Unit) else None,
        )
    return sections


def _create_task(item: ReadTask, order: int, plan: Plan, section: Section, directory: Directory) -> Task:
    limit = max(item.deadlines, key=lambda d: d.date, default=None)
    task = Task.objects.create(
        plan=plan,
        section=section,
        order=order,
        number=str(item.number),
        text=item.text,
        span_start=item.span.start,
        span_end=item.span.end,
        kind=_kind_of(item),
        reporting_unit=_reporting_unit(item, directory),
        due_on=limit.date if limit else date(plan.year, 12, 31),
        limit_text=limit.text[:100] if limit else "",
        projects=[{"name": p.name, "span": [p.span.start, p.span.end]} for p in item.projects],
        review=[{"field": note.field, "why": note.why} for note in item.review],
    )
    _create_parties(task, item, directory)
    return task


def _kind_of(item: ReadTask) -> TaskKind:
    if item.quantities or item.relations or item.full:
        return TaskKind.QUANTITATIVE
    has_end = any(outcome.stage not in OPEN_STAGES for outcome in item.outcomes)
    return TaskKind.NODE if has_end else TaskKind.QUALITATIVE


def _reporting_unit(item: ReadTask, directory: Directory) -> Unit:
    """The first lead that is one unit."""
    for name in item.leads:
        found = directory.find(name)
        if isinstance(found, Unit):
            return found
    raise InvalidInput(f"第{item.number}项的牵头单位“{'、'.join(item.leads)}”不是一个具体单位，请在文件中写明。")


def _create_parties(task: Task, item: ReadTask, directory: Directory) -> None:
    for role, names in ((PartyRole.LEAD, item.leads), (PartyRole.COOPERATING, item.cooperating)):
        for order, name in enumerate(names, 1):
            found = directory.find(name)
            which: dict[str, Any] = {"group": found} if isinstance(found, UnitGroup) else {"unit": found}
            TaskParty.objects.create(task=task, role=role, order=order, printed=name, **which)
