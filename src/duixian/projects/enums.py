"""How far a project has come, and what of a group of projects can be counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectStage(models.TextChoices):
    """储备 → 签约 → 前期 → 开工 → 在建 → (复工) → 竣工 → 投产."""

    PIPELINE = "PIPELINE", _("储备")
    SIGNED = "SIGNED", _("签约")
    PREPARATION = "PREPARATION", _("前期")
    STARTED = "STARTED", _("开工")
    UNDER_WAY = "UNDER_WAY", _("在建")
    RESUMED = "RESUMED", _("复工")
    COMPLETED = "COMPLETED", _("竣工")
    IN_PRODUCTION = "IN_PRODUCTION", _("投产")

    @property
    def is_on_site(self) -> bool:
        """Being built."""
        return self in (ProjectStage.STARTED, ProjectStage.UNDER_WAY, ProjectStage.RESUMED)

    @property
    def is_finished(self) -> bool:
        """Built; nothing more is invested as planned."""
        return self in (ProjectStage.COMPLETED, ProjectStage.IN_PRODUCTION)

    def may_follow(self, earlier: "ProjectStage") -> bool:
        """Whether a project may come from `earlier` to this stage; work on site may pause and resume."""
        if self.is_on_site and earlier.is_on_site:
            return self is not ProjectStage.STARTED or earlier is ProjectStage.STARTED
        order = list(ProjectStage)
        return order.index(self) >= order.index(earlier)


class ProjectKind(models.TextChoices):
    """Whether the year begins or goes on with it; 储备 is in no year's plan yet."""

    NEW = "NEW", _("新建")
    CONTINUED = "CONTINUED", _("续建")
    RESERVE = "RESERVE", _("储备")


class Measure(models.TextChoices):
    """What is worked out from a group of projects (docs/rules/project-rates.md)."""

    RESUMPTION_RATE = "RESUMPTION_RATE", _("续建复工率")
    START_RATE = "START_RATE", _("新建开工率")
    START_AND_RESUMPTION_RATE = "START_AND_RESUMPTION_RATE", _("开复工率")
    SIGNED_START_RATE = "SIGNED_START_RATE", _("签约开工率")
    INVESTMENT_RATE = "INVESTMENT_RATE", _("投资完成率")
    STARTED_COUNT = "STARTED_COUNT", _("开工项目数")
    FINISHED_COUNT = "FINISHED_COUNT", _("竣工投产项目数")
    SIGNED_COUNT = "SIGNED_COUNT", _("签约项目数")
    INVESTED_SUM = "INVESTED_SUM", _("完成投资")
    SIGNED_SUM = "SIGNED_SUM", _("签约金额")

    @property
    def is_rate(self) -> bool:
        """In percent, from a numerator and a denominator."""
        return self.value.endswith("_RATE")

    @property
    def is_money(self) -> bool:
        """In 万元."""
        return self in (Measure.INVESTED_SUM, Measure.SIGNED_SUM)


class Horizon(models.TextChoices):
    """The pipeline as planners speak of it: 近期可实施、长期有储备、定期能滚动."""

    NEAR = "NEAR", _("近期可实施")
    LONG = "LONG", _("长期有储备")
    TO_ROLL = "TO_ROLL", _("待滚动更新")
