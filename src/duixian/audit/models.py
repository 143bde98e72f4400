"""The append-only trail. Nothing here refers to another table: an entry must outlive what it speaks of."""

from typing import Any, NoReturn

from django.db import models


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries are read and added; neither one nor many of them are changed or deleted."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("审计记录只增不改。")

    def delete(self) -> NoReturn:
        raise TypeError("审计记录不可删除。")


class AuditEntry(models.Model):
    """One act: who, when, from where, what, before, after, and the hash of the entry before."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=100)
    actor_unit = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=100, blank=True)
    action = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    object_label = models.CharField(max_length=200)
    # canonical JSON as text, not a JSON column: the hash needs the very bytes
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("审计记录只增不改。")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("审计记录不可删除。")


class AuditHead(models.Model):
    """The chain's end: one row, locked while an entry is added, so that entries stand in one line on every database."""

    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"
