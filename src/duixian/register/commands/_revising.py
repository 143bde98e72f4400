"""A task of the register takes on the words and figures of a changed document; what hangs on its parts stays."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import ProtectedError

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput
from duixian.reading import Quantity, Reading, ReadTask
from duixian.register.commands._adopting import create_parties, described, reporting_unit
from duixian.register.commands._amending_by_document import ByDocument
from duixian.register.commands._comparing import is_amount, is_total, quantity_of
from duixian.register.commands._measures import Measures
from duixian.register.commands._searching import index_tasks
from duixian.register.differing import paired
from duixian.register.models import Outcome, Section, SourceDocument, Target, Task
from duixian.register.queries import tasks_with_parts
from duixian.units.queries import Directory


def revise_task(
    task: Task,
    item: ReadTask,
    *,
    section: Section,
    reading: Reading,
    source: SourceDocument,
    directory: Directory,
    actor: Actor,
    now: datetime,
) -> None:
    """Set the task to what the changed document says. Targets and outcomes that go on keep their identity.

    Figures and limits that change stand beside what was first promised, as amendments the document is the reason of.
    Raises InvalidInput where a target is gone on which other work rests.
    """
    by_document = ByDocument(source, actor, now)
    limit = _describe(task, item)
    task.section, task.source = section, source
    task.reporting_unit = reporting_unit(item, directory)
    task.save()
    task.parties.all().delete()
    create_parties(task, item, directory)
    by_document.set_limit(task, limit)
    making = Measures(task, item, reading, directory, actor, now)
    targets = list(task.targets.select_related("indicator", "against"))
    _revise_amounts([t for t in targets if is_amount(t)], item.quantities, making, by_document)
    _revise_totals([t for t in targets if is_total(t)], making)
    _revise_relations([t for t in targets if t.against is not None], making)
    _revise_outcomes(task, item, making, by_document)
    index_tasks(tasks_with_parts(Task.objects.filter(pk=task.pk)))


def _describe(task: Task, item: ReadTask) -> date:
    """The item's words become the task's, all but its limit; returns the limit."""
    described_now = described(item, task.plan.year)
    limit: date = described_now.pop("due_on")
    if limit != task.due_on:
        # the printed words of a limit go with the limit they were printed for; none meant the year's end
        described_now["limit_text"] = task.limit_text or "年底前"
    for name, value in described_now.items():
        setattr(task, name, value)
    return limit


def _revise_amounts(
    targets: Sequence[Target], quantities: Sequence[Quantity], making: Measures, by_document: ByDocument
) -> None:
    old = [quantity_of(target) for target in targets]
    of = {id(quantity): target for quantity, target in zip(old, targets, strict=True)}
    place = {id(quantity): order for order, quantity in enumerate(quantities, 1)}
    for before, after in paired(old, quantities):
        # another unit is another series: what was reported in the old one stays with the old one
        goes_on = before is not None and after is not None and before.unit == after.unit
        if before is not None and not goes_on:
            _remove(of[id(before)])
        if after is None:
            continue
        if goes_on:
            target = of[id(before)]
            making.renew(target, place[id(after)], after)
            by_document.set_value(target, after.value, after.value_max)
            by_document.set_limit(making.task, after.by or making.year_end, of=target)
        else:
            making.add_quantity(place[id(after)], after)


def _revise_totals(targets: Sequence[Target], making: Measures) -> None:
    if making.item.full is None:
        for target in targets:
            _remove(target)
    elif not targets:
        making.add_full(len(making.item.quantities) + 1)
    else:
        making.move_to_words(targets[0], making.item.full.text)


def _revise_relations(targets: Sequence[Target], making: Measures) -> None:
    """Comparisons hold no figures of their own: they are made anew."""
    for target in targets:
        _remove(target)
    for order, relation in enumerate(making.item.relations, len(making.item.quantities) + 2):
        making.add_relation(order, relation)


def _revise_outcomes(task: Task, item: ReadTask, making: Measures, by_document: ByDocument) -> None:
    rest = list(task.outcomes.all())
    for order, read in enumerate(item.outcomes, 1):
        same = [o for o in rest if o.object == read.object[:200]]
        known = next((o for o in same if o.stage == read.stage), same[0] if same else None)
        if known is None:
            making.add_outcome(order, read)
            continue
        rest.remove(known)
        known.order, known.stage, known.text = order, read.stage, read.text[:300]
        known.span_start, known.span_end = read.span.start, read.span.end
        known.is_implied = read.implied
        known.save()
        by_document.set_limit(task, read.by or making.year_end, of=known)
    for outcome in rest:
        _remove(outcome)


def _remove(part: Target | Outcome) -> None:
    try:
        part.delete()
    except ProtectedError as error:
        raise InvalidInput(f"“{part}”已有填报或分解，不能随新文件取消。请先在任务页办理，再采纳本项。") from error


__all__ = ["revise_task"]
