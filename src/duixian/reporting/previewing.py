"""How tasks would stand if reports were approved as they are: computed with the rules of assessment, stored nowhere."""

from collections.abc import Mapping, Sequence
from datetime import date

from duixian.assessing import Assessment
from duixian.periods import add_months, month_end
from duixian.register.models import Task
from duixian.reporting.commands._grading import assess_parts, promises_of
from duixian.reporting.content import NodeEntry
from duixian.reporting.enums import Progress
from duixian.reporting.facts import Knowledge, Reached, gather
from duixian.reporting.listings import content_at_hand
from duixian.reporting.models import Report
from duixian.reporting.models.standing import TASK_PART

# part -> its assessment; "task" is the task's own
Preview = dict[str, Assessment]


def if_approved(
    reports: Sequence[Report], tasks: Mapping[int, Task], *, month: date, today: date
) -> dict[int, Preview]:
    """Task id -> its parts, with all these reports of the month taken as approved.

    Reports from `with_content`, tasks (by id) from `tasks_with_parts`; the number of queries does not grow with them.
    """
    if not reports:
        return {}
    mine = [tasks[report.task_id] for report in reports]
    known = gather(mine, month=month, today=min(today, month_end(add_months(month, 1))))
    for report in reports:
        _take_in(report, known)
    thresholds = mine[0].plan.thresholds()
    return {
        task.pk: {g.part: g.assessment for g in assess_parts(promises_of(task), known, thresholds)} for task in mine
    }


def light_of(preview: Preview) -> Assessment:
    """The task's own, which shows its worst part."""
    return preview[TASK_PART]


def _take_in(report: Report, known: Knowledge) -> None:
    content = content_at_hand(report)
    for figure in content.figures:
        if figure.value is not None:
            known.series.setdefault(figure.indicator_id, {}).setdefault(figure.member_id, {})[known.month] = (
                figure.value
            )
        elif figure.unavailable_reason:
            known.unavailable[(report.task_id, figure.indicator_id)] = figure.unavailable_reason
    for node in content.nodes:
        if node.progress:
            key = ("outcome", node.outcome_id) if node.outcome_id else ("milestone", node.milestone_id or 0)
            known.nodes[key] = Reached(_done_on(node, known.month), node.will_be_met)
    known.reported.add(report.task_id)


def _done_on(node: NodeEntry, month: date) -> date | None:
    return (node.done_on or month_end(month)) if node.progress == Progress.REACHED else None
