"""Who owns plans and who owes results."""

from django.db import models

from duixian.units.enums import GovernmentLevel, UnitKind


class Government(models.Model):
    """Owns plans and runs an office. A county's government hangs under its city's, in the same installation."""

    name = models.CharField(max_length=60, unique=True)
    level = models.CharField(max_length=10, choices=GovernmentLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    office_name = models.CharField(max_length=100)
    # true for a real government whose reports were invented for a demonstration: every page and document says so
    is_simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A department, county, zone or enterprise that answers to a government."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="units")
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=12, choices=UnitKind, default=UnitKind.DEPARTMENT)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # the county's unit in its city stands for the county's own government
    governs = models.OneToOneField(Government, models.PROTECT, null=True, blank=True, related_name="as_unit")
    order = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    # 机构改革: whoever took over its open duties and its names; what it did stays its own
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_units")

    class Meta:
        ordering = ("government_id", "order", "pk")
        constraints = [models.UniqueConstraint(fields=["government", "name"], name="unit_name_once")]

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """A name a unit bore until a day; the present one stands in the unit. Without `from_on` nobody noted since when."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=100, blank=True)
    from_on = models.DateField(null=True, blank=True)
    # the first day of the name that followed
    until_on = models.DateField()

    class Meta:
        ordering = ("unit_id", "-until_on", "-pk")

    def __str__(self) -> str:
        return self.name


class UnitAlias(models.Model):
    """Another name a unit goes by in documents (市规自局 for 市规划和自然资源局)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    government = models.ForeignKey(Government, models.CASCADE, related_name="+")
    text = models.CharField(max_length=100)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["government", "text"], name="alias_once")]

    def __str__(self) -> str:
        return self.text


class UnitGroup(models.Model):
    """各县区政府, 相关成员单位: many units named at once. A group is never a unit and owes nothing as such."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=60)
    # the group of all counties follows the list of units by itself; others list their members
    is_all_counties = models.BooleanField(default=False)
    listed = models.ManyToManyField(Unit, blank=True, related_name="groups")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["government", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def members(self) -> models.QuerySet[Unit]:
        """The units meant, now."""
        if self.is_all_counties:
            return Unit.objects.filter(government=self.government, kind=UnitKind.COUNTY, is_active=True)
        return self.listed.filter(is_active=True)
