"""采纳 from a review so that no task of it is ever without a grade."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.periods import month_of, today_in
from duixian.register.commands import Accepted, accept_items
from duixian.register.models import ImportDraft, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands._grading import grade_tasks


@command
def adopt_import(*, draft: ImportDraft, actor: Actor, now: datetime, chosen: dict[int, int] | None = None) -> Accepted:
    """Accept items of a document under review and grade what was made or amended, in one transaction."""
    accepted = accept_items(draft=draft, chosen=chosen, actor=actor, now=now)
    ids = [task.pk for task in (*accepted.made, *accepted.amended)]
    tasks = list(tasks_with_parts(Task.objects.filter(pk__in=ids)))
    grade_tasks(tasks, month=month_of(today_in(now)), now=now)
    return accepted
