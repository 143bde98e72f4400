"""采纳: items of a document under review enter the register, some or all, the rest later into the same plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import Conflict, InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.register.commands._adopting import (
    add_tasks,
    check_items,
    create_plan,
    create_source,
    directory_for,
    section_name,
    sections_for,
)
from duixian.register.commands._placing import place_sections, places_for
from duixian.register.commands._reviewing import keep_corrections, open_draft
from duixian.register.commands._revising import revise_task
from duixian.register.differing import Difference
from duixian.register.enums import ImportState, ItemChange, ItemState
from duixian.register.models import ImportDraft, ImportItem, Plan, Section, Task
from duixian.register.reviews import Review, review_of
from duixian.units.queries import Directory


@dataclass(slots=True)
class Accepted:
    """What came of accepting: the plan, and the tasks that were made, amended or taken out."""

    plan: Plan
    made: list[Task] = field(default_factory=list)
    amended: list[Task] = field(default_factory=list)
    withdrawn: list[Task] = field(default_factory=list)


@command
def accept_items(*, draft: ImportDraft, actor: Actor, now: datetime, chosen: dict[int, int] | None = None) -> Accepted:
    """Adopt the chosen items (id -> revision as seen), or every item that leaves nothing to decide; all or none.

    A task that a changed document no longer holds is taken out only when it is chosen by itself. Raises InvalidInput
    for items with open questions, Conflict where one was changed since, WrongState where another document became the
    year's plan meanwhile.
    """
    open_draft(draft, actor)
    fresh = ImportDraft.objects.select_related("government", "plan__source", "source").get(pk=draft.pk)
    items = _chosen(fresh, chosen)
    plan = _plan_for(fresh, now)
    accepted = Accepted(plan)
    _enter(accepted, fresh, [i for i in items if i.change != ItemChange.GONE], actor, now)
    for item in items:
        if item.change == ItemChange.GONE:
            accepted.withdrawn.append(_take_out(item, now))
        item.state = ItemState.ADOPTED
        item.revision += 1
    ImportItem.objects.bulk_update(items, ["state", "revision", "task"])
    _close_if_done(fresh, now)
    after = {
        "plan": plan.title,
        "made": [t.number for t in accepted.made],
        "amended": {t.number: i.differences for t, i in _amended(items, accepted)},
        "withdrawn": [t.number for t in accepted.withdrawn],
    }
    record(actor=actor, now=now, action="accept_items", target=fresh, after=after)
    return accepted


def _amended(items: Sequence[ImportItem], accepted: Accepted) -> list[tuple[Task, ImportItem]]:
    of = {item.task_id: item for item in items}
    return [(task, of[task.pk]) for task in accepted.amended]


def _chosen(draft: ImportDraft, chosen: dict[int, int] | None) -> list[ImportItem]:
    review = review_of(draft)
    if chosen is None:
        items = review.ready
        if not items:
            raise InvalidInput("没有可以采纳的项：余下的都有须定之处，或已经采纳。")
        return items
    items = [row.item for row in review.rows if row.item.pk in chosen]
    if len(items) != len(chosen) or any(item.revision != chosen[item.pk] for item in items):
        raise Conflict("所选的项刚刚被别人改过，没有采纳。请看过现在的内容再办理。")
    _check_chosen(review, items)
    return items


def _check_chosen(review: Review, items: Sequence[ImportItem]) -> None:
    for item in items:
        if not item.current_state.may_adopt:
            raise WrongState(f"{item}{item.get_state_display()}，不能采纳。")
        waiting = review.row_of(item).open_questions
        if waiting:
            raise InvalidInput(f"{item}还有{len(waiting)}处须定：{waiting[0].why}")
    unknown = {n for item in items if item.change != ItemChange.GONE for n in review.row_of(item).unknown}
    if unknown:
        raise InvalidInput(f"以下单位尚未登记：{'、'.join(sorted(unknown))}。请先在“须您定”中说明是哪个单位。")


def _plan_for(draft: ImportDraft, now: datetime) -> Plan:
    """The plan the items enter: made with the first of them, or the one the document is a later version for."""
    if draft.is_second:
        assert draft.plan is not None
        if draft.source is None:
            draft.source = create_source(draft.original, draft.government, draft.year, now)
            draft.save(update_fields=["source"])
        return draft.plan
    if draft.plan is None:
        if draft.government.plans.filter(year=draft.year).exists():
            raise WrongState(
                f"{draft.government.name}{draft.year}年已由另一份文件立项。请撤销这次导入，再导入一次，与台账比对。"
            )
        draft.plan = create_plan(draft.original, draft.government, draft.year, now)
        draft.source = draft.plan.source
        draft.save(update_fields=["plan", "source"])
    return draft.plan


def _enter(accepted: Accepted, draft: ImportDraft, items: list[ImportItem], actor: Actor, now: datetime) -> None:
    if not items:
        return
    reads = [item.read for item in items]
    check_items(reads)
    directory, _ = directory_for(reads, draft.government, create_missing=False, actor=actor, now=now)
    everything = [item.read for item in draft.items.exclude(change=ItemChange.GONE).order_by("order")]
    sections = sections_for(reads, everything, draft.original, accepted.plan, directory)
    new = [item for item in items if item.change == ItemChange.NEW]
    accepted.made = _add(new, accepted.plan, draft, sections, directory, actor, now)
    for item, task in zip(new, accepted.made, strict=True):
        item.task = task
    for item in items:
        if item.change == ItemChange.CHANGED:
            accepted.amended.append(_amend(item, draft, sections, directory, actor, now))


def _add(
    items: Sequence[ImportItem],
    plan: Plan,
    draft: ImportDraft,
    sections: dict[str, Section],
    directory: Directory,
    actor: Actor,
    now: datetime,
) -> list[Task]:
    # a first document's items keep their places
    orders = places_for(items, plan, draft) if draft.is_second and items else [item.order for item in items]
    made = add_tasks(
        [(order, item.read) for order, item in zip(orders, items, strict=True)],
        plan=plan,
        sections=sections,
        reading=draft.original,
        directory=directory,
        source=draft.source if draft.is_second else None,
        actor=actor,
        now=now,
    )
    if draft.is_second and made:
        place_sections(plan)
    return made


def _amend(
    item: ImportItem,
    draft: ImportDraft,
    sections: dict[str, Section],
    directory: Directory,
    actor: Actor,
    now: datetime,
) -> Task:
    assert item.task is not None
    assert draft.source is not None
    read = item.read
    revise_task(
        item.task,
        read,
        section=sections[section_name(read)],
        reading=draft.original,
        source=draft.source,
        directory=directory,
        actor=actor,
        now=now,
    )
    found = [Difference(d["field"], d["before"], d["after"]) for d in item.differences]
    keep_corrections(found, draft=draft, number=str(read.number), actor=actor, now=now, item=item, task=item.task)
    return item.task


def _take_out(item: ImportItem, now: datetime) -> Task:
    assert item.task is not None
    item.task.withdrawn_at = now
    item.task.save(update_fields=["withdrawn_at"])
    return item.task


def _close_if_done(draft: ImportDraft, now: datetime) -> None:
    waiting = draft.items.filter(state__in=[ItemState.TO_SEE, ItemState.READY]).exists()
    draft.changed_at = now
    if not waiting:
        draft.state = ImportState.ADOPTED
    draft.save(update_fields=["changed_at", "state"])
