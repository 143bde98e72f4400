"""What adopting a whole document and adopting some of its items have in common: plan, headings, tasks, parties."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput
from duixian.indicators.limits import DECIMALS, DIGITS, is_keepable
from duixian.reading import Quantity, Reading, ReadTask
from duixian.register.commands._measures import add_measures, add_relations
from duixian.register.commands._searching import index_tasks
from duixian.register.enums import OPEN_STAGES, PartyRole, TaskKind
from duixian.register.models import Plan, Section, SourceDocument, Task, TaskParty
from duixian.register.queries import tasks_with_parts
from duixian.units.commands import create_group, create_unit
from duixian.units.models import Government, Unit, UnitGroup
from duixian.units.naming import guess_kind, is_group_name
from duixian.units.queries import Directory, directory_of


def check_items(items: Iterable[ReadTask]) -> None:
    """Refuse what no register can hold: items nobody leads, figures that are slips of the pen. Raises InvalidInput."""
    items = list(items)
    leaderless = [str(t.number) for t in items if not t.leads]
    if leaderless:
        raise InvalidInput(f"第{'、'.join(leaderless[:20])}项没有读出牵头单位，请在文件中补明后再立项。")
    for item in items:
        for quantity in item.quantities:
            _check_figures(item, quantity)


def _check_figures(task: ReadTask, quantity: Quantity) -> None:
    """A figure no register can keep is a slip of the pen or of the scanner: nobody owes it."""
    for value in (quantity.value, quantity.value_max):
        if value is not None and not (is_keepable(value) and round(value, DECIMALS) == value):
            raise InvalidInput(
                f"第{task.number}项“{quantity.text[:40]}”的数超过{DIGITS}位或小数超过{DECIMALS}位，"
                "请核对原文，改正后再立项。"
            )


def create_source(reading: Reading, government: Government, year: int, now: datetime) -> SourceDocument:
    """The document as read, kept for good."""
    head = reading.document
    return SourceDocument.objects.create(
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


def create_plan(reading: Reading, government: Government, year: int, now: datetime) -> Plan:
    """An empty plan with its source."""
    source = create_source(reading, government, year, now)
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


def directory_for(
    items: Iterable[ReadTask], government: Government, *, create_missing: bool, actor: Actor, now: datetime
) -> tuple[Directory, list[str]]:
    """A directory in which every printed name is found, and the names of units that were made for it."""
    unknown: list[str] = []
    made: list[str] = []
    directory = directory_of(government)
    for name in printed_names(items):
        if directory.find(name) is not None:
            continue
        if is_group_name(name):
            create_group(government=government, name=name, actor=actor, now=now)
        elif create_missing:
            create_unit(government=government, name=name, kind=guess_kind(name), actor=actor, now=now)
            made.append(name)
        else:
            unknown.append(name)
            continue
        directory = directory_of(government)
    if unknown:
        raise InvalidInput(f"以下单位尚未登记：{'、'.join(unknown)}。请先登记单位或补登别名，再立项。")
    return directory, made


def printed_names(items: Iterable[ReadTask]) -> list[str]:
    """Leads first, so that the name of a heading becomes the unit's name and not a cooperating item's short form."""
    items = list(items)
    leads = [name for task in items for name in task.leads]
    cooperating = [name for task in items for name in task.cooperating]
    return list(dict.fromkeys("".join(name.split()) for name in (*leads, *cooperating)))


def section_name(item: ReadTask) -> str:
    """The printed heading an item stands under."""
    return item.section or "未分组"


def sections_for(
    items: Sequence[ReadTask], everything: Iterable[ReadTask], reading: Reading, plan: Plan, directory: Directory
) -> dict[str, Section]:
    """The headings of `items`, made where the plan has none yet, in the order they have among `everything`.

    A heading that is a unit's name groups that unit's tasks.
    """
    everything = list(everything)
    printed = {s.name: s for s in reading.sections}
    names = dict.fromkeys([*(s.name for s in reading.sections), *map(section_name, everything)])
    used = {section_name(t) for t in everything}
    wanted = set(map(section_name, items))
    known = {s.name: s for s in plan.sections.all()}
    for order, name in enumerate((n for n in names if n in used), 1):
        if name not in wanted or name[:200] in known:
            continue
        heading = printed.get(name)
        unit = directory.find(name)
        known[name[:200]] = Section.objects.create(
            plan=plan,
            order=order,
            name=name[:200],
            heading=(heading.heading if heading else name)[:300],
            declared=heading.declared if heading else None,
            unit=unit if isinstance(unit, Unit) else None,
        )
    return {name: known[name[:200]] for name in wanted}


def add_tasks(
    placed: Sequence[tuple[int, ReadTask]],
    *,
    plan: Plan,
    sections: dict[str, Section],
    reading: Reading,
    directory: Directory,
    source: SourceDocument | None,
    actor: Actor,
    now: datetime,
) -> list[Task]:
    """Tasks with all they promise, each at its place in the plan; `source` where it is not the plan's own document."""
    made = []
    for order, item in placed:
        task = _create_task(item, order, plan, sections[section_name(item)], directory, source)
        add_measures(task=task, item=item, reading=reading, directory=directory, actor=actor, now=now)
        made.append(task)
    # a comparison is made once all amounts are there
    for task, (_, item) in zip(made, placed, strict=True):
        add_relations(task=task, item=item, reading=reading, directory=directory, actor=actor, now=now)
    index_tasks(tasks_with_parts(Task.objects.filter(pk__in=[task.pk for task in made])))
    return made


def _create_task(
    item: ReadTask, order: int, plan: Plan, section: Section, directory: Directory, source: SourceDocument | None
) -> Task:
    task = Task.objects.create(
        plan=plan,
        section=section,
        order=order,
        source=source,
        reporting_unit=reporting_unit(item, directory),
        **described(item, plan.year),
    )
    create_parties(task, item, directory)
    return task


def described(item: ReadTask, year: int) -> dict[str, Any]:
    """What a task keeps of its item's own words and limit."""
    limit = max(item.deadlines, key=lambda d: d.date, default=None)
    return {
        "number": str(item.number),
        "text": item.text,
        "span_start": item.span.start,
        "span_end": item.span.end,
        "kind": _kind_of(item),
        "due_on": limit.date if limit else date(year, 12, 31),
        "limit_text": limit.text[:100] if limit else "",
        "projects": [{"name": p.name, "span": [p.span.start, p.span.end]} for p in item.projects],
        "review": [{"field": note.field, "why": note.why} for note in item.review],
    }


def _kind_of(item: ReadTask) -> TaskKind:
    if item.quantities or item.relations or item.full:
        return TaskKind.QUANTITATIVE
    has_end = any(outcome.stage not in OPEN_STAGES for outcome in item.outcomes)
    return TaskKind.NODE if has_end else TaskKind.QUALITATIVE


def reporting_unit(item: ReadTask, directory: Directory) -> Unit:
    """The first lead that is one unit."""
    for name in item.leads:
        found = directory.find(name)
        if isinstance(found, Unit):
            return found
    raise InvalidInput(f"第{item.number}项的牵头单位“{'、'.join(item.leads)}”不是一个具体单位，请在文件中写明。")


def create_parties(task: Task, item: ReadTask, directory: Directory) -> None:
    """Who leads and who cooperates, under the printed names."""
    for role, names in ((PartyRole.LEAD, item.leads), (PartyRole.COOPERATING, item.cooperating)):
        for order, name in enumerate(names, 1):
            found = directory.find(name)
            which: dict[str, Any] = {"group": found} if isinstance(found, UnitGroup) else {"unit": found}
            TaskParty.objects.create(task=task, role=role, order=order, printed=name, **which)
