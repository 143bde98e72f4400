"""重建查找索引: what the search looks through, made anew from the register and its approved reports."""

from collections.abc import Iterator
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.audit.trail import record
from duixian.register.finding import words_of
from duixian.register.models import Plan, SearchText, Task
from duixian.register.queries import tasks_with_parts
from duixian.register.rules import may_decide
from duixian.reporting.commands._searching import account_words
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report
from duixian.units.rules import require

BATCH = 500


@command
def rebuild_search(*, plan: Plan, actor: Actor, now: datetime) -> int:
    """Make the words of every task of a plan anew, also of those taken out; returns how many tasks there are."""
    require(may_decide(actor, plan))
    keys = list(plan.tasks.order_by("pk").values_list("pk", flat=True))
    SearchText.objects.filter(task__plan=plan).delete()
    for start in range(0, len(keys), BATCH):
        SearchText.objects.bulk_create(_texts(keys[start : start + BATCH]))
    record(actor=actor, now=now, action="rebuild_search", target=plan, after={"tasks": len(keys)})
    return len(keys)


def _texts(keys: list[int]) -> Iterator[SearchText]:
    # later months replace earlier ones
    reports = Report.objects.filter(task__in=keys, state=ReportState.APPROVED).order_by("round__month")
    told = {report.task_id: report for report in reports}
    for task in tasks_with_parts(Task.objects.filter(pk__in=keys)):
        yield SearchText(task=task, words=words_of(task), account=account_words(told.get(task.pk)))
