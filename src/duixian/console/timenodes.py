"""Every date of some tasks in one line of time: limits of tasks, amounts, outcomes; nodes on the way; parts given."""

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duixian.console import wording
from duixian.console.listed import Listed
from duixian.console.rows import Nodes, PartRow, TaskRow, node_word
from duixian.register.duties import parts_of
from duixian.register.enums import DUTIES_IN_FORCE, FilingState
from duixian.register.models import Milestone, Outcome, Part, Target, Task
from duixian.reporting.deadlines import IN_FORCE
from duixian.reporting.enums import Progress
from duixian.reporting.listings import nodes_of

TASK, TARGET, OUTCOME = gettext_lazy("任务期限"), gettext_lazy("目标期限"), gettext_lazy("成果期限")
# day, place of the task in the list, id of the task
DateKey = tuple[date, int, int]
STEP, PART = gettext_lazy("节点"), gettext_lazy("分工")


@dataclass(frozen=True, slots=True)
class TimeNode:
    """What is due on a day, of which task, by whom, and how it stands."""

    on: date
    task: Task
    what: str
    kind: str | Promise
    who: str
    state: str


def nodes_by_date(found: Listed, batches: Iterable[Sequence[TaskRow]]) -> list[TimeNode]:
    """All of them, the earliest first; on one day as the list is printed."""
    nodes = [node for batch in batches for node in _of_batch(batch, found)]
    return sorted(nodes, key=lambda node: (node.on, node.task.order))


def dates_of(found: Listed) -> list[DateKey]:
    """Day, place in the list and id of the task of every line there is, in the sequence of the lines.

    Only days are read, so that a page of a long list is cut without making the whole of it.
    """
    orders = dict(found.found.order_by().values_list("pk", "order"))
    mine = {"task__plan": found.plan}
    given = Q(part__in=Part.objects.filter(state__in=DUTIES_IN_FORCE, **mine))
    own = Q(state=FilingState.APPROVED) & (Q(part=None) | Q(outcome__isnull=False))
    sources = (
        Task.objects.filter(plan=found.plan).values_list("pk", IN_FORCE),
        Target.objects.filter(**mine).alias(on=IN_FORCE).exclude(on=None).values_list("task", IN_FORCE),
        Outcome.objects.filter(covered_by=None, **mine).values_list("task", IN_FORCE),
        Milestone.objects.filter(own, **mine).values_list("task", "due_on"),
        Milestone.objects.filter(given, **mine).values_list("task", "due_on"),
        Part.objects.filter(state__in=DUTIES_IN_FORCE, **mine).values_list("task", "due_on"),
    )
    rows = itertools.chain.from_iterable(source.order_by() for source in sources)
    return sorted((on, orders[task], task) for task, on in rows if task in orders)


def nodes_at(found: Listed, dates: Sequence[DateKey], start: int, most: int) -> list[TimeNode]:
    """The lines of `dates_of` from `start`, at most so many."""
    shown = dates[start : start + most]
    if not shown:
        return []
    keys = set(shown)
    tasks = found.tasks(list(dict.fromkeys(task for _on, _order, task in shown)))
    nodes = [n for n in nodes_by_date(found, [found.rows(tasks)]) if (n.on, n.task.order, n.task.pk) in keys]
    # several lines of one task on one day may stand on both sides of the cut
    before = start - bisect.bisect_left(dates, shown[0])
    return nodes[before : before + most]


def _of_batch(batch: Sequence[TaskRow], found: Listed) -> Iterator[TimeNode]:
    tasks = [row.task for row in batch]
    known = nodes_of(tasks, found.filters.month)
    for row in batch:
        yield from _of_row(row, known, found.shell.today)
    for part in parts_of(Task.objects.filter(pk__in=[t.pk for t in tasks])):
        yield TimeNode(part.due_on, part.task, part.text, PART, part.unit.name, _part_state(part, found.shell.today))
        for step in part.milestones.all():
            what, state = f"{part.text.rstrip('。；')}：{step.name}", _passed(step.due_on, found.shell.today)
            yield TimeNode(step.due_on, part.task, what, STEP, part.unit.name, state)


def _of_row(row: TaskRow, known: Nodes, today: date) -> Iterator[TimeNode]:
    task, parts = row.task, {part.key: part for part in row.parts}
    who = task.reporting_unit.name
    yield TimeNode(task.current_due_on, task, wording.short(task.text, 60), TASK, who, row.grade)
    for target in task.targets.all():
        if target.current_due_on and (part := parts.get(target.part_key)):
            yield TimeNode(target.current_due_on, task, part.name, TARGET, who, _graded(part))
    for outcome in task.outcomes.all():
        part = parts.get(outcome.part_key)
        if part:
            yield TimeNode(outcome.current_due_on, task, part.name, OUTCOME, who, _graded(part))
        for step in outcome.milestones.all():
            yield _step(step, f"{outcome.object}：{step.name}", task, known, today)
    for step in task.milestones.all():
        yield _step(step, step.name, task, known, today)


def _step(step: Milestone, what: str, task: Task, known: Nodes, today: date) -> TimeNode:
    node = known.get(("milestone", step.pk))
    word = node_word(node, task.plan.year)
    if node is not None and node.progress == Progress.REACHED:
        late = (node.done_on - step.due_on).days if node.done_on else 0
        state = _("%(day)s完成") % {"day": word} + (_("，迟%(n)s天") % {"n": late} if late > 0 else "")
    else:
        state = _passed(step.due_on, today, word)
    return TimeNode(step.due_on, task, what, STEP, task.reporting_unit.name, state)


def _graded(part: PartRow) -> str:
    """The grade, and days early or late where there are any."""
    late = part.standing is not None and (part.standing.days_late or part.standing.days_early)
    return "，".join(filter(None, [part.grade, part.deviation if late else ""])) or _("未评定")


def _part_state(part: Part, today: date) -> str:
    return "，".join(filter(None, [str(part.get_state_display()), _("已过期限") if part.due_on < today else ""]))


def _passed(due_on: date, today: date, word: str = "") -> str:
    return "，".join(filter(None, [word, _("已过期限") if due_on < today else _("未到期")]))
