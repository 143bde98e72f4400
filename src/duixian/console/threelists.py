"""三张清单: tasks, responsibilities and time nodes of whoever the register's filters mean. Always from the register."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duixian.console import timenodes, wording
from duixian.console.listed import Listed
from duixian.console.people import Responsible, responsible_of
from duixian.console.rows import TaskRow
from duixian.register.models import Task

Cells = list[str | date]
Batches = Iterable[Sequence[TaskRow]]


@dataclass(frozen=True, slots=True)
class ThreeList:
    """One of the three: its columns with their widths, and its rows from rows of the register, a batch at a time."""

    name: str
    label: str | Promise
    columns: tuple[tuple[str | Promise, int], ...]
    rows: Callable[[Listed, Batches], Iterator[Cells]]
    # sorted over the whole list, so it is never made for one page alone
    is_whole: bool = False


def _tasks(_found: Listed, batches: Batches) -> Iterator[Cells]:
    for batch in batches:
        for row in batch:
            task = row.task
            goals = "；".join(part.name for part in row.parts) or _("原文未写明数量")
            yield [task.number, task.text, goals, row.limit, _named(task.leads), _named(task.cooperating)]


def _duties(found: Listed, batches: Batches) -> Iterator[Cells]:
    for batch in batches:
        people = responsible_of([row.task for row in batch], found.plan, found.shell.today)
        for row in batch:
            yield _duty(row.task, people[row.task.pk])


def _duty(task: Task, who: Responsible) -> Cells:
    helpers = "；".join([*who.parts, *(p.printed for p in task.cooperating if p.unit_id not in who.dividing)])
    text = wording.short(task.text, 60)
    people = [who.accountable, who.liaison, helpers, who.in_charge, who.sponsors, who.forces]
    return [task.number, text, _named(task.leads), task.reporting_unit.name, *people]


def _nodes(found: Listed, batches: Batches) -> Iterator[Cells]:
    yield from map(node_cells, timenodes.nodes_by_date(found, batches))


def node_cells(node: timenodes.TimeNode) -> Cells:
    """A line of the list of time nodes."""
    return [node.on, node.task.number, node.what, str(node.kind), node.who, node.state]


def _named(parties: Iterable[object]) -> str:
    return "、".join(str(party) for party in parties)


_t = gettext_lazy
THREE = (
    ThreeList(
        "tasks",
        _t("任务清单"),
        (
            (_t("序号"), 6),
            (_t("任务"), 60),
            (_t("目标"), 40),
            (_t("完成时限"), 14),
            (_t("牵头单位"), 18),
            (_t("配合单位"), 30),
        ),
        _tasks,
    ),
    ThreeList(
        "duties",
        _t("责任清单"),
        (
            (_t("序号"), 6),
            (_t("任务"), 44),
            (_t("牵头单位"), 16),
            (_t("填报单位"), 14),
            (_t("责任人"), 10),
            (_t("联络员"), 10),
            (_t("配合单位及分工"), 44),
            (_t("分管领导"), 12),
            (_t("包联领导"), 12),
            (_t("专班"), 16),
        ),
        _duties,
    ),
    ThreeList(
        "nodes",
        _t("时间节点清单"),
        (
            (_t("日期"), 12),
            (_t("任务序号"), 9),
            (_t("事项"), 60),
            (_t("节点类别"), 12),
            (_t("责任单位"), 18),
            (_t("状态"), 20),
        ),
        _nodes,
        is_whole=True,
    ),
)
LISTS = {one.name: one for one in THREE}
