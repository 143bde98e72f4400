"""What the search looks through, kept by the commands that change it."""

from django.db import models

from duixian.register.models.task import Task


class SearchText(models.Model):
    """A task's words evened out by `register.searching`. Names of units are not here: they are looked up when asked."""

    task = models.OneToOneField(Task, models.CASCADE, primary_key=True, related_name="search")
    words = models.TextField()
    # the latest approved report's words
    account = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.words[:40]
