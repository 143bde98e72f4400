"""What kinds of governments, units and roles there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GovernmentLevel(models.TextChoices):
    PROVINCE = "PROVINCE", _("省级")
    CITY = "CITY", _("市级")
    COUNTY = "COUNTY", _("县级")
    ZONE = "ZONE", _("开发区")


class UnitKind(models.TextChoices):
    DEPARTMENT = "DEPARTMENT", _("部门")
    COUNTY = "COUNTY", _("县区")
    ZONE = "ZONE", _("开发区")
    ENTERPRISE = "ENTERPRISE", _("企业")
    VERTICAL = "VERTICAL", _("垂直管理单位")


class Role(models.TextChoices):
    """Roles of design: office and leaders act for a government, liaisons and heads for a unit."""

    OFFICE_STAFF = "OFFICE_STAFF", _("督查室工作人员")
    OFFICE_HEAD = "OFFICE_HEAD", _("督查室主任")
    LEADER = "LEADER", _("市领导")
    LIAISON = "LIAISON", _("联络员")
    UNIT_HEAD = "UNIT_HEAD", _("单位负责人")
    AUDITOR = "AUDITOR", _("审计员")
    SYSTEM_ADMIN = "SYSTEM_ADMIN", _("系统管理员")
    SECURITY_ADMIN = "SECURITY_ADMIN", _("安全管理员")

    @property
    def needs_unit(self) -> bool:
        """A liaison or head stands for one unit; the others stand for the government."""
        return self in (Role.LIAISON, Role.UNIT_HEAD)


class LeadershipKind(models.TextChoices):
    """How a leader answers for a unit."""

    IN_CHARGE = "IN_CHARGE", _("分管")
    SPONSOR = "SPONSOR", _("包联")


OFFICE_ROLES = (Role.OFFICE_STAFF, Role.OFFICE_HEAD)
ADMIN_ROLES = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
