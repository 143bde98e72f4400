"""A document under review: what was read, what people mended, what became of each item."""

from django.db import models
from django.utils.functional import cached_property

from duixian.reading import Reading, ReadTask
from duixian.reading.restore import reading_from_dict, task_from_dict
from duixian.register.enums import ImportState, ItemChange, ItemState
from duixian.register.models.plan import Plan, SourceDocument
from duixian.register.models.task import Task
from duixian.units.enums import OFFICE_ROLES, Role
from duixian.units.models import Account, Government
from duixian.units.rules import counties_kept


class ImportQuerySet(models.QuerySet["ImportDraft"]):
    """Who sees which imports: the office of the government, and who audits it; a county's own people theirs."""

    def visible_to(self, account: Account) -> "ImportQuerySet":
        """Imports of the governments the person works or audits for, and of those right below them."""
        reading = (*OFFICE_ROLES, Role.AUDITOR)
        offices = [m.government_id for m in account.current_memberships if m.role in reading]
        offices += counties_kept(account)
        return self.filter(models.Q(government__in=offices) | models.Q(government__parent__in=offices))


class ImportDraft(models.Model):
    """导入: one document read and laid before the office. `reading` is what the reader said and never changes."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="imports")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    doc_number = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    # the file itself, under its own hash in the folder of uploads; blank where the text was pasted
    stored_as = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    reading = models.JSONField()
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.REVIEWING)
    # questions about the document as a whole that a person has answered: key -> answer
    settled = models.JSONField(default=dict)
    # the plan it is compared with or has begun to become
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="imports")
    source = models.ForeignKey(SourceDocument, models.PROTECT, null=True, blank=True, related_name="imports")
    # whether a plan was there before: then items are changes of its tasks
    is_second = models.BooleanField(default=False)
    started_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def current_state(self) -> ImportState:
        """The state as what it allows."""
        return ImportState(self.state)

    @cached_property
    def original(self) -> Reading:
        """What the reader said."""
        return reading_from_dict(self.reading, self.text)


class ImportItem(models.Model):
    """One item of the document as it stands after people's mending; adopted, it has a task."""

    draft = models.ForeignKey(ImportDraft, models.CASCADE, related_name="items")
    # wide steps, so that a split item finds its place without moving the others
    order = models.PositiveIntegerField()
    # the reader's JSON object of one task, with what people mended
    fields = models.JSONField()
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.TO_SEE)
    change = models.CharField(max_length=7, choices=ItemChange, default=ItemChange.NEW)
    settled = models.JSONField(default=dict)
    # counts every change, so that two people who mend one item at once are told
    revision = models.PositiveIntegerField(default=1)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="import_items")
    # field by field, before and after, where the register has the task with other words
    differences = models.JSONField(default=list)

    class Meta:
        ordering = ("draft_id", "order")
        constraints = [models.UniqueConstraint(fields=["draft", "order"], name="import_order_once")]
        indexes = [models.Index(fields=["draft", "state"])]

    def __str__(self) -> str:
        return f"第{self.fields['number']}项"

    @property
    def current_state(self) -> ItemState:
        """The state as what it allows."""
        return ItemState(self.state)

    @cached_property
    def read(self) -> ReadTask:
        """The fields as the reader's own type."""
        return task_from_dict(self.fields)


class Correction(models.Model):
    """更正: one field a person mended, with what it was and what it became."""

    draft = models.ForeignKey(ImportDraft, models.CASCADE, related_name="corrections")
    item = models.ForeignKey(ImportItem, models.SET_NULL, null=True, blank=True, related_name="corrections")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="corrections")
    number = models.CharField(max_length=20)
    field = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"第{self.number}项{self.field}"
