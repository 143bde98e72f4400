"""Keeping what the search looks through: part of the commands that change a task's words."""

from collections.abc import Iterable

from duixian.register.models import SearchText, Task
from duixian.register.searching import search_words


def index_tasks(tasks: Iterable[Task]) -> None:
    """Keep the words of tasks anew; what their reports say stays."""
    SearchText.objects.bulk_create(
        [SearchText(task=task, words=words_of(task)) for task in tasks],
        update_conflicts=True,
        update_fields=["words"],
        unique_fields=["task"],
    )


def words_of(task: Task) -> str:
    """The item as printed, its heading, its parties under their printed names, and what it was read as."""
    texts = [task.text, task.section.heading, task.section.name]
    texts += [party.printed for party in task.parties.all()]
    texts += [str(project.get("name", "")) for project in task.projects]
    for target in task.targets.all():
        texts += [target.text, target.indicator.name]
    for outcome in task.outcomes.all():
        texts += [outcome.object, outcome.text]
    return search_words(texts)
