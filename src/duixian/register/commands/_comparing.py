"""A changed document held against the register: every item new, changed, unchanged; every task it no longer holds."""

from dataclasses import replace
from datetime import date

from duixian.reading import (
    Accrual,
    Comparator,
    Deadline,
    Outcome,
    Polarity,
    Quantity,
    QuantityKind,
    ReadTask,
    Relation,
    Span,
    Stage,
)
from duixian.reading.serialise import task_to_dict
from duixian.register import models
from duixian.register.commands._reviewing import STEP, as_json
from duixian.register.differing import Difference, differences
from duixian.register.enums import ItemChange, ItemState
from duixian.register.matching import Told, matched
from duixian.register.models import ImportDraft, ImportItem, Plan, Target, Task
from duixian.register.printed import PRINTED, printed_limit, printed_value
from duixian.register.queries import tasks_with_parts


def compare_with_plan(draft: ImportDraft) -> None:
    """Set every item's change and differences, and add an item for every task that is gone."""
    assert draft.plan is not None
    tasks = tasks_of(draft.plan)
    known = [as_read(task) for task in tasks]
    items = list(draft.items.order_by("order"))
    found = matched([_told(item.read) for item in items], [_told(read) for read in known])
    for i, item in enumerate(items):
        if i in found:
            _compare(item, tasks[found[i]], known[found[i]])
    ImportItem.objects.bulk_update(items, ["task", "change", "differences", "state"])
    gone = [i for i in range(len(tasks)) if i not in found.values()]
    ImportItem.objects.bulk_create(
        ImportItem(
            draft=draft,
            order=(len(items) + place) * STEP,
            fields=task_to_dict(known[i]),
            change=ItemChange.GONE,
            task=tasks[i],
        )
        for place, i in enumerate(gone, 1)
    )


def tasks_of(plan: Plan) -> list[Task]:
    """Tasks of a plan that are in force, with all that is compared."""
    return list(tasks_with_parts(plan.tasks.in_force()).prefetch_related(*PRINTED).order_by("order"))


def _told(read: ReadTask) -> Told:
    return Told(str(read.number), read.text)


def _compare(item: ImportItem, task: Task, known: ReadTask) -> None:
    found = changes_of(known, item.read, task.plan.year)
    item.task = task
    item.change = ItemChange.CHANGED if found else ItemChange.SAME
    item.differences = as_json(found)
    if not found:
        item.state = ItemState.ADOPTED


def changes_of(known: ReadTask, read: ReadTask, year: int) -> list[Difference]:
    """Differences between a task of the register and an item, by what both keep: of limits the last one."""
    return differences(_kept(known, year), _kept(read, year), with_names=False)


def _kept(read: ReadTask, year: int) -> ReadTask:
    """Of limits the last one, and none where it is the year's end: that is meant where nothing is written."""
    end = date(year, 12, 31)
    last = max(read.deadlines, key=lambda d: d.date, default=None)
    return replace(
        read,
        deadlines=(last,) if last and last.date != end else (),
        outcomes=tuple(replace(o, by=None) if o.implied or o.by == end else o for o in read.outcomes),
        quantities=tuple(replace(q, by=None) if q.by == end else q for q in read.quantities),
    )


def as_read(task: Task) -> ReadTask:
    """A task of the register as its latest document prints it, in the reader's own type; totals without digits and
    series names are the register's."""
    limit = printed_limit(task)
    assert limit is not None
    targets = list(task.targets.all())
    return ReadTask(
        number=int(task.number) if task.number.isdecimal() else task.number,
        section=task.section.name,
        text=task.text,
        span=Span(task.span_start, task.span_end),
        leads=tuple(p.printed for p in task.leads),
        cooperating=tuple(p.printed for p in task.cooperating),
        quantities=tuple(quantity_of(t) for t in targets if is_amount(t)),
        deadlines=(Deadline(task.limit_text, Span(0, 0), limit, ""),),
        relations=tuple(_relation(t) for t in targets if t.against is not None),
        outcomes=tuple(map(_outcome, task.outcomes.all())),
    )


def _outcome(kept: models.Outcome) -> Outcome:
    span, limit = Span(kept.span_start, kept.span_end), None if kept.is_implied else printed_limit(kept)
    return Outcome(kept.object, Stage(kept.stage), kept.text, span, limit, kept.is_implied)


def is_amount(target: Target) -> bool:
    """Whether a target was printed as an amount: neither a comparison nor a total without digits."""
    return target.value is not None and not is_total(target)


def is_total(target: Target) -> bool:
    """全部开工: the words hold no figure, the register made it a hundred per cent."""
    return (
        target.value == 100 and target.unit_of_measure == "%" and not any(c in target.text for c in "%％0123456789百")
    )


def quantity_of(target: Target) -> Quantity:
    """A target as the amount the latest document prints."""
    value, value_max = printed_value(target)
    assert value is not None
    return Quantity(
        text=target.text,
        span=Span(target.span_start, target.span_end),
        indicator=target.indicator.name,
        value=value,
        value_max=value_max,
        unit=target.unit_of_measure,
        base_value=value,
        base_unit=target.unit_of_measure,
        comparator=Comparator(target.comparator),
        kind=QuantityKind(target.kind),
        polarity=Polarity(target.polarity),
        accrual=Accrual(target.accrual),
        direction=target.direction or None,
        strive=target.is_strive,
        per=target.per or None,
        by=printed_limit(target),
        stage=Stage(target.stage) if target.stage else None,
    )


def _relation(target: Target) -> Relation:
    assert target.against is not None
    span = Span(target.span_start, target.span_end)
    return Relation(target.text, span, target.indicator.name, Comparator(target.comparator), target.against.name)
