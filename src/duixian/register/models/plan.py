"""A year's list, its source, and its printed headings."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from django.db import models

from duixian.assessing import Light, Thresholds
from duixian.assessing.wording import USUAL_LIGHTS
from duixian.units.models import Government, Unit


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What a city may set for its plan besides thresholds; kept as rows beside them."""

    # working days in which a unit is to acknowledge what it was given
    acknowledge_working_days: int = 3
    # amendments are approved at last by the leader in charge; otherwise by the office's head
    leader_approves_amendments: bool = True


# the others say that something is behind or missing
MAY_COMMEND = (Light.GREEN.value, Light.BLUE.value)


class SourceDocument(models.Model):
    """The document as read: its text is what every span counts in, and never changes."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="documents")
    title = models.CharField(max_length=300)
    doc_number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=100, blank=True)
    written_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    reading = models.JSONField()
    read_at = models.DateTimeField()

    class Meta:
        ordering = ("-read_at",)

    def __str__(self) -> str:
        return self.title


class Plan(models.Model):
    """任务清单: the promises of one government for one year, adopted from one document."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    source = models.ForeignKey(SourceDocument, models.PROTECT, related_name="plans")
    adopted_at = models.DateTimeField()
    declared_tasks = models.PositiveIntegerField(null=True, blank=True)
    declared_lead_units = models.PositiveIntegerField(null=True, blank=True)
    # what the reader noticed about the document, kept for whoever asks later
    warnings = models.JSONField(default=list)

    class Meta:
        ordering = ("-year", "pk")
        constraints = [models.UniqueConstraint(fields=["government", "year"], name="one_plan_a_year")]

    def __str__(self) -> str:
        return self.title

    @property
    def short_title(self) -> str:
        """长治市2026年政府工作报告重点目标任务."""
        return f"{self.government.name}{self.year}年政府工作报告重点目标任务"

    def thresholds(self) -> Thresholds:
        """Where lights change for this plan: the rows a city set, else the defaults."""
        thresholds: Thresholds = self._as_set(Thresholds())
        return thresholds

    def rules(self) -> "PlanRules":
        """How this plan's duties and amendments go: the rows a city set, else the defaults."""
        rules: PlanRules = self._as_set(PlanRules())
        return rules

    def _as_set(self, defaults: Any) -> Any:
        known = {f.name: f.type for f in fields(defaults)}
        rows = {row.name: row.value for row in self.threshold_rows.all() if row.name in known}
        values = {
            name: _typed(value, str(getattr(known[name], "__name__", known[name]))) for name, value in rows.items()
        }
        return replace(defaults, **values)

    def light_words(self) -> dict[str, str]:
        """Light -> what it is called here: the names a city set, else the usual ones."""
        return dict(USUAL_LIGHTS) | {row.light: row.word for row in self.light_names.all()}

    def rewarding_lights(self) -> set[str]:
        """Lights that commend, where a city uses them so."""
        return {row.light for row in self.light_names.all() if row.is_reward and row.light in MAY_COMMEND}


def _typed(value: Decimal | None, kind: str) -> Decimal | int | bool | None:
    """As the threshold is used: days are whole, a switch is on or off."""
    if value is None or kind not in ("int", "bool"):
        return value
    return bool(value) if kind == "bool" else int(value)


class Threshold(models.Model):
    """One threshold or rule a city has changed, named as in `assessing.Thresholds` or `PlanRules`."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="threshold_rows")
    name = models.CharField(max_length=40)
    # null: no alarm on that side, for the thresholds that know it
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="threshold_once")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class LightName(models.Model):
    """What a city calls a light, and whether it commends: somewhere blue rewards, elsewhere red does."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="light_names")
    light = models.CharField(max_length=6, choices=[(light.value, light.value) for light in Light])
    word = models.CharField(max_length=4)
    is_reward = models.BooleanField(default=False)

    class Meta:
        ordering = ("plan_id", "pk")
        constraints = [models.UniqueConstraint(fields=["plan", "light"], name="light_named_once")]

    def __str__(self) -> str:
        return f"{self.light}={self.word}"


class Section(models.Model):
    """A printed heading: 二、市发改委牵头工作(22项). Tables by lead unit group by it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    heading = models.CharField(max_length=300)
    declared = models.PositiveIntegerField(null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="sections")

    class Meta:
        ordering = ("plan_id", "order")

    def __str__(self) -> str:
        return self.name
