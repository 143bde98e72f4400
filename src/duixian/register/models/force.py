"""Which tasks a task force carries, and which leader sponsors a task of his own."""

from django.db import models

from duixian.register.models.task import Task
from duixian.units.models import Account, TaskForce


class TaskForceTask(models.Model):
    """A task that a task force (专班) carries."""

    task_force = models.ForeignKey(TaskForce, models.CASCADE, related_name="linked_tasks")
    task = models.ForeignKey(Task, models.CASCADE, related_name="task_forces")

    class Meta:
        ordering = ("task_force_id", "task__order", "task_id")
        constraints = [models.UniqueConstraint(fields=["task_force", "task"], name="task_in_force_once")]

    def __str__(self) -> str:
        return f"{self.task_force}：{self.task}"


class TaskSponsor(models.Model):
    """包联领导: a leader who sponsors one task, whoever leads it."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="sponsors")
    account = models.ForeignKey(Account, models.PROTECT, related_name="sponsored_tasks")

    class Meta:
        ordering = ("task_id", "pk")
        constraints = [models.UniqueConstraint(fields=["task", "account"], name="task_sponsor_once")]

    def __str__(self) -> str:
        return f"{self.account}包联{self.task}"
