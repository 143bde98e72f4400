"""Where the items of a changed document stand among the tasks of its plan: behind what they follow in the document."""

from collections.abc import Sequence

from django.db.models import F

from duixian.register.commands._reviewing import STEP
from duixian.register.enums import ItemChange
from duixian.register.models import ImportDraft, ImportItem, Plan, Section, Task


def places_for(items: Sequence[ImportItem], plan: Plan, draft: ImportDraft) -> list[int]:
    """The orders new tasks get, in the sequence of `items`; the plan's other tasks keep theirs and make room."""
    new = {item.pk for item in items}
    after: dict[int, list[int]] = {}
    last = 0
    for item in draft.items.exclude(change=ItemChange.GONE).order_by("order"):
        if item.pk in new:
            after.setdefault(last, []).append(item.pk)
        elif item.task_id:
            last = item.task_id
    tasks = list(plan.tasks.order_by("order").values_list("pk", flat=True))
    sequence: list[tuple[int, int]] = [(0, pk) for pk in after.pop(0, [])]
    for task in tasks:
        sequence.append((task, 0))
        sequence += [(0, pk) for pk in after.get(task, [])]
    _renumber(plan, {task: place * STEP for place, (task, _item) in enumerate(sequence, 1) if task})
    orders = {item: place * STEP for place, (_task, item) in enumerate(sequence, 1) if item}
    return [orders[item.pk] for item in items]


def _renumber(plan: Plan, orders: dict[int, int]) -> None:
    """Give the tasks new places; all step aside first, because no two may ever stand at one."""
    aside = 2 * max([*orders.values(), *plan.tasks.values_list("order", flat=True)], default=0)
    plan.tasks.update(order=F("order") + aside)
    Task.objects.bulk_update([Task(pk=pk, order=order) for pk, order in orders.items()], ["order"], batch_size=500)


def place_sections(plan: Plan) -> None:
    """Headings stand in the sequence of their first tasks."""
    first: dict[int, int] = {}
    for key, place in plan.tasks.order_by("order").values_list("section", "order"):
        first.setdefault(key, place)
    sections = sorted(plan.sections.all(), key=lambda s: (first.get(s.pk, 0), s.order))
    for order, section in enumerate(sections, 1):
        section.order = order
    Section.objects.bulk_update(sections, ["order"])


__all__ = ["place_sections", "places_for"]
