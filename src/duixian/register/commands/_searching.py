"""Keeping what the search looks through: part of the commands that change a task's words."""

from collections.abc import Iterable

from duixian.register.finding import words_of
from duixian.register.models import SearchText, Task


def index_tasks(tasks: Iterable[Task]) -> None:
    """Keep the words of tasks anew; what their reports say stays."""
    SearchText.objects.bulk_create(
        [SearchText(task=task, words=words_of(task)) for task in tasks],
        update_conflicts=True,
        update_fields=["words"],
        unique_fields=["task"],
    )
