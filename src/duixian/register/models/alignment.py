"""承接: a county's words held against the city's."""

from django.db import models
from django.db.models import Q

from duixian.register.enums import LinkRelation, LinkState
from duixian.register.models.target import Target
from duixian.register.models.task import Task
from duixian.units.models import Unit


class AlignmentLink(models.Model):
    """A phrase of a county's plan that carries a task of the city's, as computed or as a person made it.

    `share` is the county's figure over the city's, null where one is a level and the other a growth, or neither is a
    figure. `shortfalls` say where the county says less than the city, worst first, in words.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="links")
    target = models.ForeignKey(Target, models.CASCADE, null=True, blank=True, related_name="links")
    # the city's phrase and where it stands in the city's document
    city_text = models.CharField(max_length=300)
    city_start = models.PositiveIntegerField()
    city_end = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="links")
    county_task = models.ForeignKey(Task, models.CASCADE, related_name="upward_links")
    county_target = models.ForeignKey(Target, models.CASCADE, null=True, blank=True, related_name="upward_links")
    text = models.CharField(max_length=300)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    relation = models.CharField(max_length=12, choices=LinkRelation)
    share = models.DecimalField(max_digits=24, decimal_places=10, null=True, blank=True)
    confidence = models.DecimalField(max_digits=4, decimal_places=3, default=1)
    shortfalls = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=LinkState, default=LinkState.PROPOSED)
    is_by_hand = models.BooleanField(default=False)
    # whether the county's figure is part of the sum; a person may leave one out without denying the link
    is_counted = models.BooleanField(default=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("task_id", "unit__order", "-confidence", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "target", "county_task", "span_start", "span_end"],
                condition=Q(target__isnull=False),
                name="link_to_a_target_once",
            ),
            models.UniqueConstraint(
                fields=["task", "county_task", "span_start", "span_end"],
                condition=Q(target__isnull=True),
                name="link_to_a_task_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.text}"


class NearestTask(models.Model):
    """The city's phrase most like a county's figure that nothing takes up: a hint for people, linked with nothing."""

    county_target = models.OneToOneField(Target, models.CASCADE, related_name="nearest_in_city")
    task = models.ForeignKey(Task, models.CASCADE, related_name="nearest_to")
    target = models.ForeignKey(Target, models.CASCADE, null=True, blank=True, related_name="nearest_to")
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text
