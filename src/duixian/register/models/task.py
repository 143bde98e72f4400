"""A promise of the list, and who answers for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from duixian.assessing import Grade, Light
from duixian.register.enums import DUTIES_IN_FORCE, CarryState, LinkState, PartyRole, TaskKind
from duixian.register.models.plan import Plan, Section, SourceDocument
from duixian.units.enums import UnitKind
from duixian.units.models import Account, Unit, UnitGroup
from duixian.units.rules import may_see_everything, own_units

GRADE_CHOICES = [(g.value, g.value) for g in Grade]
LIGHT_CHOICES = [(light.value, light.value) for light in Light]


class TaskQuerySet(models.QuerySet["Task"]):
    """The one place that says what a person sees; pages, exports and totals all start here."""

    def visible_to(self, account: Account) -> "TaskQuerySet":
        """Whole registers for office, leaders and auditors; own and shared tasks for units; else nothing.

        What a later document no longer holds and the office took out is in no list and no total.
        """
        whole = may_see_everything(account)
        units = own_units(account)
        # asked for by itself: joined to every task it would cost a list of thousands its index
        seen = Plan.objects.filter(Q(government__in=whole) | Q(government__parent__in=whole))
        mine = Q(plan__in=seen.values("pk"))
        governed = [m.government_id for m in account.current_memberships if m.government.parent_id]
        if governed and whole:
            # a county's own office sees of its city's list what its county carries
            mine |= _carries_a_share(Unit.objects.filter(governs__in=set(whole) & set(governed)).values("pk"))
        if units:
            mine |= self._concerning(units)
            mine |= Q(pk__in=_tasks_of_forces(account, units))
        return self.in_force().filter(mine)

    def in_force(self) -> "TaskQuerySet":
        """Tasks that have not been taken out of the register."""
        return self.filter(withdrawn_at=None)

    def concerning(self, units: Sequence[int]) -> "TaskQuerySet":
        """Tasks these units answer for in any way: as reporting unit, party, member of a group, or with a part."""
        return self.filter(self._concerning(units))

    @staticmethod
    def _concerning(units: Sequence[int]) -> Q:
        return Q(reporting_unit__in=units) | _shared_with(units) | _carries_a_share(units)


def _shared_with(units: Sequence[int]) -> Q:
    """Tasks in which the units cooperate, have a part, or owe a figure as one of many (每个县区).

    Each way is asked for by itself: joined at once they would multiply a task's parties by its parts and targets.
    """
    ways = [
        Q(parties__unit__in=units),
        Q(parts__unit__in=units, parts__state__in=DUTIES_IN_FORCE),
        *_is_member(units, "parties__group"),
        *_is_member(units, "targets__members"),
    ]
    shared = Q()
    for way in ways:
        shared |= Q(pk__in=Task.objects.filter(way).values("pk"))
    return shared


def _tasks_of_forces(account: Account, units: list[int]) -> models.QuerySet["Task", int]:
    """Tasks of the task forces in which the person or one of the units works."""
    works = Q(task_forces__task_force__units__in=units) | Q(task_forces__task_force__people=account)
    return Task.objects.filter(works, task_forces__task_force__ended_on=None).values_list("pk", flat=True)


def _carries_a_share(units: Sequence[int] | models.QuerySet[Unit, Any]) -> Q:
    """One of the units was given a share of a target, or its own plan is held to carry the task."""
    states = [state for state in CarryState if state is not CarryState.NOT_CARRIED]
    given = Task.objects.filter(targets__breakdown__unit__in=units, targets__breakdown__state__in=states)
    carried = Task.objects.filter(links__unit__in=units, links__state=LinkState.CONFIRMED)
    return Q(pk__in=given.values("pk")) | Q(pk__in=carried.values("pk"))


def _is_member(units: Sequence[int], group: str) -> list[Q]:
    """One of the units belongs to the group: listed, or as one of all counties."""
    counties = Unit.objects.filter(pk__in=units, kind=UnitKind.COUNTY)
    everyone = {f"{group}__is_all_counties": True, f"{group}__government__units__in": counties}
    return [Q(**{f"{group}__listed__in": units}), Q(**everyone)]


class Task(models.Model):
    """任务: one numbered item. Its words are the document's; its standing is what was last assessed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    section = models.ForeignKey(Section, models.PROTECT, related_name="tasks")
    order = models.PositiveIntegerField()
    number = models.CharField(max_length=20)
    text = models.TextField()
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    # the document its words stand in, where that is not the plan's own: a later version of it
    source = models.ForeignKey(SourceDocument, models.PROTECT, null=True, blank=True, related_name="tasks")
    kind = models.CharField(max_length=14, choices=TaskKind)
    # the lead the item itself names answers for it, which is not always the heading's department
    reporting_unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks_to_report")
    due_on = models.DateField()
    # as extended; the limit as promised stays beside it
    amended_due_on = models.DateField(null=True, blank=True)
    limit_text = models.CharField(max_length=100, blank=True)
    projects = models.JSONField(default=list)
    review = models.JSONField(default=list)
    # a changed document no longer holds it, and the office took it out; what was reported stays
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    # the last assessment, for lists and totals; `reporting.Standing` keeps every month's
    grade = models.CharField(max_length=12, choices=GRADE_CHOICES, default=Grade.OTHER)
    light = models.CharField(max_length=6, choices=LIGHT_CHOICES, blank=True)
    reason = models.TextField(blank=True)
    graded_month = models.DateField(null=True, blank=True)
    # a person's word stands in place of what was computed
    is_overridden = models.BooleanField(default=False)
    # as first promised, where something else is in force by now
    promised_grade = models.CharField(max_length=12, choices=GRADE_CHOICES, blank=True)
    promised_light = models.CharField(max_length=6, choices=LIGHT_CHOICES, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("plan_id", "order")
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="task_order_once")]
        indexes = [
            models.Index(fields=["plan", "light"]),
            models.Index(fields=["plan", "grade"]),
            # all that totals count by stands in the index: the long rows of the words are not read for them
            models.Index(
                fields=["plan", "withdrawn_at", "section", "kind", "grade", "light", "reporting_unit"],
                name="task_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}项"

    @property
    def document_id(self) -> int:
        """The document its span counts in."""
        return self.source_id or self.plan.source_id

    @property
    def current_due_on(self) -> date:
        """The limit in force: as extended, else as promised."""
        return self.amended_due_on or self.due_on

    @property
    def leads(self) -> list["TaskParty"]:
        """In printed order; uses a prefetch of `parties` where there is one."""
        return [p for p in self.parties.all() if p.role == PartyRole.LEAD]

    @property
    def cooperating(self) -> list["TaskParty"]:
        """In printed order."""
        return [p for p in self.parties.all() if p.role == PartyRole.COOPERATING]


class TaskParty(models.Model):
    """A unit or a group that leads or cooperates, under the name the document prints."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=12, choices=PartyRole)
    order = models.PositiveSmallIntegerField()
    printed = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="duties")
    group = models.ForeignKey(UnitGroup, models.PROTECT, null=True, blank=True, related_name="duties")

    class Meta:
        ordering = ("task_id", "role", "order")
        verbose_name_plural = "task parties"
        constraints = [
            models.CheckConstraint(
                name="party_is_unit_or_group",
                condition=Q(unit__isnull=False, group__isnull=True) | Q(unit__isnull=True, group__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.printed
