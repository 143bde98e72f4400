"""A task of the register takes on the words and figures of a changed document; what hangs on its parts stays."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import ProtectedError

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput
from duixian.reading import Quantity, Reading, ReadTask
from duixian.register.commands._adopting import create_parties, described, reporting_unit
from duixian.register.commands._comparing import is_amount, is_total, quantity_of
from duixian.register.commands._measures import Measures
from duixian.register.differing import paired
from duixian.register.models import Outcome, Section, SourceDocument, Target, Task
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

    Raises InvalidInput where a target is gone on which other work rests.
    """
    for name, value in described(item, task.plan.year).items():
        setattr(task, name, value)
    task.section, task.source = section, source
    task.reporting_unit = reporting_unit(item, directory)
    task.save()
    task.parties.all().delete()
    create_parties(task, item, directory)
    making = Measures(task, item, reading, directory, actor, now)
    targets = list(task.targets.select_related("indicator", "against"))
    _revise_amounts([t for t in targets if is_amount(t)], item.quantities, making)
    _revise_totals([t for t in targets if is_total(t)], making)
    _revise_relations([t for t in targets if t.against is not None], making)
    _revise_outcomes(task, item, making)


def _revise_amounts(targets: Sequence[Target], quantities: Sequence[Quantity], making: Measures) -> None:
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
            making.renew(of[id(before)], place[id(after)], after)
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


def _revise_outcomes(task: Task, item: ReadTask, making: Measures) -> None:
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
        known.due_on, known.is_implied = read.by or date(task.plan.year, 12, 31), read.implied
        known.save()
    for outcome in rest:
        _remove(outcome)


def _remove(part: Target | Outcome) -> None:
    try:
        part.delete()
    except ProtectedError as error:
        raise InvalidInput(f"“{part}”已有填报或分解，不能随新文件取消。请先在任务页办理，再采纳本项。") from error


__all__ = ["revise_task"]
